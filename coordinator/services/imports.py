"""Importing a list: look first, then write everything in one action that one undo takes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import reduce
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.spreadsheets import read_table
from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import ImportedCellsRow, ImportRow
from coordinator.domain.audit import Action
from coordinator.domain.backups import BackupReason
from coordinator.domain.households import Role
from coordinator.domain.imports.answers import Answers, QuestionAnswer
from coordinator.domain.imports.contacts import better_cased
from coordinator.domain.imports.fields import FIELDS, guess_kind, guess_mapping
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import (
    HOUSEHOLD_KEYS,
    QUESTION,
    ROLE,
    Outcome,
    RowPlan,
    count,
    plan_rows,
)
from coordinator.domain.imports.preview import Decisions, ImportPreview, ImportReport
from coordinator.domain.imports.sheet import SheetReading, read_sheet
from coordinator.domain.imports.table import Table
from coordinator.errors import ChangedMeanwhileError, UserError
from coordinator.services.backups import back_up_now
from coordinator.services.households import role_by_code
from coordinator.services.imported_parts import RowWriter, answered_keys
from coordinator.services.imported_people import RoleRow, known_people
from coordinator.services.imported_rows import (
    ask_older_stock,
    role_of,
    write_changes,
    write_family,
    write_mentions,
    write_questions,
    write_role,
)
from coordinator.services.merging import merge_in

_ACTION = "import.done"
_AddFamily = Callable[[Answers, str], HouseholdRow]


class UnknownListError(UserError):
    """The headers do not say whose list it is; ``headers`` are shown for her to choose."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__(
            "The headers of this file do not say whose list it is: choose donors, families or drivers."
        )
        self.headers = tuple(headers)


def preview_import(
    database: Database,
    path: Path,
    today: date,
    *,
    kind: Role | None = None,
    mapping: Mapping[str, int] | None = None,
) -> ImportPreview:
    """Return what importing *path* would do, row by row; nothing is written.

    Args:
        database: The open network.
        path: A CSV, TSV, TXT or XLSX file.
        today: The day of the import; dates are read and judged by it.
        kind: Whose list it is; guessed from the headers when not given.
        mapping: Field key -> column; the one remembered for these headers, else a guess, when not given.

    Raises:
        UnreadableFileError: If the file is no spreadsheet, or a hostile one.
        UnknownListError: If *kind* is not given and cannot be guessed.
    """
    return preview_table(database, read_table(path), today, kind=kind, mapping=mapping)


def preview_table(
    database: Database,
    table: Table,
    today: date,
    *,
    kind: Role | None = None,
    mapping: Mapping[str, int] | None = None,
) -> ImportPreview:
    """Return the preview of a table already read, for another kind or mapping; as :func:`preview_import`."""
    kind = kind or guess_kind(table.headers)
    if kind is None:
        raise UnknownListError(table.headers)
    with database.reading() as session:
        remembered = _remembered_mapping(session, table, kind)
        chosen = dict(mapping if mapping is not None else remembered or guess_mapping(table.headers, kind))
        reading = read_sheet(table, kind, chosen, today)
        plans = plan_rows(reading.answers, known_people(session))
        before = _imported_before(session, table, kind)
    return _preview(table, kind, chosen, reading, plans, before, is_remembered=chosen == remembered)


def run_import(
    database: Database,
    preview: ImportPreview,
    decisions: Decisions | None = None,
    *,
    today: date,
    backup_folder: Path | None = None,
    report: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Write what *preview* shows, in one transaction and one action, after a verified backup.

    Args:
        database: The open network.
        preview: What the coordinator has seen.
        decisions: For rows that need a look, whom they are; the others come in as families of their own.
        today: The day of the import.
        backup_folder: Where the backup goes; beside the network's file when not given.
        report: Called with how many rows are written, and of how many; what it raises stops the import,
            and nothing of it stays.

    Raises:
        UserError: If the preview says that nothing can be imported, or no backup could be made.
        ChangedMeanwhileError: If the network changed since the preview so that rows would do something else.
    """
    if preview.problem:
        raise UserError(preview.problem)
    if database.is_sqlite:
        back_up_now(database, BackupReason.IMPORT, folder=backup_folder)
    label = f"Imported {preview.counts.rows} rows of a {preview.kind.value} list"
    with database.writing(Action(_ACTION, label), today) as session:
        plans = plan_rows([plan.answers for plan in preview.plans], known_people(session))
        if [plan.outcome for plan in plans] != [plan.outcome for plan in preview.plans]:
            raise ChangedMeanwhileError("The network")
        writer = _Writer(session, preview, RowWriter(database, session, today))
        # Older answers come last: they are kept under the family their later answer made.
        ordered = sorted(plans, key=lambda plan: plan.outcome is Outcome.OLDER_ANSWER)
        for done, plan in enumerate(ordered):
            if report is not None:
                report(done, len(ordered))
            writer.write(plan, (decisions or {}).get(plan.number))
    with database.reading() as session:
        query = sa.select(sa.func.max(AuditRow.id)).where(AuditRow.kind == _ACTION)
        audit_id = session.scalar(query) or 0
    return ImportReport(preview.kind, preview.counts, tuple(writer.codes), writer.questions, audit_id)


class _Writer:
    """Writes the rows of one file in order, and the journal beside them."""

    def __init__(self, session: Session, preview: ImportPreview, rows: RowWriter) -> None:
        self._session = session
        self._rows = rows
        self._today = rows.today
        self._journal = _journal(session, preview)
        self._names = _names(preview.plans)
        self._by_row: dict[int, HouseholdRow] = {}
        self.codes: list[str] = []
        self.questions = 0

    def write(self, plan: RowPlan, same_as: LookAlike | None) -> None:
        """Do what *plan* says and keep the row's cells.

        A row that is *same_as* somebody comes in and is then merged into her: so the next export finds
        both, and the two can be taken apart.
        """
        if plan.outcome is Outcome.OLDER_ANSWER:
            later = self._by_row.get(plan.replaced_by or 0)
            self._note(plan, later.id if later else None)
            return
        household_id = self._write_row(plan)
        self._note(plan, household_id)
        if same_as is not None and plan.outcome is Outcome.NEEDS_A_LOOK:
            self._merge(plan, same_as)

    def _write_row(self, plan: RowPlan) -> int:
        """Write the row as a whole; if a rule refuses that, as much of it as fits, and ask about the rest."""
        codes, questions = list(self.codes), self.questions
        if self._rows.refusal_of(lambda: self._write_whole(plan)):
            self.codes, self.questions = codes, questions
            self._write_in_parts(plan)
        return self._by_row[plan.number].id

    def _write_whole(self, plan: RowPlan) -> None:
        household = self._household(plan)
        self._by_row[plan.number] = household
        if plan.outcome is not Outcome.UNCHANGED:
            self._write_answers(plan, household)

    def _write_in_parts(self, plan: RowPlan) -> None:
        row, keys = plan.answers, {change.key for change in plan.changes} - {ROLE, QUESTION}
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
        household, meant = self._by_row[plan.number], self._meant(same_as)
        refusal = self._rows.refusal_of(lambda: merge_in(self._session, meant, household, self._today))
        if refusal:
            text = f"Should be one family with {meant.name}, but could not be merged. {refusal}"
            self.questions += self._rows.ask(household.id, QuestionAnswer("own", text))

    def _meant(self, same_as: LookAlike) -> HouseholdRow:
        if same_as.row is None:
            found = self._session.get_one(
                HouseholdRow, role_by_code(self._session, same_as.code).household_id
            )
        else:
            found = self._by_row[same_as.row]
        merged_into = found.merged_into_id
        return self._session.get_one(HouseholdRow, merged_into) if merged_into else found

    def _household(self, plan: RowPlan, add: _AddFamily | None = None) -> HouseholdRow:
        if plan.person is not None:
            return self._session.get_one(HouseholdRow, plan.person.household_id)
        name = self._names.get(plan.number, "")
        return add(plan.answers, name) if add else write_family(self._session, plan.answers, name)

    def _write_answers(self, plan: RowPlan, household: HouseholdRow) -> None:
        row, keys = plan.answers, {change.key for change in plan.changes}
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
        if role.code not in self.codes:
            self.codes.append(role.code)

    def _note(self, plan: RowPlan, household_id: int | None) -> None:
        """Keep the cells with their household; a form of one that was merged stays with it.

        What a removed code's row tells was not taken: it is still new once the removal is undone.
        """
        if plan.removed:
            household_id = None
        elif plan.person is not None:
            household_id = plan.person.own_id or plan.person.household_id
        kept = {"cells": plan.answers.cells, "values": dict(plan.answers.values)}
        self._session.add(
            ImportedCellsRow(
                import_id=self._journal.id,
                number=plan.number,
                outcome=plan.outcome.value,
                cells=json.dumps(kept, ensure_ascii=False),
                household_id=household_id,
            )
        )


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


def _journal(session: Session, preview: ImportPreview) -> ImportRow:
    row = ImportRow(
        imported_at=session.info["now"],
        file_name=preview.table.name,
        sha256=preview.table.sha256,
        kind=preview.kind.value,
        headers=json.dumps(preview.table.headers, ensure_ascii=False),
        header_signature=_signature(preview.table),
        mapping=json.dumps(dict(preview.mapping)),
        counts=json.dumps(asdict(preview.counts)),
    )
    session.add(row)
    session.flush()
    return row


def _signature(table: Table) -> str:
    return hashlib.sha256(table.signature.encode()).hexdigest()


def _remembered_mapping(session: Session, table: Table, kind: Role) -> dict[str, int] | None:
    query = sa.select(ImportRow.mapping).where(
        ImportRow.header_signature == _signature(table), ImportRow.kind == kind.value
    )
    stored = session.scalars(query.order_by(ImportRow.id.desc())).first()
    if stored is None:
        return None
    known = {field.key for field in FIELDS[kind]}
    mapping: dict[str, int] = json.loads(stored)
    return {key: index for key, index in mapping.items() if key in known and index < len(table.headers)}


def _imported_before(session: Session, table: Table, kind: Role) -> date | None:
    query = sa.select(ImportRow.imported_at).where(
        ImportRow.sha256 == table.sha256, ImportRow.kind == kind.value
    )
    moment = session.scalars(query.order_by(ImportRow.id.desc())).first()
    return moment.astimezone().date() if moment else None


def _preview(
    table: Table,
    kind: Role,
    mapping: Mapping[str, int],
    reading: SheetReading,
    plans: tuple[RowPlan, ...],
    before: date | None,
    *,
    is_remembered: bool,
) -> ImportPreview:
    has_name = "name" in mapping or {"first_name", "last_name"} & mapping.keys()
    problem = "" if has_name else "Choose which column holds the names."
    if not plans:
        problem = "This file has headers but no rows below them."
    return ImportPreview(
        table=table,
        kind=kind,
        mapping=mapping,
        is_mapping_remembered=is_remembered,
        dates=reading.dates,
        plans=plans,
        counts=count(plans),
        imported_before_on=before,
        problem=problem,
    )
