"""Our own form on paper: one page, every question, and room to write."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise, product

import pdfplumber
import pypdfium2
import pytest

from coordinator.adapters.pdf import page_count
from coordinator.adapters.pdf.form_page import render_form
from coordinator.adapters.pdf.paper import MARGIN
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import ABOUT_HEALTH, own_form
from coordinator.domain.settings import Paper
from tests.pseudo_locale import speaking_it

LEAST_TO_WRITE = 20.0
"""Points between two lines to write on: 7 mm, as on ruled paper."""
LONG = [one for one in own_form(Role.DONOR).askings if one.question.asked is Asked.AT_LENGTH]
FORMS = list(product(Role, Paper))


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def lines_of(pdf: bytes) -> list[float]:
    """Return the heights of the lines to write on, from the top down, each once."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        (page,) = opened.pages
        thin = (line for line in page.lines if line["linewidth"] == pytest.approx(0.6, abs=0.05))
        return sorted({round(line["top"], 1) for line in thin})


@pytest.mark.parametrize(("role", "paper"), FORMS)
def test_it_is_one_page_with_every_question_and_option(role: Role, paper: Paper) -> None:
    pdf = render_form(own_form(role), paper)
    text = words_of(pdf)

    assert page_count(pdf) == 1
    for asking in own_form(role).askings:
        question = asking.question
        assert all(str(words) in text for words in (question.words, question.help, *question.options))


@pytest.mark.parametrize(("role", "paper"), FORMS)
def test_there_is_room_to_write_by_hand(role: Role, paper: Paper) -> None:
    lines = lines_of(render_form(own_form(role), paper))

    assert len(lines) > 10
    assert min(below - above for above, below in pairwise(lines)) >= LEAST_TO_WRITE


def test_a_question_at_length_has_two_lines_from_edge_to_edge() -> None:
    with pdfplumber.open(BytesIO(render_form(own_form(Role.DONOR), Paper.LETTER))) as opened:
        widths = [line["x1"] - line["x0"] for line in opened.pages[0].lines]

    assert sum(width > 500 for width in widths) >= len(LONG) + 1


def test_it_says_that_questions_about_health_are_no_advice() -> None:
    said = {role: str(ABOUT_HEALTH) in words_of(render_form(own_form(role), Paper.LETTER)) for role in Role}

    assert said == {Role.DONOR: True, Role.RECIPIENT: True, Role.DRIVER: False}


@pytest.mark.parametrize(("role", "paper"), FORMS)
def test_longer_words_of_another_language_stay_on_the_page(role: Role, paper: Paper) -> None:
    with speaking_it():
        pdf = render_form(own_form(role), paper)

    assert page_count(pdf) == 1
    with pdfplumber.open(BytesIO(pdf)) as opened:
        (page,) = opened.pages
        for letter in page.chars:
            assert letter["x0"] >= MARGIN - 1
            assert letter["x1"] <= float(page.width) - MARGIN + 1
            assert letter["bottom"] <= float(page.height) - MARGIN + 1


def test_the_same_form_is_the_same_file() -> None:
    form = own_form(Role.DONOR)

    assert render_form(form, Paper.LETTER) == render_form(form, Paper.LETTER)
