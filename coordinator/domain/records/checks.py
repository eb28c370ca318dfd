"""What a check of the network finds: each fault with the kind it is of and where it lies, never a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coordinator.sayings import Saying, saying


class FaultKind(StrEnum):
    """What is wrong; the word stands in the log and in ``--json``."""

    STRUCTURE = "structure"
    """Pages, indexes or rules of the file itself."""
    RULES = "rules"
    """A rule, an index or a guard of the tables is missing or not as the program made it."""
    REFERENCE = "reference"
    """A row points to one that is not there."""
    HISTORY = "history"
    """An action of the history does not follow from the one before."""
    TEXT = "text"
    """Text that is no UTF-8."""
    VALUE = "value"
    """Something that cannot stand there, such as a word for a date."""
    ROW = "row"
    """A row that is not as the history left it."""
    AMOUNT = "amount"
    """The books of a lot, a pickup or a family do not balance."""


BOOKS = frozenset({FaultKind.AMOUNT})
"""Faults of what was written, not of the file: going back to a backup is no cure for them."""

UNFIT = frozenset(
    {FaultKind.STRUCTURE, FaultKind.RULES, FaultKind.REFERENCE, FaultKind.HISTORY, FaultKind.TEXT}
)
"""Faults with which no backup takes the place of a network."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``place`` is a code, or a table and a number; ``more`` names columns, or says more."""

    kind: FaultKind
    place: str | Saying
    more: str | Saying = ""

    @property
    def where(self) -> str:
        """The place in words."""
        return str(self.place)

    @property
    def what(self) -> str:
        """What more is said, in words."""
        return str(self.more)


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a network: how much there is, and what is wrong with it."""

    donors: int = 0
    recipients: int = 0
    lots: int = 0
    actions: int = 0
    faults: tuple[Fault, ...] = ()

    @property
    def is_damaged(self) -> bool:
        """Whether the file holds something that nobody wrote."""
        return any(fault.kind not in BOOKS for fault in self.faults)

    @property
    def is_unfit(self) -> bool:
        """Whether this must not take the place of a network."""
        return any(fault.kind in UNFIT for fault in self.faults)


def fault_words(fault: Fault) -> Saying:
    """Return the sentence for *fault*."""
    return saying("{fault}.", fault=_words_of(fault))


def _words_of(fault: Fault) -> Saying:
    where, what = fault.place, fault.more
    if fault.kind is FaultKind.STRUCTURE and what:
        return saying("The file itself is damaged: {what}", what=what)
    return {
        FaultKind.STRUCTURE: saying("The file itself is damaged"),
        FaultKind.RULES: saying("The rules of its tables are not as the program made them"),
        FaultKind.REFERENCE: saying(
            "{where} belongs to something that is not there ({what})", where=where, what=what
        ),
        FaultKind.HISTORY: saying("The history does not follow from itself at action {where}", where=where),
        FaultKind.TEXT: saying("{where}: the text of “{what}” cannot be read", where=where, what=what),
        FaultKind.VALUE: saying("{where}: what stands in “{what}” is not possible", where=where, what=what),
        FaultKind.ROW: saying("{where} is not as it was last saved ({what})", where=where, what=what),
        FaultKind.AMOUNT: saying("{where}: {what}", where=where, what=what),
    }[fault.kind]
