"""Undoing from the window: where something later stands in the way, both can be undone together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.translation import translate

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from coordinator.sayings import Saying
    from coordinator.services.records.undoing import CannotUndoError

Offer = Callable[[str, str, Callable[[], None]], object]
"""Shows a sentence, a button and what the button does."""


def reverse(
    desk: Desk,
    work: Callable[[Database], Saying],
    done: Callable[[str], object],
    offer: Offer,
    failed: Callable[[str], None] | None = None,
) -> None:
    """Let *work* undo something beside the window; *done* gets its label, *failed* the sentence of a refusal.

    Where undoing a later action as well would do, *offer* gets the sentence that names it, and the button.
    """
    from coordinator.services.records import undoing  # noqa: PLC0415 - not for a first paint

    database = desk.database

    def attempt() -> Saying | CannotUndoError:
        try:
            return work(database)
        except undoing.CannotUndoError as refused:
            if not refused.together:
                raise
            return refused

    def show(answer: Saying | CannotUndoError) -> None:
        if not isinstance(answer, undoing.CannotUndoError):
            done(str(answer))
            return
        together = answer.together
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

        offer(str(answer), both if len(together) == 2 else every, undo_them)

    desk.write(attempt, show, failed=failed)
