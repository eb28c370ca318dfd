"""Undoing from the window: where something later stands in the way, both can be undone together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.records.naming import with_names
from ui.desk import Desk
from ui.translation import translate

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from coordinator.sayings import Saying

Offer = Callable[[str, str, Callable[[], None]], object]
"""Shows a sentence, a button and what the button does."""


@dataclass(frozen=True)
class _Answer:
    """What was undone, or why it was not, and what would have to be undone with it."""

    said: Saying
    together: tuple[int, ...] = ()
    is_done: bool = False


def reverse(
    desk: Desk,
    work: Callable[[Database], Saying],
    done: Callable[[str], object],
    offer: Offer,
    failed: Callable[[str], None] | None = None,
) -> None:
    """Let *work* undo something beside the window; *done* gets its label, *failed* the sentence of a refusal.

    Both speak in names.

    Where undoing a later action as well would do, *offer* gets the sentence that names it, and the button.
    """
    from coordinator.services.records import in_names, undoing  # noqa: PLC0415 - not for a first paint

    database = desk.database

    def attempt() -> _Answer:
        before = in_names.names_now(database)  # who is undone has no name any more
        try:
            said = work(database)
        except undoing.CannotUndoError as refused:  # its own sentence has codes: the log may hold it
            return _Answer(with_names(refused.said, before), refused.together)
        return _Answer(with_names(said, {**before, **in_names.names_now(database)}), is_done=True)

    def show(answer: _Answer) -> None:
        said, together = str(answer.said), answer.together
        if answer.is_done:
            done(said)
            return
        if not together:
            (failed or desk.complained.emit)(said)
            return
        both = translate("Undoing", "Undo both")
        every = translate("Undoing", "Undo all {count}").format(count=len(together))

        def undo_them() -> None:
            reverse(
                desk,
                lambda database: undoing.undo_together(database, together),
                done,
                offer,
                failed,
            )

        offer(said, both if len(together) == 2 else every, undo_them)

    desk.write(attempt, show, failed=failed)
