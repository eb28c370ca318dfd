"""``milkrun import``: says what comes in row by row, and writes it unless told to look only."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coordinator.adapters.spreadsheets.spreadsheet_files import UnreadableFileError, read_tables
from coordinator.cli import json_documents
from coordinator.cli.backups import usual_folder
from coordinator.cli.imports_json import of_preview, of_unknown, of_unreadable
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import columns_of
from coordinator.domain.imports.columns.guesses import Sureness
from coordinator.domain.imports.columns.telling import Told, changes_of, name_column, told
from coordinator.domain.imports.planning import Outcome
from coordinator.domain.imports.who_is_who import Asking
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.imports.importing import UnknownListError, lists_in, preview_table, run_import

if TYPE_CHECKING:
    from pathlib import Path

    from coordinator.cli.task import Task
    from coordinator.domain.imports.people import LookAlike
    from coordinator.domain.imports.planning import RowPlan
    from coordinator.domain.imports.preview import ImportPreview
    from coordinator.domain.imports.row_answers import QuestionAnswer
    from coordinator.domain.imports.table import Table

_LISTS = {
    Role.DONOR: saying("donors"),
    Role.RECIPIENT: saying("recipients"),
    Role.DRIVER: saying("drivers"),
}

_MOST_NAMED = 3
"""How many look-alikes of a row are told by name."""
_DAY = re.compile(r" (?:on|since|until) [A-Z][a-z]{2} \d{1,2}, \d{4}")
"""Days in questions: what is asked of several is one line, whichever day each told."""


def import_files(task: Task) -> None:
    """Import every list in every sheet of every file; all files are opened before the first list is written.

    Raises:
        UserError: If any of them cannot be read or imported, once all the others are.
    """
    work = _Work(task, tuple(told(text) for text in task.words.map))
    opened = [(path, _opened(path)) for path in task.words.files]
    for path, tables in opened:
        if isinstance(tables, UserError):
            work.give_up(path.name, tables, of_unreadable(path.name, tables.said))
        else:
            work.do_file(path.name, tables)
    work.end([table for _, tables in opened if not isinstance(tables, UserError) for table in tables])


def _opened(path: Path) -> tuple[Table, ...] | UserError:
    try:
        return read_tables(path)
    except UserError as error:
        return error


class _Work:
    """What was done so far: what to print, and what could not be done."""

    def __init__(self, task: Task, tellings: tuple[Told, ...]) -> None:
        self._task = task
        self._tellings = tellings
        self._kind = Role(task.words.kind) if task.words.kind else None
        self._documents: list[dict[str, Any]] = []
        self._problems: list[UserError] = []
        self._has_spoken = False

    def do_file(self, name: str, tables: Sequence[Table]) -> None:
        """Import what the sheets of one file hold; one of them that is no list is passed over and said."""
        wanted = [table for table in tables if self._task.words.sheet in {None, table.sheet}]
        if not wanted:
            sheets = joined(", ", (saying("“{words}”", words=table.sheet) for table in tables))
            missing = UserError(saying("There is no such sheet; there are: {sheets}.", sheets=sheets))
            self.give_up(name, missing, of_unreadable(name, missing.said))
        lists = [
            (table, kind, part)
            for table in wanted
            for kind, part in lists_in(self._task.database, table, self._kind)
        ]
        is_any = any(kind for _, kind, _ in lists)
        for table, kind, part in lists:
            if kind is None and is_any:
                self._say(saying("{file}: none of the three lists; not read", file=table.title))
                self._documents.append(of_unknown(table, saying("None of the three lists; not read")))
            else:
                self._do_list(part, kind)

    def _do_list(self, table: Table, kind: Role | None) -> None:
        try:
            changes = changes_of(table, kind, self._tellings)
            preview = preview_table(self._task.database, table, self._task.today, kind=kind, changes=changes)
        except UserError as error:
            self.give_up(table.title, _with_kinds(error), of_unknown(table, error.said))
            return
        document = of_preview(preview, tuple(changes))
        if preview.unfit:
            self.give_up(table.title, _with_name(preview), document)
            return
        if not self._task.words.dry_run:
            run_import(
                self._task.database, preview, today=self._task.today, backup_folder=usual_folder(self._task)
            )
        self._documents.append(document)
        for line in _told(preview):
            self._say(line)

    def give_up(self, name: str, error: UserError, document: dict[str, Any]) -> None:
        """Keep what cannot be done for the end; the other lists are read all the same."""
        self._documents.append(document)
        is_alone = len(self._task.words.files) == 1 and isinstance(error, UnreadableFileError)
        problem = error if is_alone else UserError(_about_file(name, error))
        problem.more = error.more
        self._problems.append(problem)

    def _say(self, line: Saying | str) -> None:
        self._has_spoken = True
        if not self._task.words.json:
            self._task.say(line)

    def end(self, tables: Sequence[Table]) -> None:
        """Print the document, and raise what could not be done."""
        unknown = [one.heading for one in self._tellings if not any(map(one.columns, tables))]
        if unknown and tables:
            names = joined(", ", (saying("“{words}”", words=heading) for heading in unknown))
            self._problems.append(UserError(saying("No column is called {names}.", names=names)))
        if self._task.words.json:
            self._task.say_document(json_documents.written(self._documents))
        elif self._task.words.dry_run and self._has_spoken:
            self._task.say(saying("Nothing was written."))
        if self._problems:
            first, *others = self._problems
            first.more = (*first.more, *(line for one in others for line in (str(one), *one.more)))
            raise first


def _with_kinds(error: UserError) -> UserError:
    """Return *error* with the words that would tell whose list it is."""
    if isinstance(error, UnknownListError):
        error.more = (saying("Add --kind donor, --kind recipient or --kind driver."),)
    return error


def _with_name(preview: ImportPreview) -> UserError:
    """Return why *preview* cannot be imported, with the words that would tell where the names are."""
    error = UserError(preview.unfit)
    heading = name_column(preview.table, preview.mapping)
    if preview.plans and heading:
        error.more = (saying('Perhaps add: --map "{heading}=name"', heading=heading),)
    return error


def _about_file(name: str, what: object) -> Saying:
    return saying("{file}: {what}", file=name, what=str(what))


def _likely(preview: ImportPreview) -> Iterator[Saying]:
    """Yield the columns that are read so though it is not sure, with the words that would stop it."""
    if preview.guess is None or preview.is_mapping_remembered:
        return
    fields = {field.topic: field.label for field in preview.fields}
    read = columns_of(preview.mapping)
    for guess in preview.guess.columns:
        is_blank = all(cell.is_blank for cell in preview.table.column(guess.index))
        if guess.sureness is Sureness.LIKELY and read.get(guess.index) == guess.topic and not is_blank:
            heading = " ".join(preview.table.headers[guess.index].split())
            yield saying(
                '  “{heading}” is read as {field}, but that is not sure; if it is not: --map "{heading}=-"',
                heading=heading,
                field=fields[guess.topic],
            )


def _told(preview: ImportPreview) -> Iterator[Saying | str]:
    yield _about_file(preview.table.title, _counts(preview))
    for notice in (*preview.table.notices, *filter(None, (preview.order,))):
        yield f"  {notice}"
    for row in preview.table.left_out:
        yield saying("  row {number} is left out: {why}", number=row.number, why=row.why)
    for note in preview.date_notes():
        yield f"  {note}"
    yield from _likely(preview)
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
            resembles=_resembles(plan.look_alikes),
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
    """Yield what a row asks: of its own answers, and what another list tells differently."""
    yield from plan.answers.questions
    for choice in plan.choices:
        yield from choice.questions


def _who_is_who(plans: Iterable[RowPlan]) -> Iterator[QuestionAnswer]:
    """Yield what is asked of those who resemble each other: each once for all of them."""
    asking: dict[tuple[str, int | None], Asking] = defaultdict(Asking)
    for plan in plans:
        for both in plan.asked_both:
            asking["", plan.number].about(both.alike.why, both.own)
            asking[both.alike.code, both.alike.row].about(both.alike.why, both.hers)
    for one in asking.values():
        yield from one.questions()


def _resembles(alikes: Sequence[LookAlike]) -> Saying:
    """Return whom a row resembles: the first few by name, the others as a number."""
    named = joined("; ", (alike.sentence for alike in alikes[:_MOST_NAMED]))
    more = len(alikes) - _MOST_NAMED
    return saying("{named}; and {count} more", named=named, count=more) if more > 0 else named


def _questions(preview: ImportPreview) -> Iterator[Saying | str]:
    coming = [plan for plan in preview.plans if plan.outcome is not Outcome.OLDER_ANSWER and not plan.waits]
    questions = (*(question for plan in coming for question in _asked(plan)), *_who_is_who(coming))
    asked = Counter(_DAY.sub("", question.text.partition(" (“")[0]) for question in questions)
    if asked:
        yield saying("  {count} questions for the call list:", count=asked.total())
    else:
        yield saying("  {count} questions for the call list", count=0)
    for text, count in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"    {count:3} {text}"
