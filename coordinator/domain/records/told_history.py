"""One line of the history in words: who did what when, which values it changed, and whether it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordinator.domain.records.history import SAMPLE_ORIGIN
from coordinator.sayings import NOTHING, Saying, as_written, saying

if TYPE_CHECKING:
    from datetime import datetime

    from coordinator.domain.records.history import AuditEntry
    from coordinator.domain.records.row_words import Area

COMMAND_ORIGIN: Final = saying("command line")
"""Its code is stored."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """The action that took another back: which, when, from where."""

    id: int
    at: datetime
    origin: str


@dataclass(frozen=True, slots=True)
class ToldAction:
    """One action, as far as it is about whom or what the history was asked for.

    ``details`` are the values it changed, each a line. ``is_erased`` says that values of it are gone, as when
    a family was forgotten. ``undone`` is the action that took it back, while that stands.
    ``left_out`` is how many rows it touched that are not told, as there are too many.
    """

    entry: AuditEntry
    details: tuple[Saying, ...] = ()
    areas: frozenset[Area] = frozenset()
    is_erased: bool = False
    undone: Undoing | None = None
    left_out: int = 0

    @property
    def id(self) -> int:
        """The number of the action."""
        return self.entry.id

    @property
    def kind(self) -> str:
        """What kind of action it was, as stored."""
        return self.entry.kind

    @property
    def label(self) -> str:
        """What was done, in words and codes."""
        return self.entry.label

    @property
    def words(self) -> str:
        """Everything the line says, to be searched."""
        return "\n".join((self.entry.shown, self.label, *map(str, self.details)))


@dataclass(frozen=True, slots=True)
class Undoable:
    """Whether an action can be taken back; if not, *why* in a sentence."""

    why_not: Saying = NOTHING

    def __bool__(self) -> bool:
        """Whether nothing is known to stand in the way."""
        return not self.why_not


def who(origin: str, here: str = "") -> Saying:
    """Return who did something, as far as the history knows; *here* is the origin of this window."""
    if here and origin == here:
        return saying("you, in this window")
    if origin == SAMPLE_ORIGIN:
        return saying("the sample region")
    if origin.startswith("window"):
        return saying("in an earlier window")
    if origin == COMMAND_ORIGIN.code:
        return saying("by command")
    return as_written(origin) or saying("nobody knows from where")


def undone_by(undoings: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return which action is undone by which, of pairs (an undoing, what it undid), the first done first.

    What was undone and done again stands, and so does an undoing that was not itself taken back.
    """
    of: dict[int, int] = {}
    undone: dict[int, int] = {}
    for number, what in undoings:
        of[number] = what
        last, one = number, what
        while True:
            if one in undone:
                del undone[one]
            else:
                undone[one] = last
            if one not in of:
                break
            last, one = one, of[one]
    return undone
