"""A donor's form: her baby, her milk, and the facts about her."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.births import read_birth_of
from coordinator.domain.imports.milk_rows import read_milk_of
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.imports.row_answers import DonorAnswers, LotAnswer
from coordinator.domain.imports.weeks_at_birth import read_weeks_at_birth
from coordinator.domain.intervals import shifted
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.reading import read
from coordinator.domain.reading.freezers import StoredReading, read_stored
from coordinator.domain.reading.heat import SOME_BAGS
from coordinator.domain.reading.readings import WHAT_IS_MEANT, Reading, asked, describe, question_about
from coordinator.sayings import Saying, coded, saying

_FACT_FIELDS = tuple((field, field.fact) for field in FIELDS[Role.DONOR] if field.fact is not None)
FACT_KINDS: Mapping[str, FactKind] = {field.topic: kind for field, kind in _FACT_FIELDS}
"""Field key -> the kind of facts its answer is turned into."""
FACT_LABELS: Mapping[FactKind, Saying] = {kind: field.form_label for field, kind in _FACT_FIELDS}
"""Kind of facts -> how its question is called on the call list."""
KEYS_OF_TOPICS: Mapping[str, str] = {kind.value: key for key, kind in FACT_KINDS.items()}
"""Topic of a question about facts -> the field it is about; other topics are field keys themselves."""


def read_donor(row: RowReader) -> DonorAnswers:
    """Return what the donor's own columns say; contradictions become questions."""
    born = read_birth_of(row, saying("Her baby's birth date"))
    weeks = read_gestation(row)
    facts = tuple(_facts(row))
    stored = _stored(row)
    lot = _lot(row, facts, stored, born)
    # Where the milk is kept stands with the lot; only what is not clear about it is a fact.
    facts += tuple(fact for fact in stored.reading.facts if fact.presence is Presence.UNCLEAR)
    _ask_about_contradictions(row, born, lot, facts)
    return DonorAnswers(born, weeks, lot, facts)


def read_gestation(row: RowReader) -> int | None:
    """Return completed weeks at birth; "term" is the due date itself. Blank or odd becomes a question."""
    weeks = read_weeks_at_birth(row.text("gestation"))
    if weeks is None:
        row.ask_about("gestation", saying("Weeks at birth"))
        return None
    row.keep("gestation", weeks)
    return weeks


def _facts(row: RowReader) -> Iterator[Fact]:
    for field, kind in _FACT_FIELDS:
        key, label = field.topic, field.form_label
        text = row.text(key)
        reading = _reading(row, key, kind) if text else Reading()
        if not text:
            row.ask(kind.value, not_answered(label))
        elif row.is_unclear(key):
            row.ask_below_heading(kind.value, key, label)
        elif reading.question:
            row.ask(kind.value, question_about(label, reading, text), text)
        row.keep(key, "; ".join(map(describe, reading.facts)))
        yield from reading.facts


def _reading(row: RowReader, key: str, kind: FactKind) -> Reading:
    text, rule = row.text(key), row.rule_of_answer(key)
    if not row.is_unclear(key):
        return read(key, text, rule)
    # What a heading turns round and nobody can turn is asked; the mark keeps it so when it is read again.
    words = saying("{words} (not clear)", words=text).in_english
    told = [fact for fact in read(key, words, rule).facts if fact.presence is Presence.YES]
    return asked(kind, words, WHAT_IS_MEANT, told, (text,))


def _lot(row: RowReader, facts: tuple[Fact, ...], stored: StoredReading, born: date | None) -> LotAnswer:
    milk = read_milk_of(row, born)
    return LotAnswer(
        offered=milk.offered,
        bags=milk.bags,
        expressed_from=milk.expressed_from,
        expressed_to=milk.expressed_to,
        freezer=stored.freezer,
        place=stored.place,
        stored_in=row.text("freezer"),
        heat_treated=heat_treated_of(facts),
    )


def _stored(row: RowReader) -> StoredReading:
    text = row.text("freezer")
    stored = read_stored(text, row.rule_of_answer("freezer")) if text else StoredReading(Reading())
    kept = stored.freezer or stored.place
    if not text:
        row.ask_about("freezer", saying("Where it is stored"))
    elif stored.reading.question:
        row.ask("freezer", question_about(saying("Where it is stored"), stored.reading, text), text)
    held = [fact for fact in stored.reading.facts if fact.presence is Presence.UNCLEAR]
    row.keep("freezer", describe(held[0]) if held else kept.value if kept else "")
    return stored


def heat_treated_of(facts: Sequence[Fact]) -> HeatTreated | None:
    """Return what a donor's facts say of all her bags; ``None`` when that is not clear or not told."""
    told = [fact for fact in facts if fact.kind is FactKind.HEAT_TREATED]
    if not told or any(fact.presence is Presence.UNCLEAR for fact in told):
        return None
    if told[0].presence is Presence.NO:
        return HeatTreated.NO
    return HeatTreated.SOME if told[0].subject == SOME_BAGS else HeatTreated.ALL


def _ask_about_contradictions(
    row: RowReader, born: date | None, lot: LotAnswer, facts: tuple[Fact, ...]
) -> None:
    first, last = lot.expressed_from, lot.expressed_to
    if first and last and first > last:
        row.ask(
            "expressed_from",
            coded(
                "asked.oldest_is_younger",
                "Oldest milk ({first}) is younger than the newest ({last}): which is right?",
                first=first.isoformat(),
                last=last.isoformat(),
            ),
        )
    # A day of grace: forms are stamped in other time zones, colostrum is expressed before birth.
    if last and last > shifted(row.today, 1):
        row.ask(
            "expressed_to",
            coded(
                "asked.newest_lies_ahead",
                "Newest milk is dated {day}, which lies ahead: which day is right?",
                day=last.isoformat(),
            ),
        )
    if born and born > row.today:
        row.ask(
            "baby_born",
            coded(
                "asked.birth_lies_ahead",
                "The baby's birth date ({day}) lies ahead: which day is right?",
                day=born.isoformat(),
            ),
        )
    if born and last and last < born:
        row.ask(
            "baby_born",
            coded(
                "asked.milk_before_birth",
                "All the milk is older than the baby ({day}): which date is right?",
                day=born.isoformat(),
            ),
        )
    if _eats_dairy(facts) and any(
        fact.kind is FactKind.FOOD_AVOIDED and re.search(r"vegan|dairy|\bmilk\b", fact.subject)
        for fact in facts
    ):
        row.ask(
            FactKind.DAIRY.value,
            coded(
                "asked.dairy_both",
                "Dairy: she says she eats it and that she avoids it. Which is it, since when?",
            ),
        )


def _eats_dairy(facts: tuple[Fact, ...]) -> bool:
    return any(f.kind is FactKind.DAIRY and f.presence is Presence.YES and f.end is None for f in facts)
