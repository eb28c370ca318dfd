"""How much of what is wanted can be given, when each can take some of several things."""

from __future__ import annotations

from collections.abc import Mapping


def covered(wants: Mapping[str, int], free: Mapping[str, int], fits: Mapping[str, Mapping[str, int]]) -> int:
    """Return the most that can be given at once; *fits* has how much of what each can take.

    Whoever wants is given what is left of what fits; where nothing is left, somebody else who can take other
    things gives way (the augmenting paths of Ford and Fulkerson, 1956).
    """
    giving = _Giving(dict(free), fits, {who: {} for who in wants})
    return sum(giving.give(who, wanted) for who, wanted in wants.items())


class _Giving:
    """What is left, and what each has been given of what."""

    def __init__(
        self, left: dict[str, int], fits: Mapping[str, Mapping[str, int]], given: dict[str, dict[str, int]]
    ) -> None:
        self._left, self._fits, self._given = left, fits, given

    def give(self, who: str, wanted: int) -> int:
        """Give as much of *wanted* as can be, and return how much that is."""
        still = wanted
        while still and (got := self._some(who, still, set())):
            still -= got
        return wanted - still

    def _some(self, who: str, wanted: int, seen: set[str]) -> int:
        """Give some of one thing that nobody has looked at on this way; nothing if there is no way."""
        mine = self._given[who]
        for what, most in self._fits.get(who, {}).items():
            room = min(wanted, most - mine.get(what, 0))
            if room <= 0 or what in seen:
                continue
            seen.add(what)
            if self._left[what] or self._make_room(who, what, room, seen):
                got = min(room, self._left[what])
                mine[what] = mine.get(what, 0) + got
                self._left[what] -= got
                return got
        return 0

    def _make_room(self, who: str, what: str, room: int, seen: set[str]) -> bool:
        """Let somebody else take another thing for some of *what*."""
        for other, theirs in self._given.items():
            if other != who and theirs.get(what):
                moved = self._some(other, min(room, theirs[what]), seen)
                theirs[what] -= moved
                self._left[what] += moved
                if moved:
                    return True
        return False
