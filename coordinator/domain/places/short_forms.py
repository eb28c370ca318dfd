"""How people shorten the names of towns: what a name may stand for, for looking it up."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIRST: Mapping[str, tuple[str, ...]] = {
    "n": ("north",), "no": ("north",), "nth": ("north",), "s": ("south",), "so": ("south",),
    "sth": ("south",), "e": ("east",), "w": ("west",), "pt": ("point", "port"), "gt": ("great",),
    "lk": ("lake",), "ctr": ("center", "centre"), "old": ("old",), "mtn": ("mountain",),
}  # fmt: skip
_LAST: Mapping[str, tuple[str, ...]] = {
    "hts": ("heights",), "hgts": ("heights",), "spgs": ("springs",), "spg": ("springs", "spring"),
    "ctr": ("center", "centre"), "cntr": ("center",), "center": ("centre",), "centre": ("center",),
    "bch": ("beach",), "hbr": ("harbor", "harbour"), "harbour": ("harbor",), "jct": ("junction",),
    "vlg": ("village",), "vly": ("valley",), "isl": ("island",), "is": ("island",), "pk": ("park",),
    "mtn": ("mountain",), "fls": ("falls",), "lk": ("lake",), "pt": ("point",), "riv": ("river",),
    "mls": ("mills",), "cor": ("corner",), "cors": ("corners",), "grv": ("grove",), "twp": ("", "township"),
    "township": ("",),
}  # fmt: skip
_BEFORE = ("city of ", "town of ", "village of ", "township of ")


def long_forms(key: str) -> Iterator[str]:
    """Yield what *key*, a ``town_key``, may stand for: itself, then ``south berwick`` for ``s berwick``."""
    yield key
    plain = next((key.removeprefix(start) for start in _BEFORE if key.startswith(start)), key)
    words = plain.split()
    if len(words) > 1:
        firsts = (words[0], *_FIRST.get(words[0], ()))
        lasts = (words[-1], *_LAST.get(words[-1], ()))
        for first, last in product(firsts, lasts):
            name = " ".join(word for word in (first, *words[1:-1], last) if word)
            if name not in {key, ""}:
                yield name
    elif plain != key:
        yield plain
