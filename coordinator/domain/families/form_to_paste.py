"""A form as text, to paste into Google or Microsoft Forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import Asking, OwnForm
from coordinator.sayings import Saying, saying

_KINDS: Final[Mapping[Asked, Saying]] = {
    Asked.SHORT: saying("short answer (Microsoft: Text)"),
    Asked.AT_LENGTH: saying("paragraph (Microsoft: Text, long answer)"),
    Asked.DAY: saying("date"),
    Asked.CHOICE: saying("multiple choice (Microsoft: Choice), with “Other”"),
}


def to_paste(form: OwnForm) -> str:
    """Return the questions of *form*, each with its kind, options and help, and what to do with them."""
    return "\n".join([str(form.title), "", *map(str, _how_to(form)), "", *_questions(form)]) + "\n"


def _how_to(form: OwnForm) -> Iterator[Saying]:
    yield saying("Make a new form at Google or Microsoft and paste these questions into it, one by one.")
    yield saying("Leave the words of the questions as they are: Milk Run knows the answers by them.")
    yield saying("You may leave questions out and add your own; what Milk Run does not know is kept.")
    yield saying("Answers come back as CSV or XLSX: File, Open a spreadsheet.")
    if form.note:
        yield saying("Put this at the top of the form: {note}", note=form.note)


def _questions(form: OwnForm) -> Iterator[str]:
    number = 0
    for part in form.parts:
        if part.title:
            yield from (str(saying("Section: {title}", title=part.title)), "")
        for asking in part.askings:
            if not asking.is_written_down_online:
                number += 1
                yield from (*_question(number, asking), "")


def _question(number: int, asking: Asking) -> Iterator[str]:
    question = asking.question
    kind = _KINDS[question.asked]
    how = saying("{kind}, required", kind=kind) if asking.is_required else kind
    yield f"{number}. {question.words}"
    yield f"   {how}"
    yield from (f"   - {option}" for option in question.options)
    if question.help:
        help_words = saying("Help: {words}", words=question.help)
        yield f"   {help_words}"
