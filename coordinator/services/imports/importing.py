"""Importing a list: look first, then write everything in one action that one undo takes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.gazetteer.placing import placer
from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.imports import ImportRow
from coordinator.db.known_people import known_people
from coordinator.db.writing import writing_of
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import FieldMapping, GivenMapping
from coordinator.domain.imports.columns.guesses import ListGuess, parts_of, rows_of
from coordinator.domain.imports.columns.guessing import changed, completed, guess_list
from coordinator.domain.imports.planning import (
    FilePlan,
    Outcome,
    count,
    plan_file,
    plan_rows,
)
from coordinator.domain.imports.preview import Decisions, ImportPreview, ImportReport
from coordinator.domain.imports.sheet import SheetReading, read_sheet
from coordinator.domain.imports.table import Table
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import FOLLOWING, Action
from coordinator.errors import ChangedMeanwhileError, UserError
from coordinator.sayings import NOTHING, plural, saying
from coordinator.services.imports.remembered import (
    remembered_choices,
    remembered_mapping,
    signature,
    stored_mapping,
)
from coordinator.services.imports.writing_file import FileWriter, in_parts
from coordinator.services.imports.writing_parts import RowWriter
from coordinator.services.records.backups import back_up_now

_ACTION = "import.done"


class UnknownListError(UserError):
    """The headers do not say whose list it is; ``headers`` are shown for her to choose."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__(
            saying(
                "The headers of this file do not say whose list it is: choose donors, families or drivers."
            )
        )
        self.headers = tuple(headers)


def lists_in(
    database: Database, table: Table, kind: Role | None = None
) -> tuple[tuple[Role | None, Table], ...]:
    """Return the lists that a sheet holds, each with whose it is: two for a form that two roles fill in."""
    with database.reading() as session:
        guess = guess_list(table, kind, remembered_choices(session))
    return ((kind, table),) if kind else parts_of(table, guess)


def preview_import(
    database: Database,
    path: Path,
    today: date,
    *,
    kind: Role | None = None,
    mapping: GivenMapping | None = None,
) -> ImportPreview:
    """Return what importing *path* would do, row by row; nothing is written.

    Args:
        database: The open network.
        path: A text file or a workbook of any kind.
        today: The day of the import; dates are read and judged by it.
        kind: Whose list it is; guessed from the headers when not given.
        mapping: Field key -> column or columns; when not given, the one remembered for these headers, else
            a guess.

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
    mapping: GivenMapping | None = None,
    changes: Mapping[int, str] | None = None,
) -> ImportPreview:
    """Return the preview of a table already read; as :func:`preview_import`.

    Of a form that donors and families fill in alike, the rows of one *kind* are shown; the others stand among
    those left out. *changes* are columns to be read otherwise than guessed: column -> field, or nothing.
    """
    with database.reading() as session:
        guess = guess_list(table, kind, remembered_choices(session))
        if guess.kind is None:
            raise UnknownListError(table.headers)
        table = rows_of(table, guess)
        chosen, is_remembered = _mapping(session, table, guess, mapping)
        if changes:
            chosen, is_remembered = changed(table, chosen, changes), False
        reading = read_sheet(table, guess.kind, chosen, today, placer())
        plan = plan_file(reading.answers, known_people(session))
        before = _imported_before(session, table, guess.kind)
    shown = _preview(table, guess.kind, chosen, reading, plan, before, is_remembered=is_remembered)
    return replace(shown, guess=guess)


def _mapping(
    session: Session, table: Table, guess: ListGuess, given: GivenMapping | None
) -> tuple[FieldMapping, bool]:
    """Return the columns of each field, and whether they are those of the last file with the same headers."""
    kind = guess.kind or Role.DONOR
    remembered = remembered_mapping(session, table, kind)
    if given is not None:
        chosen = completed(table, kind, given)
        return chosen, chosen == remembered
    return (guess.mapping, False) if remembered is None else (remembered, True)


def run_import(
    database: Database,
    preview: ImportPreview,
    decisions: Decisions | None = None,
    *,
    today: date,
    backup_folder: Path | None = None,
    report: Callable[[int, int], None] | None = None,
    follows: bool = False,
) -> ImportReport:
    """Write what *preview* shows, in one transaction and one action, after a verified backup.

    Args:
        database: The open network.
        preview: What the coordinator has seen.
        decisions: Of rows that need a look, whom they are; of choices, what is taken. What she did not decide
            is asked: such rows come in as families of their own, and what is known stays.
        today: The day of the import.
        backup_folder: Where the backup goes; beside the network's file when not given.
        report: Called with how many rows are written, and of how many; what it raises stops the import,
            and nothing of it stays.
        follows: Whether it came in one go with the list before it: then one undo takes back both.

    Raises:
        UserError: If the preview says that nothing can be imported, or no backup could be made.
        ChangedMeanwhileError: If the network changed since the preview so that rows would do something else.
    """
    if preview.unfit:
        raise UserError(preview.unfit)
    if database.is_sqlite:
        back_up_now(database, BackupReason.IMPORT, folder=backup_folder)
    label = plural(
        "Imported {n} row of a {kind} list",
        "Imported {n} rows of a {kind} list",
        preview.counts.rows,
        kind=preview.kind.words,
    )
    kind = _ACTION + FOLLOWING if follows else _ACTION
    with database.writing(Action(kind, label), today) as session:
        plans = plan_rows([plan.answers for plan in preview.plans], known_people(session))
        if [plan.outcome for plan in plans] != [plan.outcome for plan in preview.plans]:
            raise ChangedMeanwhileError(saying("The network"))
        writer = FileWriter(_journal(session, preview), plans, RowWriter(database, session, today))
        # Older answers come last: they are kept under the family their later answer made.
        ordered = sorted(plans, key=lambda plan: plan.outcome is Outcome.OLDER_ANSWER)
        done = 0
        for part in in_parts(ordered, decisions or {}):
            if report is not None:
                report(done, len(ordered))
            writer.write(part, decisions or {})
            done += len(part)
        writer.finish()
    with database.reading() as session:
        query = sa.select(sa.func.max(AuditRow.id)).where(AuditRow.kind == kind)
        audit_id = session.scalar(query) or 0
    return ImportReport(
        preview.kind,
        preview.counts,
        tuple(writer.codes),
        writer.questions,
        audit_id,
        nobody=preview.table.left_out,
        notices=preview.table.notices,
    )


def _journal(session: Session, preview: ImportPreview) -> ImportRow:
    row = ImportRow(
        imported_at=writing_of(session).now,
        file_name=preview.table.name,
        sha256=preview.table.sha256,
        kind=preview.kind.value,
        headers=json.dumps(preview.table.headers, ensure_ascii=False),
        header_signature=signature(preview.table),
        mapping=stored_mapping(preview.mapping, preview.guess),
        counts=json.dumps(asdict(preview.counts)),
    )
    session.add(row)
    session.flush()
    return row


def _imported_before(session: Session, table: Table, kind: Role) -> date | None:
    query = sa.select(ImportRow.imported_at).where(
        ImportRow.sha256 == table.sha256, ImportRow.kind == kind.value
    )
    moment = session.scalars(query.order_by(ImportRow.id.desc())).first()
    return moment.astimezone().date() if moment else None


def _preview(
    table: Table,
    kind: Role,
    mapping: FieldMapping,
    reading: SheetReading,
    plan: FilePlan,
    before: date | None,
    *,
    is_remembered: bool,
) -> ImportPreview:
    has_name = "name" in mapping or {"first_name", "last_name"} & mapping.keys()
    problem = NOTHING if has_name else saying("Choose which column holds the names.")
    if not plan.rows:
        problem = saying("This file has headers but no rows below them.")
    return ImportPreview(
        table=table,
        kind=kind,
        mapping=mapping,
        is_mapping_remembered=is_remembered,
        dates=reading.dates,
        plans=plan.rows,
        counts=count(plan.rows),
        order=plan.order,
        imported_before_on=before,
        unfit=problem,
    )
