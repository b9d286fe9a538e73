"""The same people and employers in any dress: headings, order, separators, encodings, wordings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.imports.rules import make_preview, read_sheet
from tests.server.imports.sheets import CONTEXT

SEEKER_HEADINGS = {
    "first_name": ("Förnamn", "FÖRNAMN:", "First name", "Förn."),
    "last_name": ("Efternamn", "Last name", "Eftern."),
    "email": ("E-post", "E-\npost", "Mejladress", "e-mail"),
    "phone": ("Mobil", "Mob.nr", "Telefon", "Tfn"),
    "wish_1": ("Önskar träffa 1", "Förstahandsval", "Val 1", "Vill träffa (1:a hand)"),
    "wish_2": ("Önskar träffa 2", "Andrahandsval", "Val 2", "Vill träffa (2:a hand)"),
    "times": ("Tid", "Kan dessa tider", "När kan du komma?"),
    "access_needs": ("Behov", "Särskilda behov", "Access requirements"),
    "consent": ("Samtycke", "GDPR", "OK att dela uppgifter?"),
}
EMPLOYER_HEADINGS = {
    "name": ("Företag", "Arb.giv.", "Arbets-\ngivare", "Company name"),
    "contact": ("Kontaktperson", "Kontaktpers.", "Contact"),
    "email": ("E-post kontakt", "E-post", "Mejl"),
    "phone": ("Mobilnr", "Telefon", "Tel.nr"),
    "from": ("Från", "Tid fr.", "Fr.o.m."),
    "to": ("Till", "Tid t.o.m.", "T.o.m."),
    "recruiter_count": ("Antal rekryterare", "Ant. rekr.", "Bemanning"),
}
SEEKERS = (
    {"first_name": ("Åsa",), "last_name": ("Ängsfejk",), "email": ("ASA@X.example", "mailto:asa@x.example"),
     "phone": ("070-123 45 67", "+46701234567", "701234567"), "wish_1": ("Nordkod AB", "NORDKOD", "Nordkod AB (publ)"),
     "wish_2": ("Fjällnät", "fjällnät ab"), "times": ("9-11.30", "kl 9-11.30", "09:00–11:30", "mellan 9 och 11.30"),
     "access_needs": ("hörslinga",), "consent": ("ja", "Ja", "x")},
    {"first_name": ("Örjan",), "last_name": ("Sken",), "email": ("orjan(at)x.example", "orjan @ x.example"),
     "phone": ("",), "wish_1": ("Molnverket", "molnverket"), "wish_2": ("",), "times": ("13.15-15", "13:15 - 15:00"),
     "access_needs": ("",), "consent": ("Jag samtycker", "yes")},
)  # fmt: skip
EMPLOYERS = (
    {"name": ("Älvsken & Son AB",), "contact": ("Åke Öhman",), "email": ("ake@alv.example",),
     "from": ("8.15", "kl 8:15"), "phone": ("08-123 456 78", "08/12345678"), "to": ("10", "kl. 10.00"),
     "recruiter_count": ("två", "2", "2 st")},
    {"name": ("Regn; Rusk HB",), "contact": ("Rut Regn",), "email": ("RUT@regn.example",), "from": ("0900", "9:00"),
     "phone": ("",), "to": ("12", "lunch"), "recruiter_count": ("1", "en")},
)  # fmt: skip


def in_some_dress(
    data: st.DataObject, headings: dict[str, tuple[str, ...]], rows: tuple[dict[str, tuple[str, ...]], ...]
) -> tuple[bytes, list[str]]:
    columns = data.draw(st.permutations(sorted(headings)))
    separator = data.draw(st.sampled_from([";", ",", "\t", "|"]))
    table = [[data.draw(st.sampled_from(headings[column])) for column in columns]]
    table += [[data.draw(st.sampled_from(row[column])) for column in columns] for row in rows]
    text = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in table)
    title = data.draw(st.sampled_from(["", "Lista över alla\r\n\r\n"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "mac-roman", "utf-16", "utf-16-be"]))
    return (title + text.replace("–", "-") + "\r\n").encode(encoding), list(columns)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_seekers_are_the_same_people_in_any_dress(data: st.DataObject) -> None:
    raw, columns = in_some_dress(data, SEEKER_HEADINGS, SEEKERS)

    preview = make_preview(read_sheet(raw), CONTEXT)

    read = [
        [row.values[name] for name in ("name", "email", "phone", "wishes", "from", "to", "consent")]
        for row in preview.rows
    ]
    assert [column.field for column in preview.columns] == columns
    assert read == [
        ["Åsa Ängsfejk", "asa@x.example", "+46701234567", ("Nordkod AB", "Fjällnät AB"), "09:00", "11:30", True],
        ["Örjan Sken", "orjan@x.example", None, ("Molnverket AB",), "13:15", "15:00", True],
    ]
    assert [row.sensitive["access_needs"] for row in preview.rows] == [("hörslinga",), ()]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_employers_are_the_same_in_any_dress(data: st.DataObject) -> None:
    raw, columns = in_some_dress(data, EMPLOYER_HEADINGS, EMPLOYERS)

    preview = make_preview(read_sheet(raw), CONTEXT)

    read = [
        [row.values[name] for name in ("name", "contact", "email", "phone", "from", "to", "recruiter_count")]
        for row in preview.rows
    ]
    assert [column.field for column in preview.columns] == columns
    assert read == [
        ["Älvsken & Son AB", "Åke Öhman", "ake@alv.example", "+46812345678", "08:15", "10:00", 2],
        ["Regn; Rusk HB", "Rut Regn", "rut@regn.example", None, "09:00", "12:00", 1],
    ]
