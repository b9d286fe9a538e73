from __future__ import annotations

import json

import pytest

from server.imports.codes import FileReason
from server.imports.decoding import FILE_BYTES_MAX, decode
from server.imports.rules import SheetRefused, read_sheet, sheet_from_json, sheet_to_json
from server.imports.separated import CELL_CHARS_MAX, find_delimiter, read_records

TABLE = "Företag;E-post;Från\nÅlverket;a@x.example;9\nÖstbolaget;b@x.example;10\nÄlgen;c@x.example;11\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TABLE.encode(), "utf-8"),
        (TABLE.encode("cp1252"), "windows-1252"),
        (TABLE.encode("mac-roman"), "macintosh"),
        (TABLE.encode("cp850"), "cp850"),
        (b"\xff\xfe" + TABLE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + TABLE.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_every_encoding_gives_the_same_table(raw: bytes, encoding: str) -> None:
    sheet = read_sheet(raw)

    assert sheet.encoding == encoding
    assert sheet.headings == ("Företag", "E-post", "Från")
    assert [record.cells[0] for record in sheet.rows] == ["Ålverket", "Östbolaget", "Älgen"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_every_separator_and_line_end_gives_the_same_table(delimiter: str, ending: str) -> None:
    sheet = read_sheet(TABLE.replace(";", delimiter).replace("\n", ending).encode())

    assert sheet.delimiter == delimiter
    assert [(record.line, record.last_line, record.cells[2]) for record in sheet.rows] == [
        (2, 2, "9"),
        (3, 3, "10"),
        (4, 4, "11"),
    ]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "file_empty"),
        (b" \r\n \n", "file_empty"),
        (b"PK\x03\x04 xl/workbook.xml", "file_spreadsheet"),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "file_spreadsheet"),
        (b"PK\x03\x04 [Content_Types].xml word/document.xml", "file_rich_text"),
        (b"PK\x03\x04 lista.csv", "file_archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook", "file_spreadsheet"),
        (b"PK\x05\x06", "file_archive"),
        (b"%PDF-1.7", "file_pdf"),
        (b"{\\rtf1", "file_rich_text"),
        (b"\x89PNG\r\n", "file_picture"),
        (b"\x1f\x8b\x08", "file_archive"),
        (b"<html><table><tr>", "file_web_page"),
        (bytes(range(256)) * 8, "file_binary"),
        (b"Namn;E-post\n", "file_without_rows"),
        (b"x" * (FILE_BYTES_MAX + 1), "file_too_large"),
        (b"Namn;E-post\n" + b"Bo;b@x.example\n" * 5001, "file_too_many_rows"),
        (b"Namn;E-post\n" + b"\n" * 200_000 + b"Bo;b@x.example\n", "file_too_many_rows"),
        (b"Namn;E-post" + b";x" * 100 + b"\nBo;b@x.example\n", "file_too_many_columns"),
        (b"Namn;E-post\nBo" + b";" * 1_100_000 + b"\n", "file_too_many_columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(raw: bytes, reason: FileReason) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(raw)

    assert refused.value.reason == reason


def test_five_thousand_rows_are_read() -> None:
    assert len(read_sheet(b"Namn;E-post\n" + b"Bo;b@x.example\n" * 5000).rows) == 5000


def test_lines_are_those_of_the_file_when_a_cell_holds_several() -> None:
    sheet = read_sheet(b'Namn;E-post;Kompetens\n"Bo\r\nEk";b@x.example;"Java\nSQL"\n\nAnn;a@x.example;C\n')

    assert [(record.line, record.last_line) for record in sheet.rows] == [(2, 4), (6, 6)]
    assert [(each.line, each.last_line, each.kind) for each in sheet.other_lines] == [
        (1, 1, "heading"),
        (5, 5, "empty"),
    ]
    assert sheet.rows[0].cells == ("Bo\r\nEk", "b@x.example", "Java\nSQL")


def test_title_lines_a_separator_hint_and_repeated_headings_are_no_rows() -> None:
    sheet = read_sheet(b"sep=;\nDeltagare 2026;;\n\nNamn;E-post\nBo;b@x.example\nNamn;E-post\nAnn;a@x.example\n")

    assert [(each.line, each.kind) for each in sheet.other_lines] == [
        (1, "title"),
        (2, "title"),
        (3, "empty"),
        (4, "heading"),
        (6, "heading"),
    ]
    assert [record.line for record in sheet.rows] == [5, 7]


def test_a_stray_quote_costs_nothing_but_itself() -> None:
    records = read_records('"Byrån" AB;x\n"half;y\na;"b ";c\n"q""q";z', ";")

    assert [record.cells for record in records] == [
        ('"Byrån" AB', "x"),
        ('"half', "y"),
        ("a", "b ", "c"),
        ('q"q', "z"),
    ]


def test_spaces_after_a_closing_quote_are_let_be() -> None:
    assert [record.cells for record in read_records('"a;b"  ;c', ";")] == [("a;b", "c")]


def test_a_quote_that_never_closes_is_an_ordinary_sign() -> None:
    [record, *_] = read_records('"' + "x" * (CELL_CHARS_MAX + 5) + '";y', ";")

    assert record.cells[1] == "y"


def test_a_separator_at_the_very_end_opens_an_empty_cell() -> None:
    assert [record.cells for record in read_records("a;b;", ";")] == [("a", "b", "")]


def test_commas_inside_cells_do_not_hide_the_semicolons() -> None:
    assert find_delimiter("Namn;Kompetens\nBo;Java, SQL, C\nAnn;Go, C#\nCi;Java, SQL, C, D\n") == ";"


def test_damaged_and_twice_encoded_text_is_mended_and_told() -> None:
    twice = decode("Förnamn;Önskemål".encode().decode("cp1252").encode())
    cut = decode("Namn;Åsa Östlund, Ängby".encode() + b"\xc3")
    nul = decode(b"Namn;Bo\x00")

    assert (twice.text, [(notice.code, notice.params) for notice in twice.notices]) == (
        "Förnamn;Önskemål",
        [("encoding_repaired", {"count": 3})],
    )
    assert (cut.encoding, [notice.code for notice in cut.notices]) == ("utf-8", ["encoding_damaged"])
    assert (nul.text, [notice.code for notice in nul.notices]) == ("Namn;Bo", ["nul_removed"])


def test_a_stray_next_line_sign_breaks_no_row() -> None:
    sheet = read_sheet("Namn;E-post\nBo\u0085Ek;b@x.example\n".encode())

    assert [record.cells for record in sheet.rows] == [("Bo\u0085Ek", "b@x.example")]


def test_a_sheet_is_stored_and_found_again() -> None:
    sheet = read_sheet(b"Deltagare\nNamn;E-post;Pnr\nBo;b@x.example;19620312-1234\n")

    assert sheet_from_json(json.loads(json.dumps(sheet_to_json(sheet)))) == sheet


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("19620312-1234", "1962****-****"),
        ("196203121234", "1962****-****"),
        ("620312-1234", "62****-****"),
        ("620372-1234", "62****-****"),
        ("620312+1234", "62****-****"),
        ("6203121238", "62****-****"),
        ("Bo Ek 620312-1234, Farsta", "Bo Ek 62****-****, Farsta"),
        ("556387-6710", "556387-6710"),
        ("6203121234", "6203121234"),
        ("950312", "950312"),
    ],
)
def test_a_personal_number_never_leaves_the_sheet(cell: str, kept: str) -> None:
    sheet = read_sheet(f'Namn;E-post;Övrigt\nBo;b@x.example;"{cell}"\n'.encode())

    assert sheet.rows[0].cells[2] == kept


def test_ten_digits_in_a_phone_column_are_a_phone_number() -> None:
    sheet = read_sheet(b"Namn;E-post;Mobil\nBo;b@x.example;070123-4567\nAnn;a@x.example;19620312-1238\n")

    assert [record.cells[2] for record in sheet.rows] == ["070123-4567", "1962****-****"]
    assert [(notice.code, notice.params) for notice in sheet.notices] == [("personal_numbers_removed", {"count": 1})]
