"""What a code names, told by its letter: D-0007 is a donor, H-0003 a hold."""

from __future__ import annotations

from enum import StrEnum


class CodeLetter(StrEnum):
    """The letter the codes of a kind begin with."""

    DONOR = "D"
    RECIPIENT = "R"
    DRIVER = "V"
    LOT = "L"
    HOLD = "H"
    PICKUP = "P"
    STANDING = "S"
    RECALL = "Q"


def letter_of(code: str) -> CodeLetter | None:
    """Return what kind of thing *code* names; ``None`` if it is no code of ours."""
    first = code[:1].upper()
    return CodeLetter(first) if first in set(CodeLetter) else None
