"""``milkrun import``: says what comes in row by row, and writes it unless told to look only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.cli.backups import usual_folder
from coordinator.domain.families.households import Role
from coordinator.domain.imports.planning import Outcome
from coordinator.errors import UserError
from coordinator.services.imports.importing import preview_table, run_import

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.imports.preview import ImportPreview

_LISTS = {Role.DONOR: "donors", Role.RECIPIENT: "recipients", Role.DRIVER: "drivers"}

_DAY = re.compile(r" (?:on|since|until) [A-Z][a-z]{2} \d{1,2}, \d{4}")
"""Days in questions: what is asked of several is one line, whichever day each told."""


def import_files(task: Task) -> None:
    """Import every file in turn; all of them are opened before the first is written.

    Raises:
        UserError: If one cannot be read or imported; those before it are in.
    """
    kind = Role(task.words.kind) if task.words.kind else None
    for table in [read_table(path) for path in task.words.files]:
        try:
            preview = preview_table(task.database, table, task.today, kind=kind)
        except UserError as error:
            raise UserError(f"{table.name}: {error}") from error
        if task.words.dry_run:
            if preview.problem:
                raise UserError(f"{table.name}: {preview.problem}")
        else:
            run_import(task.database, preview, today=task.today, backup_folder=usual_folder(task))
        for line in _told(preview):
            task.say(line)
    if task.words.dry_run:
        task.say("Nothing was written.")


def _told(preview: ImportPreview) -> Iterator[str]:
    c = preview.counts
    rest = f" + {c.left_out} left out" if c.left_out else ""
    yield (
        f"{preview.table.name}: {c.rows} rows of {_LISTS[preview.kind]} = {c.new} new + {c.updated} updated"
        f" + {c.unchanged} unchanged + {c.older_answers} older answers + {c.needs_a_look} need a look{rest}"
    )
    for note in preview.date_notes():
        yield f"  {note}"
    if preview.unused_headers:
        unused = ", ".join(f"“{header}”" for header in preview.unused_headers)
        yield f"  No field is read from: {unused}; the words are kept with the import"
    for plan in preview.plans:
        if plan.removed:
            yield f"  row {plan.number} is left out: {plan.removed} was removed; undo that, then import again"
        if plan.outcome is Outcome.NEEDS_A_LOOK:
            yield f"  row {plan.number} comes in as a family of its own: {_resembles(preview, plan.number)}"
    yield from _questions(preview)


def _resembles(preview: ImportPreview, number: int) -> str:
    plan = next(plan for plan in preview.plans if plan.number == number)
    return "; ".join(alike.sentence for alike in plan.look_alikes)


def _questions(preview: ImportPreview) -> Iterator[str]:
    asked = Counter(
        _DAY.sub("", question.text.partition(" (“")[0])
        for plan in preview.plans
        if plan.outcome is not Outcome.OLDER_ANSWER
        for question in plan.answers.questions
    )
    yield f"  {asked.total()} questions for the call list" + (":" if asked else "")
    for text, count in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"    {count:3} {text}"
