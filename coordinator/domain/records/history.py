"""What was done, in words that name no person, and what undoing it would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordinator.sayings import Saying, as_written

if TYPE_CHECKING:
    from datetime import datetime


SAMPLE_ORIGIN: Final = "sample-region"
"""Where the history says the sample came from: the coordinator did none of it, so undo offers none."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a coordinator did: a stable key and a sentence with codes only.

    Example: ``Action("hold.released", saying("Released {hold}", hold="H-0012"))``.
    """

    kind: str
    label: str | Saying

    @property
    def said(self) -> Saying:
        """The label; plain words are nobody's to translate."""
        return self.label if isinstance(self.label, Saying) else as_written(self.label)


FOLLOWING = ".following"
"""Ends the kind of an action that belongs to the one before it: the second list of one import."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the history: when, from where, what."""

    id: int
    at: datetime
    origin: str
    kind: str
    said: Saying
    undoes_id: int | None
    changes: int

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(self.said)


@dataclass(frozen=True, slots=True)
class UndoState:
    """What Ctrl+Z and Ctrl+Shift+Z would do now; ``None`` when there is nothing."""

    undo: AuditEntry | None = None
    redo: AuditEntry | None = None


def undone_among(entries: Iterable[AuditEntry]) -> set[int]:
    """Return the actions among *entries*, by id, that do not stand: undone, and that not undone again."""
    undone: set[int] = set()
    undoes: dict[int, int | None] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        undoes[entry.id] = of = entry.undoes_id
        while of is not None:
            undone ^= {of}
            of = undoes.get(of)
    return undone
