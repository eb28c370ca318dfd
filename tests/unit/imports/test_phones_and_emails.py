"""Cells of phones and e-mails: every number and address in them, and nothing made up."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.phones_and_emails import read_contacts
from coordinator.domain.imports.row_answers import Answers
from coordinator.domain.imports.typed import read_typed

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("603-555-0101 x12", ["+16035550101"]),
        ("(603) 555-0102 or 603-555-0199", ["+16035550102", "+16035550199"]),
        ("603 555 0103\n603 555 0198", ["+16035550103", "+16035550198"]),
        ("home 603.555.0103\r\ncell 603.555.0198", ["+16035550103", "+16035550198"]),
        ("6035550103 6035550198", ["+16035550103", "+16035550198"]),
        ("+52 1 33 1234 5678", ["+523312345678"]),
        ("011 52 1 33 1234 5678", ["+523312345678"]),
        ("011 44 20 7946 0958", ["+442079460958"]),
        ("555-0105", []),
        ("603.555.0106.", ["+16035550106"]),
        ("tel:+1-603-555-0107", ["+16035550107"]),
        ("1 (603) 555-0108 (husband Tom)", ["+16035550108"]),
        ("603/555-0109", ["+16035550109"]),
        ("603-555-MILK", ["+16035556455"]),
        ("6035550111.0", ["+16035550111"]),
        ("603-555-0112 / 0113", ["+16035550112", "+16035550113"]),
        ("603-555-0112 or 556-0113", ["+16035550112", "+16035560113"]),
        ("O603-555-0114", ["+16035550114"]),
        ("603-555-O114", ["+16035550114"]),
        ("603-555-0115 text only", ["+16035550115"]),
        ("5.55E+09", []),
        ("6.03555E9", []),
        ("ask my sister", []),
        ("none", []),
    ],
)
def test_a_cell_gives_every_number_that_can_be_dialled(typed: str, numbers: list[str]) -> None:
    assert list(read_contacts(typed).phones) == numbers


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("ann.able@example.org; ann.work@example.com", ["ann.able@example.org", "ann.work@example.com"]),
        ("ann@example.org,bob@example.com", ["ann@example.org", "bob@example.com"]),
        ("Ann <ann@example.org>\nBob <bob@example.com>", ["ann@example.org", "bob@example.com"]),
        ("Bea Bird <bea.bird@example.org>", ["bea.bird@example.org"]),
        ("mailto:Bea.Bird@Example.org", ["bea.bird@example.org"]),
        ("bea.bird@example.org (work)", ["bea.bird@example.org"]),
        ("6035550101@example.com", ["6035550101@example.com"]),
        ("dina.dale@example,org", []),
        ("dina.dale at example.org", []),
        ("dina@@example.org", []),
    ],
)
def test_a_cell_gives_every_address(typed: str, addresses: list[str]) -> None:
    assert list(read_contacts(typed).emails) == addresses


@pytest.mark.parametrize(
    "typed",
    [
        "603-555-0101 x12", "1 (603) 555-0108 (husband Tom)", "603-555-0101 after 5", "555-0105",
        "ann@example.org or bob@", "ann@example.org / 555-0133",
    ],
)  # fmt: skip
def test_what_is_neither_number_nor_address_is_told(typed: str) -> None:
    assert read_contacts(typed).says_more


@pytest.mark.parametrize("typed", ["603-555-0101 (cell)", "text only: 603-555-0101", "Ann <ann@example.org>"])
def test_words_that_only_name_the_kind_are_not_asked_about(typed: str) -> None:
    assert not read_contacts(typed).says_more


def test_the_second_number_and_address_are_kept() -> None:
    row = a_row(phone="603-555-0102 or 603-555-0199", email="a@example.org; b@example.org")

    assert (row.contact.phone, row.contact.other_phone) == ("+16035550102", "+16035550199")
    assert (row.contact.email, row.contact.other_email) == ("a@example.org", "b@example.org")
    assert not asked(row, "phone", "email")


def test_a_phone_in_the_cell_of_the_email_is_the_phone() -> None:
    row = a_row(phone="", email="cora@example.org / (603) 555-0133")

    assert (row.contact.phone, row.contact.email) == ("+16035550133", "cora@example.org")
    assert not asked(row, "phone", "email")


def test_an_email_in_the_cell_of_the_phone_is_the_email() -> None:
    row = a_row(phone="cora@example.org", email="")

    assert row.contact.email == "cora@example.org"
    assert asked(row, "phone")


def test_a_broken_address_is_asked_with_its_words() -> None:
    assert "dina.dale@example,org" in asked(a_row(email="dina.dale@example,org"), "email")


def test_three_numbers_are_asked_about() -> None:
    assert "which is best" in asked(a_row(phone="603-555-0101, 0102, 0103"), "phone")


def test_whose_number_it_is_is_asked() -> None:
    row = a_row(phone="603-555-0108 (husband Tom)")

    assert row.contact.phone == "+16035550108"
    assert "husband Tom" in asked(row, "phone")


@pytest.mark.parametrize(
    ("phone", "told", "way"),
    [
        ("603-555-0115 text only", "", "text: text only"), ("603-555-0115 (please call)", "", "phone"),
        ("603-555-0115 text only", "email", "email"), ("603-555-0115", "", ""),
    ],
)  # fmt: skip
def test_how_to_use_a_number_may_stand_beside_it(phone: str, told: str, way: str) -> None:
    row = a_row(phone=phone, preferred_contact=told)

    assert (row.contact.phone, row.contact.preferred_contact) == ("+16035550115", way)


def a_row(**typed: str) -> Answers:
    return read_typed(Role.DONOR, typed, TODAY)


def asked(row: Answers, *topics: str) -> str:
    """Return what is asked about *topics*; not that the other of the two was left blank."""
    return "; ".join(question.text for question in row.questions if question.topic in topics)
