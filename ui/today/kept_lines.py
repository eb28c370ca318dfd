"""Lines kept while what stands on them is the same: making a widget anew is what takes the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.today.work_line import WorkLine


class KeptLines:
    """The lines of one list as they were last shown, each with what it was made of."""

    def __init__(self) -> None:
        self._made: list[tuple[object, WorkLine]] = []

    def lines(self, wanted: Sequence[tuple[object, Callable[[], WorkLine]]]) -> list[WorkLine]:
        """Return a line for each of *wanted*: what it is made of, and its making; one of the same stays."""
        before = self._made
        self._made = [(of, _same(before, of) or make()) for of, make in wanted]
        return [line for _, line in self._made]

    def forget(self) -> None:
        """Make all anew the next time, as in other colours."""
        self._made = []


def _same(before: Sequence[tuple[object, WorkLine]], of: object) -> WorkLine | None:
    return next((line for known, line in before if known == of), None)
