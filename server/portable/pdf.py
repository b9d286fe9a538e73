"""The document as a PDF: own fonts embedded, so that å, ä, ö and names of all Europe stand as they are written.

Headings are an outline to go by, the language and the title are set; the library writes no tags for screen readers,
so the page and the HTML file are the accessible forms (decision 0013).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fpdf import FPDF

from server.portable.document import Document, Section
from server.portable.words import WORDS

FONTS = Path(str(files("server.portable"))) / "fonts"
TEXT, MORE = "Atkinson", "AtkinsonMore"
MARGIN_MM, LINE_MM = 20, 5.5
PLUM, GREY = (61, 18, 49), (101, 80, 92)
SIZES = {2: 15, 3: 12}


class _Paper(FPDF):
    """A4 with a page number at the foot."""

    def footer(self) -> None:
        """Which page of how many."""
        self.set_y(-15)
        self.set_font(TEXT, size=9)
        self.set_text_color(*GREY)
        self.cell(0, 8, f"{self.page_no()} / {{nb}}", align="C")


def pdf_of(document: Document) -> bytes:
    """The whole file. Takes some tenths of a second; not for the server's own loop."""
    paper = _Paper(format="A4")
    for family, part in ((TEXT, "latin"), (MORE, "latin-ext")):
        for style, name in (("", "regular"), ("B", "bold")):
            paper.add_font(family, style, FONTS / f"atkinson-{part}-{name}.ttf")
    paper.set_fallback_fonts([MORE], exact_match=False)
    paper.set_margins(MARGIN_MM, MARGIN_MM)
    paper.set_auto_page_break(True, margin=MARGIN_MM)
    paper.set_title(document.title)
    paper.set_lang(document.language)
    paper.set_creation_date(document.made_at)
    paper.add_page()
    _text(paper, document.title, size=22, bold=True, color=PLUM)
    made = WORDS[document.language]["made"].format(day=document.made_at.date().isoformat())
    _text(paper, made, size=10, color=GREY)
    for section in document.sections:
        _section(paper, section)
    return bytes(paper.output())


def _section(paper: FPDF, section: Section) -> None:
    if paper.will_page_break(4 * LINE_MM):
        paper.add_page()
    paper.ln(4)
    paper.start_section(section.heading, level=section.level - 2)
    _text(paper, section.heading, size=SIZES[section.level], bold=True, color=PLUM)
    for line in section.lines:
        if line.label:
            _text(paper, line.label, size=11, bold=True)
        _text(paper, line.text, size=11)
        paper.ln(1.2)


def _text(paper: FPDF, text: str, *, size: int, bold: bool = False, color: tuple[int, int, int] = (38, 19, 31)) -> None:
    paper.set_font(TEXT, style="B" if bold else "", size=size)
    paper.set_text_color(*color)
    paper.multi_cell(0, max(LINE_MM, size * 0.45), text, new_x="LMARGIN", new_y="NEXT", align="L")
