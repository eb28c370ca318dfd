"""What cells look like, and which columns of a list are told by it: an address, digits, or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_STRONG = 0.8
"""Share of a column's cells that are of one shape, which makes it telling."""
_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:]{2,}")
_PHONE = re.compile(
    r"(?<![\d/.-])(?:\+?1[\s.-]*)?(?:\(\d{3}\)|\d{3})[\s.-]*\d{3}[\s.-]*\d{4}(?![\d/-])|\+\d[\d\s().-]{8,}"
)
_HINT = re.compile(r"@|\d{3}|\+\d")
"""What every address and number has; most cells have none of it, and are looked at no further."""
_LOCAL_PHONE = re.compile(r"\d{3}-\d{4}")


def kind_of(cell: str) -> str:
    """Return whether a cell holds an address, begins with digits, or is words; nothing for a blank one."""
    bare = cell.strip()
    if not bare:
        return ""
    if "@" in bare:
        return "address"
    return "digits" if bare.lstrip("(+$#~")[:1].isdigit() else "words"


def telling(rows: Sequence[Sequence[str]], width: int) -> Iterator[tuple[int, str]]:
    """Yield the columns in which nearly all *rows* have an address, or digits, with which of the two."""
    for at in range(width):
        kinds = Counter(kind for row in rows if (kind := kind_of(row[at])))
        kind, count = max(kinds.items(), key=lambda found: found[1], default=("", 0))
        if kind != "words" and count and count >= _STRONG * kinds.total():
            yield at, kind


def fits(cells: Sequence[str], told: Sequence[tuple[int, str]]) -> bool | None:
    """Whether *cells* are of the shapes that were *told*; ``None`` where they fill none of those columns."""
    kinds = [(kind_of(cells[at]), kind) for at, kind in told if at < len(cells) and cells[at].strip()]
    return all(own == kind for own, kind in kinds) if kinds else None


def tells_contact(cell: str) -> bool:
    """Whether somebody's e-mail address or phone number stands in a cell."""
    return bool(_HINT.search(cell)) and bool(
        _EMAIL.search(cell) or _PHONE.search(cell) or _LOCAL_PHONE.fullmatch(cell.strip())
    )


def is_contact(cell: str) -> bool:
    """Whether a cell is an e-mail address or a phone number, and nothing else: no heading is that."""
    bare = cell.strip()
    return bool(_EMAIL.fullmatch(bare) or _PHONE.fullmatch(bare) or _LOCAL_PHONE.fullmatch(bare))
