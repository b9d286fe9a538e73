from __future__ import annotations

import pytest

from server.imports.codes import GuessReason, RefusalReason
from server.imports.contacts import read_email, read_org_number, read_phone
from server.imports.values import Reading


@pytest.mark.parametrize(
    "cell",
    [
        "anna@x.example",
        " ANNA@X.example ",
        "mailto:anna@x.example",
        "Anna Berg <anna@x.example>",
        "anna@x.example;",
        '"anna@x.example"',
    ],
)
def test_an_address_is_certain_in_any_wrapping(cell: str) -> None:
    assert read_email(cell) == Reading("anna@x.example")


@pytest.mark.parametrize(
    ("cell", "address", "doubt"),
    [
        ("anna(at)x.example", "anna@x.example", "email_repaired"),
        ("anna [at] x.example", "anna@x.example", "email_repaired"),
        ("anna at x dot example", "anna@x.example", "email_repaired"),
        ("anna snabel-a x.example", "anna@x.example", "email_repaired"),
        ("anna @ x.example", "anna@x.example", "email_repaired"),
        ("anna@@x.example", "anna@x.example", "email_repaired"),
        ("anna@x,example", "anna@x.example", "email_repaired"),
        ("anna@x..example", "anna@x.example", "email_repaired"),
        ("anna@x.example (jobb)", "anna@x.example", "email_repaired"),
        ("anna@x.example; bo@x.example", "anna@x.example", "email_first_of_several"),
        ("Anna <anna@x.example>; bo@x.example", "anna@x.example", "email_first_of_several"),
        ("anna@x.example mailto:anna@x.example", "anna@x.example", "email_repaired"),
        ("[anna@x.example](mailto:anna@x.example)", "anna@x.example", "email_repaired"),
        ("anna@x.example\\", "anna@x.example", "email_repaired"),
        ("anna@x.example, eller ring", "anna@x.example", "email_repaired"),
        ("anna@x.example och bo@x.example", "anna@x.example", "email_first_of_several"),
        ("anna@gmial.com", "anna@gmail.com", "email_domain_typo"),
    ],
)
def test_a_mended_address_is_a_guess(cell: str, address: str, doubt: GuessReason) -> None:
    assert read_email(cell) == Reading(address, doubt=doubt)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("tove.rask.example", "email_without_at"),
        ("ring mig", "email_without_at"),
        ("anna@", "email_incomplete"),
        ("@x.example", "email_incomplete"),
        ("anna@x", "email_incomplete"),
        ("åsa@x.example", "email_characters"),
        ("anna..b@x.example", "email_characters"),
        ("a@b@x.example", "email_characters"),
        ("a" * 300 + "@x.example", "email_characters"),
    ],
)
def test_an_address_that_cannot_be_mended_is_refused(cell: str, fault: RefusalReason) -> None:
    assert read_email(cell) == Reading(fault=fault)


def test_an_empty_address_is_left_to_the_row() -> None:
    assert read_email(" - ") == Reading()


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("070-123 45 67", "+46701234567"),
        ("0701234567", "+46701234567"),
        ("+46701234567", "+46701234567"),
        ("+46 (0)70 123 45 67", "+46701234567"),
        ("0046 70 123 45 67", "+46701234567"),
        ("+46 8 12 34 56", "+468123456"),
        ("08-123456", "+468123456"),
        ("tel: 08-123 456 78", "+46812345678"),
        ("08-12 34 56 ankn 12", "+468123456"),
        ("+47 22 12 34 56", "+4722123456"),
        ('="0701234567"', "+46701234567"),
        ("070/0123456", "+46700123456"),
        ("0701234567 (sms)", "+46701234567"),
        ("hem 08-123456", "+468123456"),
    ],
)
def test_a_phone_number_gets_its_international_form(cell: str, number: str) -> None:
    assert read_phone(cell) == Reading(number)


@pytest.mark.parametrize(
    ("cell", "number", "doubt"),
    [
        ("701234567", "+46701234567", "phone_zero_added"),
        ("46701234567", "+46701234567", "phone_plus_added"),
        ("0701234567 / 08-123456", "+46701234567", "phone_first_of_several"),
        ("0701234567, 0709876543", "+46701234567", "phone_first_of_several"),
        ("0701234567/0709876543", "+46701234567", "phone_first_of_several"),
        ("070 123 45 67 el. hem 08-123456", "+46701234567", "phone_first_of_several"),
        ("7,01234567E+08", "+46701234567", "phone_scientific"),
        ("4.6701234567E+10", "+46701234567", "phone_scientific"),
        ("701234567,0", "+46701234567", "phone_zero_added"),
        ("070", None, "phone_dropped"),
        ("0701234", None, "phone_dropped"),
        ("0001234567", None, "phone_dropped"),
        ("+123", None, "phone_dropped"),
        ("4,67E+10", None, "phone_dropped"),
        ("4.67", None, "phone_dropped"),
        ("ring växeln", None, "phone_dropped"),
        ("ring / växeln", None, "phone_dropped"),
        (",;", None, "phone_dropped"),
    ],
)
def test_a_phone_number_is_mended_or_left_out_and_never_stops_a_row(
    cell: str, number: str | None, doubt: GuessReason
) -> None:
    assert read_phone(cell) == Reading(number, doubt=doubt)


def test_no_phone_number_is_nothing_to_tell() -> None:
    assert read_phone("saknas") == Reading()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("556387-6712", Reading("556387-6712")),
        ("5563876712", Reading("556387-6712")),
        ("16556387-6712", Reading("556387-6712")),
        ("SE556387671201", Reading("556387-6712")),
        ("556387 6712", Reading("556387-6712")),
        ("5563876712.0", Reading("556387-6712")),
        ("556387-6710", Reading("556387-6710", doubt="org_number_checksum")),
        ("55638", Reading(doubt="org_number_dropped")),
        ("kommer", Reading(doubt="org_number_dropped")),
        ("62****-****", Reading(doubt="org_number_personal")),
        ("", Reading()),
    ],
)
def test_an_organisation_number_is_checked_but_never_stops_a_row(cell: str, read: Reading[str]) -> None:
    assert read_org_number(cell) == read
