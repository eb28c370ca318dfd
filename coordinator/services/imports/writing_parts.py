"""A row of a file that breaks a rule: what fits comes in, what does not is asked of the family."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import attempt
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.errors import told_in_sentences
from coordinator.db.facts import asked_of
from coordinator.db.households import HouseholdRow
from coordinator.db.roles import RoleRow
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row_answers import (
    Answers,
    Contact,
    DonorAnswers,
    DriverAnswers,
    LotAnswer,
    QuestionAnswer,
    RecipientAnswers,
    RoleAnswers,
)
from coordinator.errors import ChangedMeanwhileError, FileProblemError, UnreachableError, UserError
from coordinator.sayings import as_written, coded, saying
from coordinator.services.imports.writing_lots import LOT_KEYS
from coordinator.services.imports.writing_rows import (
    KINDS_OF_KEYS,
    add_facts,
    add_questions,
    answered_on,
    write_changes,
    write_family,
    write_role,
)

_NOT_THE_ROWS = (ChangedMeanwhileError, FileProblemError, UnreachableError)
"""What no row is at fault for: these end the import."""


@dataclass(frozen=True)
class RowWriter:
    """Writes parts of rows so that one that is refused leaves nothing behind."""

    database: Database
    session: Session
    today: date

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Let what is written inside be there as a whole, with the books balanced after it, or not at all.

        Raises:
            UserError: If a service, the database or the books refuse it.
        """
        with told_in_sentences():
            try:
                with attempt(self.session):
                    yield
                    self.session.flush()
                    self.database.check_books(self.session)
            except sa.exc.DataError:  # a value no column can hold
                raise UserError(saying("The network cannot hold this.")) from None

    def refusal_of(self, work: Callable[[], object]) -> str:
        """Do *work* as a whole; return the sentence that refuses it, empty if it is done."""
        try:
            with self.whole():
                work()
        except _NOT_THE_ROWS:
            raise
        except UserError as error:
            return str(error)
        return ""

    def family(self, row: Answers, name: str) -> HouseholdRow:
        """Add the household of a row of which something is refused: its name at least."""
        bare = replace(row, contact=Contact(name or row.contact.name or row.contact.email))
        household = write_family(self.session, bare, "")
        self.session.flush()
        return household

    def role(self, household: HouseholdRow, row: Answers) -> RoleRow:
        """Give *household* the row's role, with none of its answers yet."""
        bare: dict[type[RoleAnswers], RoleAnswers] = {
            DonorAnswers: DonorAnswers(),
            RecipientAnswers: RecipientAnswers(),
            DriverAnswers: DriverAnswers(),
        }
        nothing = replace(row, detail=bare[type(row.detail)], numbers={})
        return write_role(self.session, household, nothing, self.today)

    def fields(self, household: HouseholdRow, role: RoleRow, row: Answers, keys: Collection[str]) -> int:
        """Write the fields *keys* one by one, ask about those that are refused and return how many."""
        asked = 0
        # What the ounces are of comes before the days: days alone are a lot of nothing.
        for key in sorted(keys, key=lambda key: (key not in {"ounces", "bags"}, key)):
            part = _only(row, key) if key in LOT_KEYS else row
            write = partial(write_changes, self.session, household, role, part, {key}, self.today)
            refusal = self.refusal_of(write)
            if refusal:
                asked += self.ask(household.id, _question(row, key, refusal))
        return asked

    def keep_mentioned(self, role: RoleRow, row: Answers) -> None:
        """Write what a donor's free words mention, unless that is refused."""
        if isinstance(role, DonorRow) and isinstance(row.detail, DonorAnswers):
            told, on = row.detail.mentioned, answered_on(row, self.today)
            self.refusal_of(lambda: add_facts(self.session, role, told, on))

    def ask(self, household_id: int, question: QuestionAnswer) -> int:
        """Put *question* on the call list unless it was asked before; return how many were put there."""
        if question.key in asked_of(self.session, household_id):
            return 0
        add_questions(self.session, household_id, [question])
        return 1


def answered_keys(row: Answers) -> set[str]:
    """Return the fields that *row* answers, those whose answer is not clear among them."""
    facts = row.detail.facts if isinstance(row.detail, DonorAnswers) else ()
    kinds = {fact.kind for fact in facts}
    return set(row.values) | {key for key, kind in KINDS_OF_KEYS.items() if kind in kinds}


def _question(row: Answers, key: str, refusal: str) -> QuestionAnswer:
    labels = {field.topic: field.label for field in FIELDS[row.role]}
    told = row.values.get(key, "")
    topic = FACT_KINDS[key].value if key in FACT_KINDS else key
    said = coded(
        "asked.not_taken_over",
        "The form's “{field}: {told}” could not be taken over. {refusal} What is so?",
        field=labels.get(key) or as_written(key.replace("_", " ")),
        told=told,
        refusal=refusal,
    )
    return QuestionAnswer(topic, said, told)


def _only(row: Answers, key: str) -> Answers:
    """Return the row with nothing of its milk but the field *key*."""
    if not isinstance(row.detail, DonorAnswers):
        return row
    lot = row.detail.lot
    kept = {
        "ounces": LotAnswer(offered=lot.offered),
        "bags": LotAnswer(bags=lot.bags),
        "expressed_from": LotAnswer(expressed_from=lot.expressed_from),
        "expressed_to": LotAnswer(expressed_to=lot.expressed_to),
        "freezer": LotAnswer(freezer=lot.freezer, place=lot.place, stored_in=lot.stored_in),
        "heat_treated": LotAnswer(heat_treated=lot.heat_treated),
    }
    return replace(row, detail=replace(row.detail, lot=kept[key]))
