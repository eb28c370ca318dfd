"""``milkrun import``: says what comes in row by row, and writes it unless told to look only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.adapters.spreadsheets.spreadsheet_files import read_tables
from coordinator.cli.backups import usual_folder
from coordinator.domain.families.households import Role
from coordinator.domain.imports.planning import Outcome
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.imports.importing import preview_table, run_import

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.imports.planning import RowPlan
    from coordinator.domain.imports.preview import ImportPreview
    from coordinator.domain.imports.row_answers import QuestionAnswer

_LISTS = {
    Role.DONOR: saying("donors"),
    Role.RECIPIENT: saying("recipients"),
    Role.DRIVER: saying("drivers"),
}

_DAY = re.compile(r" (?:on|since|until) [A-Z][a-z]{2} \d{1,2}, \d{4}")
"""Days in questions: what is asked of several is one line, whichever day each told."""


def import_files(task: Task) -> None:
    """Import every sheet of every file in turn; all of them are opened before the first is written.

    Raises:
        UserError: If one cannot be read or imported; those before it are in.
    """
    kind = Role(task.words.kind) if task.words.kind else None
    for table in [table for path in task.words.files for table in read_tables(path)]:
        try:
            preview = preview_table(task.database, table, task.today, kind=kind)
        except UserError as error:
            raise UserError(_about_file(table.title, error)) from error
        if task.words.dry_run:
            if preview.problem:
                raise UserError(_about_file(table.title, preview.problem))
        else:
            run_import(task.database, preview, today=task.today, backup_folder=usual_folder(task))
        for line in _told(preview):
            task.say(line)
    if task.words.dry_run:
        task.say(saying("Nothing was written."))


def _about_file(name: str, what: object) -> Saying:
    return saying("{file}: {what}", file=name, what=str(what))


def _told(preview: ImportPreview) -> Iterator[Saying | str]:
    yield _about_file(preview.table.title, _counts(preview))
    for notice in (*preview.table.notices, *filter(None, (preview.order,))):
        yield f"  {notice}"
    for row in preview.table.left_out:
        yield saying("  row {number} is left out: {why}", number=row.number, why=row.why)
    for note in preview.date_notes():
        yield f"  {note}"
    if preview.unused_headers:
        unused = joined(", ", (saying("“{words}”", words=header) for header in preview.unused_headers))
        yield saying("  No field is read from: {unused}; the words are kept with the import", unused=unused)
    for plan in preview.plans:
        yield from _of_row(plan)
    yield from _questions(preview)


def _of_row(plan: RowPlan) -> Iterator[Saying]:
    """Yield what to know of a row: why it does not come in, whom it resembles, what it leaves open."""
    if plan.removed:
        yield saying(
            "  row {number} is left out: {code} was removed; undo that, then import again",
            number=plan.number,
            code=plan.removed,
        )
    if plan.waits:
        words = joined(" | ", plan.answers.cells)
        yield saying(
            "  row {number} is not imported, {why}: {words}", number=plan.number, why=plan.waits, words=words
        )
    elif plan.outcome is Outcome.NEEDS_A_LOOK:
        yield saying(
            "  row {number} comes in as a family of its own, and both are asked: {resembles}",
            number=plan.number,
            resembles=joined("; ", (alike.sentence for alike in plan.look_alikes)),
        )
    for choice in plan.choices:
        yield saying(
            "  row {number}: {field} of {code} stays {old} and is asked; the list tells {new}",
            number=plan.number,
            field=choice.change.said,
            code=plan.person.code if plan.person else "",
            old=choice.change.old,
            new=choice.change.new,
        )


def _counts(preview: ImportPreview) -> Saying:
    c = preview.counts
    counts = saying(
        "{rows} rows of {list} = {new} new + {updated} updated + {unchanged} unchanged"
        " + {older} older answers + {look} need a look",
        rows=c.rows,
        list=_LISTS[preview.kind],
        new=c.new,
        updated=c.updated,
        unchanged=c.unchanged,
        older=c.older_answers,
        look=c.needs_a_look,
    )
    return (
        saying("{counts} + {left_out} left out", counts=counts, left_out=c.left_out) if c.left_out else counts
    )


def _asked(plan: RowPlan) -> Iterator[QuestionAnswer]:
    """Yield what a row asks: of its own answers, who is who, and what another list tells differently."""
    yield from plan.answers.questions
    for both in plan.asked_both:
        yield from (both.own, both.hers)
    for choice in plan.choices:
        yield from choice.questions


def _questions(preview: ImportPreview) -> Iterator[Saying | str]:
    asked = Counter(
        _DAY.sub("", question.text.partition(" (“")[0])
        for plan in preview.plans
        if plan.outcome is not Outcome.OLDER_ANSWER
        for question in _asked(plan)
    )
    if asked:
        yield saying("  {count} questions for the call list:", count=asked.total())
    else:
        yield saying("  {count} questions for the call list", count=0)
    for text, count in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"    {count:3} {text}"
