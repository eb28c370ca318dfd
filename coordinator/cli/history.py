"""``milkrun history``, ``undo`` and ``redo``: what was done in words, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.domain.records.naming import with_names
from coordinator.domain.records.told_history import who
from coordinator.errors import UserError
from coordinator.sayings import plural, saying
from coordinator.services.records import family_history, in_names, undoable
from coordinator.services.records import history as records
from coordinator.services.records.undoing import CannotUndoError, undo_together
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coordinator.bootstrap import Database
    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.records.history import AuditEntry
    from coordinator.domain.records.told_history import ToldAction, Undoable, Undoing
    from coordinator.sayings import Saying


def history(task: Task) -> None:
    """Show what was done, the newest first: of everything, or of what a code is about."""
    words = task.words
    unit = settings(task.database).volume_unit
    told = family_history.told_history(
        task.database, unit, code=words.code, since=words.since, limit=words.limit
    )
    can = undoable.undoable(task.database, [one.id for one in told])
    if words.json:
        task.say_document(written(document(words.code.upper(), told, can)))
        return
    for one in told:
        for line in _lines(one, can[one.id]):
            task.say(line)
    if not told:
        task.say(saying("Nothing was done, as far as the history goes."))
    elif len(told) == words.limit:
        task.say(
            plural("The newest {n}; --limit shows more.", "The newest {n}; --limit shows more.", len(told))
        )


def document(code: str, told: Sequence[ToldAction], can: dict[int, Undoable]) -> Document:
    """Return ``history --json``."""
    return {"of": code or None, "actions": [_action(one, can[one.id]) for one in told]}


def _action(one: ToldAction, can: Undoable) -> Document:
    entry = one.entry
    return {
        "id": one.id,
        "at": entry.at.isoformat(),
        "who": who(entry.origin),
        "what": entry.shown,
        "changes": [str(line) for line in one.details],
        "about": [str(area.words) for area in sorted(one.areas, key=lambda area: area.value)],
        "rows_left_out": one.left_out,
        "erased": one.is_erased,
        "undoes": entry.undoes_id,
        "undone": _undoing(one.undone),
        "can_undo": bool(can),
        "why_not": can.why_not or None,
    }


def _undoing(by: Undoing | None) -> Document | None:
    if by is None:
        return None
    return {"id": by.id, "at": by.at.isoformat(), "who": who(by.origin)}


def _lines(one: ToldAction, can: Undoable) -> Iterator[Saying | str]:
    entry = one.entry
    here = entry.at.astimezone()
    at = f"{here:%H:%M}"
    yield saying(
        "{number}  {day}, {time}, {who}: {what}",
        number=one.id,
        day=here.date(),
        time=at,
        who=who(entry.origin),
        what=entry.named or entry.said,
    )
    for line in one.details:
        yield saying("      {line}", line=line)
    if one.left_out > 0:
        more = plural("And {n} row more.", "And {n} rows more.", one.left_out)
        yield saying("      {line}", line=more)
    if one.is_erased:
        yield saying("      {line}", line=saying("Values of this were erased."))
    if one.undone is not None:
        yield saying("      {line}", line=can.why_not)


def undo(task: Task) -> None:
    """Undo actions by number, or the last one of today by command."""
    numbers: list[int] = task.words.ids
    if not numbers:
        last = records.undo_state(task.database).undo
        _take_back(task, [_of_today(task, last, again=False).id], records.undo, again=False)
    elif len(numbers) == 1:
        _take_back(task, numbers, partial(records.undo_action, audit_id=numbers[0]), again=False)
    else:
        _take_back(task, numbers, partial(undo_together, audit_ids=numbers), again=False)


def redo(task: Task) -> None:
    """Do again what was undone, by number, or what was undone last today by command."""
    if not task.words.ids:
        last = records.undo_state(task.database).redo
        _take_back(task, [_of_today(task, last, again=True).id], records.redo, again=True)
        return
    undone = family_history.undone_by_number(task.database)
    for number in task.words.ids:
        if number not in undone:
            label = records.action(task.database, number).said
            raise UserError(saying("“{label}” was not undone, so there is nothing to do again.", label=label))
    for number in task.words.ids:
        _take_back(task, [number], partial(records.undo_action, audit_id=undone[number].id), again=True)


def _of_today(task: Task, last: AuditEntry | None, *, again: bool) -> AuditEntry:
    """Return *last*, the last action by command, if it was done today."""
    if last is not None and last.at.astimezone().date() == task.database.clock().astimezone().date():
        return last
    if again:
        raise UserError(saying("Nothing was undone by command today. “milkrun history” gives its number."))
    raise UserError(
        saying("Nothing was done by command today. “milkrun history” gives the number of what to undo.")
    )


def _take_back(
    task: Task, numbers: Sequence[int], work: Callable[[Database], object], *, again: bool
) -> None:
    """Say what is about to be undone or done again, do it, and say that it was."""
    entries = [records.action(task.database, number) for number in numbers]
    before = in_names.names_now(task.database)  # who is undone has no name any more
    said = [with_names(entry.said, before) for entry in entries]
    if not task.words.json:
        for entry, what in zip(entries, said, strict=True):
            task.say(_about_to(entry, what, again=again))
    try:
        work(task.database)
    except CannotUndoError as refused:
        raise _refused(refused, with_names(refused.said, before)) from None
    if task.words.json:
        done = "redone" if again else "undone"
        task.say_document(
            written(
                [{"id": one.id, "what": what, "is": done} for one, what in zip(entries, said, strict=True)]
            )
        )
        return
    task.say(saying("Done again.") if again else saying("Undone."))


def _about_to(entry: AuditEntry, what: Saying, *, again: bool) -> Saying:
    day, by = entry.at.astimezone().date(), who(entry.origin)
    if again:
        return saying(
            "Doing again {number}: {what} ({day}, {who})", number=entry.id, what=what, day=day, who=by
        )
    return saying("Undoing {number}: {what} ({day}, {who})", number=entry.id, what=what, day=day, who=by)


def _refused(refused: CannotUndoError, said: Saying) -> UserError:
    """Return the sentence of a refusal in names, with the command that undoes all that stands in the way."""
    if not refused.together:
        return UserError(said)
    command = " ".join(("milkrun", "undo", *map(str, refused.together)))
    return UserError(saying("{why} “{command}” undoes them together.", why=said, command=command))
