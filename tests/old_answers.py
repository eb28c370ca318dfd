"""Donors whose answers were made facts by a reader that dropped the words it did not know."""

from __future__ import annotations

from datetime import date
from typing import Any

from coordinator.db.database import Database
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.records.history import Action
from tests.builders import a_donor

SENT_ON = date(2026, 11, 7)
TESTED_ON = (date(2026, 9, 13), date(2026, 9, 14))
_TESTS = "all negative 9/13/2026, HCV pos"
NOT_WHOLE = (
    Fact(FactKind.BLOOD_TEST, Presence.YES, "all negative, HCV pos", *TESTED_ON, _TESTS),
    Fact(FactKind.NICOTINE, Presence.NO, raw="no, but my husband smokes"),
    Fact(FactKind.FOOD_AVOIDED, Presence.YES, "soy (since 10/15/2026)", raw="soy (since 10/15/2026)"),
)
"""Three answers of which the old reading left something out."""


def a_donor_read_before(
    database: Database,
    *facts: Fact,
    name: str = "Ada Lind",
    asks: tuple[tuple[FactKind, str, str], ...] = (),
    **fields: Any,  # noqa: ANN401 - any column
) -> str:
    """Add a donor with *facts* as they stand, sent on ``SENT_ON``, and return her code."""
    with database.writing(Action("import.done", "Imported 1 row of a donor list")) as session:
        donor = a_donor(session, name, facts=(), **fields)
        session.add_all(
            FactRow(
                donor_id=donor.id,
                kind=fact.kind,
                presence=fact.presence,
                subject=fact.subject,
                start_on=fact.start,
                end_on=fact.end,
                raw=fact.raw,
                source=fact.source,
                recorded_on=SENT_ON,
            )
            for fact in facts
        )
        session.add_all(
            QuestionRow(household_id=donor.household_id, topic=kind.value, text=text, raw=raw)
            for kind, text, raw in asks
        )
        return donor.code
