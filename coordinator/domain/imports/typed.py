"""Answers typed into the program, read as the same words in a spreadsheet would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.families.fields import FIELDS, HINTS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.contacts import tidy
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.intervals import shifted
from coordinator.domain.places.placing import NOTHING_KNOWN, KnownPlaces
from coordinator.domain.reading import read_kind
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import decide_order
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

_HABIT = HINTS["dairy"]
_FACT_HINTS: Mapping[FactKind, Saying] = {
    FactKind.MEDICINE: saying("Type “none”, or each medicine, with its days if it is over."),
    FactKind.ILLNESS: saying("Type “none”, or what it was, with its first and last day."),
    FactKind.BLOOD_TEST: saying("Type the tests and their date, such as “HIV, HTLV negative 7/14/2026”."),
    FactKind.SUPPLEMENT: saying("Type “none”, or each supplement, with its days if it is over."),
    FactKind.HERB: saying("Type “none”, or each herb, with its days if it is over."),
    FactKind.FOOD: saying("Type “none”, or each food, with its days, such as “soy until 10/9/2026”."),
    FactKind.CAFFEINE: saying("Type “none”, or how many drinks a day, such as “2 coffees”."),
    FactKind.TRAVEL: saying("Type “none”, or where she stayed, with its days."),
    FactKind.TATTOO: saying("Type “no”, or what it was, with its date."),
    FactKind.TRANSFUSION: saying("Type “no”, or what it was, with its date."),
    FactKind.TRANSPLANT: saying("Type “no”, or what it was, with its date."),
    FactKind.FREEZER: saying("Type where it is kept, such as chest freezer or side-by-side."),
    FactKind.BIRTH: saying("Type a date such as 11/21/2026."),
    FactKind.TATTOO_OR_TRANSFUSION: saying("Type “no”, or what it was, with its date."),
    FactKind.FOOD_AVOIDED: saying("Type “none”, or the foods with commas between."),
    FactKind.HEAT_TREATED: saying("Type “no”, “all” or “some bags”."),
}


class NotClearError(UserError):
    """The words cannot be read; the sentence says what would be. What was typed is not quoted."""


def read_typed(
    role: Role, typed: Mapping[str, str], today: date, places: KnownPlaces = NOTHING_KNOWN
) -> Answers:
    """Return what was typed, field key -> words, as one row of a *role* list; blanks become questions."""
    table = Table(
        name="",
        sha256="",
        headers=tuple(typed),
        rows=(SourceRow(1, tuple(Cell(words.strip()) for words in typed.values())),),
    )
    # A key the form has no column for ("babies": twins) is read with the free words.
    mapping = {key: (ColumnUse(index),) for index, key in enumerate(typed) if is_field(role, key)}
    return read_sheet(table, role, mapping, today, places).answers[0]


def read_field(role: Role, key: str, words: str, today: date) -> Answers:
    """Return a row that answers only field *key*.

    Raises:
        NotClearError: If the words say nothing plain about it.
    """
    answers = read_typed(role, {key: words}, today)
    is_doubted = any(question.topic == key for question in answers.questions)
    # A food we have no name for still counts, and of two numbers the first is taken.
    if key not in answers.values or (is_doubted and key not in {"must_avoid", "phone", "away"}):
        raise NotClearError(hint(key))
    return answers


def read_clear_field(role: Role, key: str, words: str, today: date) -> Answers:
    """Return a row that answers only field *key*, and leaves nothing of it to be asked.

    Raises:
        NotClearError: If the words say nothing plain about it, or only a part of them is understood.
    """
    answers = read_field(role, key, words, today)
    detail = answers.detail
    facts = detail.facts if isinstance(detail, DonorAnswers) else ()
    if any(fact.presence is Presence.UNCLEAR for fact in facts):
        raise NotClearError(hint(key))
    return answers


def read_facts(kind: FactKind, words: str, today: date) -> tuple[Fact, ...]:
    """Return the facts that *words*, said on the phone, tell about *kind*.

    Raises:
        NotClearError: If any of them stays unclear, such as a day without its year.
    """
    facts = _read(kind, words, today)
    if not facts or any(fact.presence is Presence.UNCLEAR for fact in facts):
        raise NotClearError(_FACT_HINTS.get(kind, _HABIT))
    return tuple(replace(fact, kind=kind, source=FactSource.CALL) for fact in facts)


def _read(kind: FactKind, words: str, today: date) -> tuple[Fact, ...]:
    if kind is FactKind.BIRTH:
        born = _donor(read_field(Role.DONOR, "baby_born", words, today)).baby_born
        return (Fact(kind, Presence.YES, "", born, shifted(born, 1), words),) if born else ()
    text = tidy(words)
    return read_kind(kind, text, decide_order([text], today)).facts


def _donor(answers: Answers) -> DonorAnswers:
    return answers.detail if isinstance(answers.detail, DonorAnswers) else DonorAnswers()


def is_field(role: Role, key: str) -> bool:
    """Whether a *role* list asks for *key*."""
    return any(field.topic == key for field in FIELDS[role])


def hint(key: str) -> Saying:
    """Return what would be read as an answer about field *key*."""
    return HINTS.get(key, saying("Type it in other words, please: this cannot be read."))
