"""The document as one HTML file that stands alone: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

from html import escape

from server.portable.document import Document
from server.portable.words import WORDS

STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#26131f}"
    "h1,h2,h3{line-height:1.2;break-after:avoid}dt{font-weight:600;margin-top:.6rem}dd{margin:0}"
    "section{break-inside:avoid-page}@media print{body{margin:0;max-width:none}}"
)


def html_of(document: Document) -> str:
    """The whole file."""
    made = WORDS[document.language]["made"].format(day=document.made_at.date().isoformat())
    sections = "".join(
        f"<section><h{one.level}>{escape(one.heading)}</h{one.level}><dl>"
        + "".join(f"<dt>{escape(line.label)}</dt><dd>{escape(line.text)}</dd>" for line in one.lines)
        + "</dl></section>"
        for one in document.sections
    )
    return (
        f'<!doctype html><html lang="{document.language}"><head><meta charset="utf-8">'
        f"<title>{escape(document.title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(document.title)}</h1><p>{escape(made)}</p>{sections}</main></body></html>\n"
    )
