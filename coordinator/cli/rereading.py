"""``milkrun reread``: answers of forms that are read otherwise now than when they came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.domain.facts.wording import told
from coordinator.sayings import Saying, plural, saying
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


def _told(found: tuple[ReadOtherwise, ...], *, is_applied: bool) -> Iterator[Saying]:
    for answer in found:
        yield saying(
            "{code} {name}, {field}: “{words}”",
            code=answer.code,
            name=answer.name,
            field=answer.label,
            words=answer.words,
        )
        yield from (saying("  before: {fact}", fact=told(fact)) for fact in answer.before)
        yield from (saying("  now: {fact}", fact=told(fact)) for fact in answer.now)
        if answer.question:
            yield saying("  asked: {question}", question=answer.question)
    yield _sum(len(found), is_applied=is_applied)


def _sum(count: int, *, is_applied: bool) -> Saying:
    if not count:
        return saying("No answer of a form is read otherwise now.")
    if is_applied:
        return plural(
            "{n} answer of a form read again; the questions are on the call list.",
            "{n} answers of forms read again; the questions are on the call list.",
            count,
        )
    return plural(
        "{n} answer of a form read otherwise now; nothing was changed, “milkrun reread --apply” does it.",
        "{n} answers of forms read otherwise now; nothing was changed, “milkrun reread --apply” does it.",
        count,
    )
