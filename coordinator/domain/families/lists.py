"""Lists of an answer, such as foods or coolers, as one text: "soy, eggs"."""

from __future__ import annotations

from collections.abc import Iterable

NONE = "none"
"""What people say for an empty list."""
_NOTHING = frozenset({NONE, "nothing", "no"})


def parts_of(text: str | None) -> tuple[str, ...]:
    """Return what *text* names between its commas; "none" names nothing."""
    named = (part.strip() for part in (text or "").split(","))
    return tuple(part for part in named if part and part.casefold() not in _NOTHING)


def as_text(parts: Iterable[str]) -> str:
    """Return *parts* as they are stored."""
    return ", ".join(parts)


def told(text: str | None) -> str:
    """Return a stored list in words: "none" for an empty one, nothing where nobody was asked."""
    return "" if text is None else text or NONE
