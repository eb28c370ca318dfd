"""Who may be of a family, as long as its call list asks whether they are one person or two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.households import HouseholdRow
from coordinator.db.roles import role_rows
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Role
from coordinator.domain.suitability.own_milk import may_be_one, who_may_be_one


def may_be_family(
    session: Session, household_id: int, questions: Mapping[int, Sequence[Question]]
) -> frozenset[int]:
    """Return the households of which the open *questions* ask whether they and this one are one person.

    Either of the two may be asked; names and codes tell whom a question is about.
    """
    own = set(who_may_be_one(questions.get(household_id, ())))
    called = _called(session, household_id)
    asked = {home for home, told in questions.items() if may_be_one(told, called)}
    return frozenset((asked | _so_called(session, own)) - {household_id})


def who_may_be_family(
    session: Session, questions: Mapping[int, Sequence[Question]]
) -> Callable[[int], frozenset[int]]:
    """Return what tells :func:`may_be_family` of any household; what is needed for all is read once."""
    named = {home: tuple(who_may_be_one(told)) for home, told in questions.items()}
    asking = {home: names for home, names in named.items() if names}
    if not asking:
        return lambda _home: frozenset()
    called: dict[int, set[str]] = {}
    for home, name in session.execute(sa.select(HouseholdRow.id, HouseholdRow.name)):
        called.setdefault(home, set()).add(name)
    for row in (row for role in Role for row in role_rows(session, role)):
        called.setdefault(row.household_id, set()).add(row.code)

    def may_be(home: int) -> frozenset[int]:
        own = asking.get(home, ())
        asked = {other for other, names in asking.items() if not called[home].isdisjoint(names)}
        so_called = {other for other, names in called.items() if own and not names.isdisjoint(own)}
        return frozenset((asked | so_called) - {home})

    return may_be


def _called(session: Session, household_id: int) -> set[str]:
    codes = {row.code for role in Role for row in role_rows(session, role, household_id)}
    return codes | {session.get_one(HouseholdRow, household_id).name}


def _so_called(session: Session, names: set[str]) -> set[int]:
    """Return the households that are called by one of *names* or codes."""
    if not names:
        return set()
    named = sa.select(HouseholdRow.id).where(HouseholdRow.name.in_(names))
    coded = (row.household_id for role in Role for row in role_rows(session, role) if row.code in names)
    return {*session.scalars(named), *coded}
