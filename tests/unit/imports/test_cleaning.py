"""The door: what nobody typed is taken off a cell, and what is not broken stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.imports.cleaning import cleaned
from coordinator.domain.reading.cells import Cell


def read(text: str) -> str:
    return cleaned(Cell(text)).cell.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('="03820"', "03820"),
        ('= "say ""hi"""', 'say "hi"'),
        ("'03820", "03820"),
        ("'(603) 555-0101", "(603) 555-0101"),
        ("ann@example.org\u200b", "ann@example.org"),
        ("\u202a(603) 555\u20110142\u202c", "(603) 555-0142"),
        ("Ann\u00a0Able", "Ann Able"),
        ("０３８２０", "03820"),
        ("٠٣٨٢٠", "03820"),
        ("ada＠example．org", "ada@example.org"),
        ("\ufeffDover\u200e", "Dover"),
        ("a\x00b\x07c", "abc"),
        ("Do\u00adver", "Dover"),
        ("JosÃ© PeÃ±a", "José Peña"),
        ("JosÃƒÂ©", "José"),
        ("Itâ€™s frozen", "It’s frozen"),
        ("O&#39;Brien &amp; co", "O'Brien & co"),
        ("Ren&eacute;e", "Renée"),
    ],
)
def test_a_cell_means_what_was_typed(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "O’Brien says “hi” – twice…",
        "'Iolani",
        "'=1+1",
        "5'2\"",
        "São João, Hagåtña, Łukasz, Nguyễn Thị Ánh",
        "Мария Иванова",
        "👩‍👧 and 👨‍👩‍👧‍👦 ❤️",
        "می‌خواهم",
        "2 × 120 mL, ½ bag, 3€",
        "ﬁrst line\nsecond line",
        "a & b; c < d",
        "#1 freezer",
        "N/A",
        " two  spaces ",
    ],
)
def test_what_is_not_broken_stays(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "error",
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", " #n/a ", "#NV", "#¡VALOR!", "Err:502", "########"],
)
def test_an_error_of_a_formula_is_blank_and_kept_beside(error: str) -> None:
    cell = cleaned(Cell(error)).cell

    assert (cell.text, cell.value, cell.error) == ("", None, error.strip())
    assert cell.is_blank


def test_what_was_mended_is_known() -> None:
    assert cleaned(Cell("JosÃ© rings late")).before == "JosÃ© rings late"
    assert not cleaned(Cell("José rings late")).before
    assert not cleaned(Cell("ann@example.org\u200b")).before


@given(st.text(st.characters(exclude_categories=("Cs", "Co"), max_codepoint=0x2FFF)))
def test_nothing_invisible_comes_through(text: str) -> None:
    assert not set(read(text)) & set("\0\x07\x1b\u200b\u200e\u202e\u2066\ufeff\u00a0")


@given(st.from_regex(r"[A-Z][a-zà-öø-ÿ]{1,9}( [A-Z][a-zà-öø-ÿ]{1,9}){0,2}", fullmatch=True))
def test_names_of_letters_stay_as_they_are(name: str) -> None:
    assert read(name) == name
