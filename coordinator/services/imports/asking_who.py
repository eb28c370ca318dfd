"""Who resembles whom and nobody was sure: each comes in, and both are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.facts import QuestionRow, question_said
from coordinator.db.households import HouseholdRow
from coordinator.db.roles import role_by_code
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import RowPlan
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.domain.imports.who_is_who import Asking
from coordinator.services.imports.writing_rows import add_questions

_MOST_ASKED = 5
"""How many questions who is who one file puts on one call list."""
_AT_ONCE = 500
"""Households asked of in one statement; databases limit how many values it may name."""

_Questions = dict[int, dict[str, QuestionAnswer]]
"""Household -> question key -> question."""


class WhoIsWho:
    """Puts on both call lists who may be one person; *by_row* are the families of the file's rows.

    All of a file is asked at once, when every row is written: a list of thousands called alike takes no
    statement for each of them.
    """

    def __init__(self, session: Session, by_row: Mapping[int, HouseholdRow]) -> None:
        self._session = session
        self._by_row = by_row
        self._homes: dict[str, int] = {}
        self._plans: list[RowPlan] = []

    def note(self, plan: RowPlan) -> None:
        """Remember that nobody was sure whom the row of *plan* is."""
        if plan.asked_both:
            self._plans.append(plan)

    def ask(self) -> int:
        """Ask the family of every row noted and those it resembles; return how many questions there are."""
        asking: dict[int, Asking] = defaultdict(Asking)
        for plan in self._plans:
            own = self._by_row[plan.number]
            for both in plan.asked_both:
                other = self.meant(both.alike)
                if other.id != own.id:
                    asking[own.id].about(both.alike.why, both.own)
                    asking[other.id].about(both.alike.why, both.hers)
        asked: _Questions = {
            household_id: {one.key: one for one in islice(ask.questions(), _MOST_ASKED)}
            for household_id, ask in asking.items()
        }
        self._leave_out_asked(asked)
        for household_id, questions in asked.items():
            add_questions(self._session, household_id, questions.values())
        return sum(map(len, asked.values()))

    def meant(self, alike: LookAlike) -> HouseholdRow:
        """Return the family that a look-alike is part of now."""
        found = self._by_row[alike.row] if alike.row is not None else self._of_code(alike.code)
        merged_into = found.merged_into_id
        return self._session.get_one(HouseholdRow, merged_into) if merged_into else found

    def _of_code(self, code: str) -> HouseholdRow:
        if code not in self._homes:
            self._homes[code] = role_by_code(self._session, code).household_id
        return self._session.get_one(HouseholdRow, self._homes[code])

    def _leave_out_asked(self, asked: _Questions) -> None:
        for ids in _parts(sorted(asked)):
            query = sa.select(QuestionRow.household_id, QuestionRow.text)
            for household_id, text in self._session.execute(query.where(QuestionRow.household_id.in_(ids))):
                asked[household_id].pop(question_said(text).key, None)


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
