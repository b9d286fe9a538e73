"""The words of an advertisement as plain text, without what is a person's own. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PERSONAL_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")
_MARKUP = re.compile(r"</?(?:p|br|div|ul|ol|li|b|i|u|em|strong|span|a|h[1-6]|table|tr|td|script|style)\b[^<>]*>", re.I)
_BREAKING = frozenset({"p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"})
_UNSEEN = frozenset({"script", "style"})
_LINES = re.compile(r"\n\s*\n\s*")
# The third digit of an organisation number is 2 or more; a sole trader's number is their personal number.
_OF_PERSON = re.compile(r"(?:\d\d)?\d\d[01]\d{3}[-+ ]?\d{4}")


def without_personal_numbers(text: str) -> str:
    """`text` without what looks like a personal number."""
    return _PERSONAL_NUMBER.sub("…", text)


def company_number(text: str) -> str | None:
    """An organisation number as it is written; None where there is none, or it is a person's."""
    return None if not text or _OF_PERSON.fullmatch(text) else text


def plain_text(text: str) -> str:
    """`text` without the tags of a web page, a line for each part; as it is where there are none."""
    if not _MARKUP.search(text):
        return text
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _LINES.sub("\n\n", "\n".join(line.strip() for line in "".join(reader.said).split("\n"))).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKING:
            self.said.append("\n– " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BREAKING:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data)
