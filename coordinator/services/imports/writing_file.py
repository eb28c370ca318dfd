"""Writing the rows of one file in their order, each with the cells it was made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import groupby

from coordinator.db.households import HouseholdRow
from coordinator.db.imports import ImportedCellsRow, ImportRow
from coordinator.db.roles import RoleRow
from coordinator.domain.imports.changes import HOUSEHOLD_KEYS, QUESTION, ROLE
from coordinator.domain.imports.choices import Decision, Look
from coordinator.domain.imports.contacts import better_cased
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import Outcome, RowPlan, decided, latest_values
from coordinator.domain.imports.preview import Decisions
from coordinator.domain.imports.row_answers import Answers, QuestionAnswer
from coordinator.sayings import coded
from coordinator.services.families.merging import merge_in
from coordinator.services.imports.asking_who import WhoIsWho
from coordinator.services.imports.writing_parts import RowWriter, answered_keys
from coordinator.services.imports.writing_rows import (
    add_questions,
    ask_older_stock,
    role_of,
    write_changes,
    write_families,
    write_family,
    write_mentions,
    write_questions,
    write_role,
    write_roles,
)

_AT_ONCE = 100
"""New families written together: their rows cost a few statements then, and not ten for each."""

_AddFamily = Callable[[Answers, str], HouseholdRow]


class FileWriter:
    """Writes the rows of one file in order; *journal* is the row of the file itself."""

    def __init__(self, journal: ImportRow, plans: Sequence[RowPlan], rows: RowWriter) -> None:
        self._session = rows.session
        self._rows = rows
        self._today = rows.today
        self._journal = journal
        self._names = _names(plans)
        self._by_row: dict[int, HouseholdRow] = {}
        self._who = WhoIsWho(rows.session, self._by_row)
        self.codes: dict[str, None] = {}
        self.questions = 0

    def write(self, plans: Sequence[RowPlan], decisions: Decisions) -> None:
        """Do what *plans* say and keep the rows' cells; of new families one by one if a rule refuses any."""
        if len(plans) == 1:
            decision = decisions.get(plans[0].number, Decision())
            self._write_alone(decided(plans[0], decision), decision)
        elif self._is_written(lambda: self._write_new(plans)):
            for plan in plans:
                self._note(plan, self._by_row[plan.number].id)
                self._who.note(plan)
        else:
            half = len(plans) // 2
            self.write(plans[:half], decisions)
            self.write(plans[half:], decisions)

    def finish(self) -> None:
        """Ask who is who, once every row is there."""
        self.questions += self._who.ask()

    def _write_alone(self, plan: RowPlan, decision: Decision) -> None:
        """Do what one plan says.

        A row that is the same as somebody comes in and is then merged into her: so the next export finds
        both, and the two can be taken apart. Where she is not sure, both are asked.
        """
        if plan.outcome is Outcome.OLDER_ANSWER:
            later = self._by_row.get(plan.replaced_by or 0)
            self._note(plan, later.id if later else None)
            return
        if plan.waits:
            self._note(plan, None)
            return
        household_id = self._write_row(plan)
        self._note(plan, household_id)
        if decision.look is Look.UNSURE:
            self._who.note(plan)
        elif decision.same_as is not None and plan.outcome is Outcome.NEEDS_A_LOOK:
            self._merge(plan, decision.same_as)

    def _write_row(self, plan: RowPlan) -> int:
        """Write the row as a whole; if a rule refuses that, as much of it as fits, and ask about the rest."""
        if plan.outcome in {Outcome.UNCHANGED, Outcome.LEFT_OUT}:
            self._by_row[plan.number] = self._household(plan)
        elif not self._is_written(lambda: self._write_whole(plan)):
            self._write_in_parts(plan)
        return self._by_row[plan.number].id

    def _is_written(self, work: Callable[[], object]) -> bool:
        """Do *work* as a whole; if a rule refuses it, nothing of it is there or counted."""
        codes, questions = self.codes.copy(), self.questions
        if self._rows.refusal_of(work):
            self.codes, self.questions = codes, questions
            return False
        return True

    def _write_whole(self, plan: RowPlan) -> None:
        if _is_new(plan):
            self._write_new([plan])
        else:
            self._by_row[plan.number] = self._household(plan)
            self._write_answers(plan, self._by_row[plan.number])

    def _write_new(self, plans: Sequence[RowPlan]) -> None:
        named = [(plan.answers, self._names.get(plan.number, "")) for plan in plans]
        households = write_families(self._session, named)
        for plan, household in zip(plans, households, strict=True):
            self._by_row[plan.number] = household
            add_questions(self._session, household.id, plan.questions)
        told = zip(households, (plan.answers for plan in plans), strict=True)
        roles = write_roles(self._session, list(told), self._today)
        for plan, role in zip(plans, roles, strict=True):
            self._keep_count(role, len(plan.questions))

    def _write_in_parts(self, plan: RowPlan) -> None:
        row, keys = plan.taken, {change.key for change in plan.changes} - {ROLE, QUESTION}
        household = self._household(plan, self._rows.family)
        self._by_row[plan.number] = household
        write_questions(self._session, household.id, plan)
        role = role_of(self._session, household.id, row.role)
        if role is None:
            role = self._rows.role(household, row)
            keys = {
                key
                for key in answered_keys(row)
                if plan.person is None or key in keys or key not in HOUSEHOLD_KEYS
            }
            self._rows.keep_mentioned(role, row)
        keys = ask_older_stock(self._session, role, row, keys, self._today)
        asked = self._rows.fields(household, role, row, keys)
        self._keep_count(role, len(plan.questions) + asked)

    def _merge(self, plan: RowPlan, same_as: LookAlike) -> None:
        """Merge the row's family into the one it is; if that is refused, both stay and it is asked."""
        household, meant = self._by_row[plan.number], self._who.meant(same_as)
        refusal = self._rows.refusal_of(lambda: merge_in(self._session, meant, household, self._today))
        if refusal:
            said = coded(
                "asked.not_merged",
                "Should be one family with {name}, but could not be merged. {refusal}",
                name=meant.name,
                refusal=refusal,
            )
            self.questions += self._rows.ask(household.id, QuestionAnswer("own", said))

    def _household(self, plan: RowPlan, add: _AddFamily | None = None) -> HouseholdRow:
        if plan.person is not None:
            return self._session.get_one(HouseholdRow, plan.person.household_id)
        name = self._names.get(plan.number, "")
        return add(plan.answers, name) if add else write_family(self._session, plan.answers, name)

    def _write_answers(self, plan: RowPlan, household: HouseholdRow) -> None:
        row, keys = plan.taken, {change.key for change in plan.changes}
        # Questions first: writing the milk may raise one that no answer of this row closes.
        write_questions(self._session, household.id, plan)
        role = role_of(self._session, household.id, row.role)
        if role is None:
            role = write_role(self._session, household, row, self._today)
            keys &= HOUSEHOLD_KEYS
        else:
            write_mentions(self._session, role, row, plan.questions, self._today)
        if plan.outcome is Outcome.UPDATE:
            keys = ask_older_stock(self._session, role, row, keys - {ROLE, QUESTION}, self._today)
            write_changes(self._session, household, role, row, keys, self._today)
        self._keep_count(role, len(plan.questions))

    def _keep_count(self, role: RoleRow, questions: int) -> None:
        self.questions += questions
        self.codes[role.code] = None

    def _note(self, plan: RowPlan, household_id: int | None) -> None:
        """Keep the cells with their household; a form of one that was merged stays with it.

        What a removed code's row tells was not taken: it is still new once the removal is undone.
        """
        if plan.removed:
            household_id = None
        elif plan.person is not None:
            household_id = plan.person.own_id or plan.person.household_id
        kept = {"cells": plan.answers.cells, "values": latest_values(plan, self._today)}
        self._session.add(
            ImportedCellsRow(
                import_id=self._journal.id,
                number=plan.number,
                outcome=plan.outcome.value,
                cells=json.dumps(kept, ensure_ascii=False),
                household_id=household_id,
            )
        )


def in_parts(plans: Sequence[RowPlan], decisions: Decisions) -> Iterator[list[RowPlan]]:
    """Yield the rows as they are written, in their order: new families together, every other row alone."""
    for are_new, group in groupby(plans, key=lambda plan: _is_new(plan) and plan.number not in decisions):
        rows, size = list(group), _AT_ONCE if are_new else 1
        yield from (rows[start : start + size] for start in range(0, len(rows), size))


def _is_new(plan: RowPlan) -> bool:
    return plan.outcome in {Outcome.NEW, Outcome.NEEDS_A_LOOK} and plan.person is None and not plan.waits


def _names(plans: Sequence[RowPlan]) -> dict[int, str]:
    """Return each row's name, with the better capitals of an older answer by the same person."""
    spellings: dict[int, list[str]] = {}
    for plan in plans:
        number = plan.replaced_by or plan.number
        # Her later answer comes first: only its capitals are up for improvement.
        place = len(spellings.get(number, [])) if plan.replaced_by else 0
        spellings.setdefault(number, []).insert(place, plan.answers.contact.name)
    return {number: reduce(_recased, names) for number, names in spellings.items()}


def _recased(first: str, second: str) -> str:
    return better_cased(first, second) if first.casefold() == second.casefold() else first
