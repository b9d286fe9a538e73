"""From the bytes of a file to its text: which encoding it is, and which files are no text at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.imports.codes import FileReason
from server.imports.values import Notice, Params

FILE_BYTES_MAX = 5 * 1024 * 1024

_MAGIC: tuple[tuple[bytes, FileReason], ...] = (
    (b"PK\x05\x06", "file_archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_spreadsheet"),
    (b"%PDF", "file_pdf"),
    (b"{\\rtf", "file_rich_text"),
    (b"\x89PNG", "file_picture"),
    (b"\xff\xd8\xff", "file_picture"),
    (b"GIF8", "file_picture"),
    (b"\x1f\x8b", "file_archive"),
    (b"7z\xbc\xaf", "file_archive"),
    (b"Rar!", "file_archive"),
)
_WORKBOOK = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet", b"Index/Document.iwa", b"Index/Tables")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# The bytes of åäöÅÄÖéÉü in the one-byte encodings that spreadsheet programs have used in Sweden.
_LETTERS = {
    "windows-1252": frozenset(b"\xe5\xe4\xf6\xc5\xc4\xd6\xe9\xc9\xfc"),
    "macintosh": frozenset(b"\x8c\x8a\x9a\x81\x80\x85\x8e\x83\x9f"),
    "cp850": frozenset(b"\x86\x84\x94\x8f\x8e\x99\x82\x90\x81"),
}
_CODECS = {"windows-1252": "cp1252", "macintosh": "mac-roman"}
_HIGH_NEXT_TO_LETTER = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_TWICE_ENCODED = {letter.encode().decode("cp1252", errors="replace"): letter for letter in "åäöÅÄÖéÉüÜèæøØ–’…·•"}
_TWICE_ENCODED_PATTERN = re.compile("|".join(re.escape(text) for text in _TWICE_ENCODED if "\ufffd" not in text))
_WEB_PAGE = re.compile(r"\s*(<!doctype|<html|<\?xml|<table|<body)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_SHARE_MAX = 0.02
_LETTER_SAMPLE_BYTES = 1_000_000


class SheetRefused(Exception):
    """The file cannot be read as a table. `reason` names why; the text is in the catalogues."""

    def __init__(self, reason: FileReason, params: Params | None = None) -> None:
        super().__init__(reason)
        self.reason: FileReason = reason
        self.params: Params = params or {}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it had, and what was mended on the way."""

    text: str
    encoding: str
    notices: tuple[Notice, ...]


def decode(raw: bytes) -> Decoded:
    """The text in `raw`, whatever a spreadsheet program wrote it as.

    Raises:
        SheetRefused: empty, over 5 MB, or not text (a workbook, a PDF, a picture ...).
    """
    _refuse_other_files(raw)
    encoding, text = _decode_bytes(raw)
    notices: list[Notice] = []
    if "\x00" in text:
        notices.append(Notice("nul_removed", {"count": text.count("\x00")}))
        text = text.replace("\x00", "")
    damaged = text.count("\ufffd")
    if damaged:
        notices.append(Notice("encoding_damaged", {"count": damaged}))
    text, repaired = _TWICE_ENCODED_PATTERN.subn(lambda found: _TWICE_ENCODED[found.group()], text)
    if repaired:
        notices.append(Notice("encoding_repaired", {"count": repaired}))
    _refuse_other_text(text)
    return Decoded(text=_CONTROL.sub("", text), encoding=encoding, notices=tuple(notices))


def _refuse_other_files(raw: bytes) -> None:
    if not raw:
        raise SheetRefused("file_empty")
    if len(raw) > FILE_BYTES_MAX:
        raise SheetRefused("file_too_large", {"megabytes": FILE_BYTES_MAX // (1024 * 1024)})
    if raw.startswith(b"PK\x03\x04"):
        raise SheetRefused(_packed(raw))
    for magic, reason in _MAGIC:
        if raw.startswith(magic):
            raise SheetRefused(reason)


def _packed(raw: bytes) -> FileReason:
    """Workbooks and documents are archives; the names in them tell which."""
    if b"word/" in raw or b"opendocument.text" in raw:
        return "file_rich_text"
    return "file_spreadsheet" if any(sign in raw for sign in _WORKBOOK) else "file_archive"


def _refuse_other_text(text: str) -> None:
    if not text.strip():
        raise SheetRefused("file_empty")
    if _WEB_PAGE.match(text):
        raise SheetRefused("file_web_page")
    odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
    if odd > max(3, len(text) * _CONTROL_SHARE_MAX):
        raise SheetRefused("file_binary")


def _decode_bytes(raw: bytes) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return encoding, raw[len(mark) :].decode(encoding, errors="replace")
    wide = _wide_encoding(raw)
    if wide is not None:
        return wide, raw.decode(wide, errors="replace")
    try:
        return "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" or _mostly_utf8(raw):
            return "utf-8", raw.decode("utf-8", errors="replace")
    encoding = _one_byte_encoding(raw)
    return encoding, raw.decode(_CODECS.get(encoding, encoding), errors="replace")


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark shows as every other byte being NUL."""
    sample = raw[:4096]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _mostly_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return whole > 3 * broken


def _one_byte_encoding(raw: bytes) -> str:
    """Windows-1252 unless another encoding's letters are clearly more common between letters."""
    found = b"".join(_HIGH_NEXT_TO_LETTER.findall(raw[:_LETTER_SAMPLE_BYTES]))
    counts = {name: sum(byte in letters for byte in found) for name, letters in _LETTERS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 2 * counts["windows-1252"] else "windows-1252"
