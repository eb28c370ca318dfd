"""Who resembles whom and nobody was sure: each comes in, and both are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from coordinator.db.households import HouseholdRow
from coordinator.db.roles import role_by_code
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import RowPlan
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.services.imports.writing_parts import RowWriter

_MOST_ASKED = 5
"""How many questions who is who one file puts on one call list."""


class WhoIsWho:
    """Puts on both call lists who may be one person; *by_row* are the families of the file's rows."""

    def __init__(self, rows: RowWriter, by_row: Mapping[int, HouseholdRow]) -> None:
        self._rows = rows
        self._by_row = by_row
        self._asked: Counter[int] = Counter()

    def ask(self, plan: RowPlan) -> int:
        """Ask the family of *plan*'s row and those it resembles; return how many questions there are now."""
        own, count = self._by_row[plan.number], 0
        for both in plan.asked_both:
            other = self.meant(both.alike)
            if other.id != own.id:
                count += self._put(own, both.own) + self._put(other, both.hers)
        return count

    def meant(self, alike: LookAlike) -> HouseholdRow:
        """Return the family that a look-alike is part of now."""
        session = self._rows.session
        if alike.row is None:
            found = session.get_one(HouseholdRow, role_by_code(session, alike.code).household_id)
        else:
            found = self._by_row[alike.row]
        merged_into = found.merged_into_id
        return session.get_one(HouseholdRow, merged_into) if merged_into else found

    def _put(self, family: HouseholdRow, question: QuestionAnswer) -> int:
        if self._asked[family.id] >= _MOST_ASKED:
            return 0
        self._asked[family.id] += 1
        return self._rows.ask(family.id, question)
