"""The history in names: what is stored has codes only, and names are put in where somebody reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from coordinator.domain.codes import CodeLetter
from coordinator.sayings import Param, Saying

Names = Mapping[str, str | Saying]
"""Of a code: the family's name, or whose milk it is. One that is not in it stays a code."""

_CODES: Final = re.compile(r"[A-Z]-\d{4,}(, [A-Z]-\d{4,})*")


def codes_in(said: Saying) -> set[str]:
    """Return the codes that *said* tells of, also inside what it quotes."""
    return {code for _, value in said.params for code in _codes_of(value)}


def with_names(said: Saying, names: Names) -> Saying:
    """Return *said* with *names* in the place of codes.

    A hold keeps its code alone where the sentence says already whose milk it is and for whom.
    """
    told = _told_by(said)
    known = names if all(_is_hold(code) for code in told) else _without_holds(names)
    return replace(said, params=tuple((name, _named(value, known, names)) for name, value in said.params))


def _told_by(said: Saying) -> set[str]:
    """Return the codes of the sentence itself, but for those of pickups and what it quotes."""
    plain = [value for _, value in said.params if not isinstance(value, Saying)]
    told = {code for value in plain for code in _codes_of(value)}
    return {code for code in told if not code.startswith(CodeLetter.PICKUP)}


def _named(value: Param, known: Names, names: Names) -> Param:
    if isinstance(value, Saying):
        return with_names(value, names)
    if isinstance(value, tuple):
        return tuple(
            with_names(one, names) if isinstance(one, Saying) else known.get(one, one) for one in value
        )
    if not isinstance(value, str) or not _CODES.fullmatch(value):
        return value
    codes = value.split(", ")
    return known.get(value, value) if len(codes) == 1 else tuple(known.get(code, code) for code in codes)


def _codes_of(value: Param) -> set[str]:
    if isinstance(value, Saying):
        return codes_in(value)
    if isinstance(value, tuple):
        return {code for one in value for code in _codes_of(one)}
    return set(value.split(", ")) if isinstance(value, str) and _CODES.fullmatch(value) else set()


def _is_hold(code: str) -> bool:
    return code.startswith(CodeLetter.HOLD)


def _without_holds(names: Names) -> Names:
    return {code: words for code, words in names.items() if not _is_hold(code)}
