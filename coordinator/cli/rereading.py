"""``milkrun reread``: answers of forms that are read otherwise now than when they came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.domain.facts.wording import told
from coordinator.services.imports.rereading import answers_read_otherwise, read_again

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.services.imports.rereading import ReadOtherwise


def reread(task: Task) -> None:
    """List what is stored and what is read now; with ``--apply`` the new reading takes its place."""
    found = answers_read_otherwise(task.database, task.today)
    if task.words.apply:
        read_again(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_read_otherwise(one) for one in found]))
        return
    for line in _told(found, is_applied=task.words.apply):
        task.say(line)


def _told(found: tuple[ReadOtherwise, ...], *, is_applied: bool) -> Iterator[str]:
    for answer in found:
        yield f"{answer.code} {answer.name}, {answer.label}: “{answer.words}”"
        yield from (f"  before: {told(fact)}" for fact in answer.before)
        yield from (f"  now: {told(fact)}" for fact in answer.now)
        if answer.question:
            yield f"  asked: {answer.question}"
    yield _sum(len(found), is_applied=is_applied)


def _sum(count: int, *, is_applied: bool) -> str:
    if not count:
        return "No answer of a form is read otherwise now."
    answers = "1 answer of a form" if count == 1 else f"{count} answers of forms"
    if is_applied:
        return f"{answers} read again; the questions are on the call list."
    return f"{answers} read otherwise now; nothing was changed, “milkrun reread --apply” does it."
