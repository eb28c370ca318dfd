"""Flip single bits of a locked network, its slots and a backup, and cut them short: is each found and mended?

``python -m tests.faults.locked_flips [--flips 200] [--truncations 60]`` prints the figures of each;
the seed is fixed. Every byte of them is sealed, so that every damage must be found. Each is then mended
through the program: by going back to a backup, by the copy of the slots, by another backup.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from coordinator.adapters.computer.key_slots import read_slots, slots_beside
from coordinator.bootstrap import open_database
from coordinator.domain.records.keys import Key
from coordinator.errors import DamagedSlotsError, UserError
from coordinator.services.records import locking
from coordinator.services.records.backups import backups_of
from coordinator.services.records.way_back import WayBack
from tests.builders import TODAY
from tests.faults import locked_scenes as scenes
from tests.faults.children import run_forked
from tests.faults.flips import FLIPS, TRUNCATIONS, Damage, damages
from tests.faults.locked_kills import warm
from tests.faults.locked_scenes import PASSPHRASE, key_at, name_of
from tests.faults.scenes import names
from tests.faults.worked_network import fresh_copy

FAMILIES = 5

EVERYBODY = frozenset(name_of("before", number) for number in range(FAMILIES))
IN_NEWEST_BACKUP = frozenset(name_of("before", number) for number in range(2))


def in_network(path: Path, damage: Damage) -> str:
    """Damage the network and go back to its newest backup; return what opening it says."""
    damage.do(path)
    key = key_at(path, PASSPHRASE)
    found = _opening(path, key)
    way = WayBack(path, key=key)
    if (locked := way.locked_backup()) is not None:
        way = way.with_key(locking.key_for(locked.path, PASSPHRASE))
    way.go_back(backups_of(path)[0])  # which checks it, and the network afterwards
    with scenes.opened(path, PASSPHRASE) as database:
        assert set(names(database)) == IN_NEWEST_BACKUP
        assert database.key is not None
        assert not database.faults
    return found


def _opening(path: Path, key: Key | None) -> str:
    try:
        database = open_database(path, key=key)
    except UserError as error:
        return f"opening: {type(error).__name__}"
    with scenes.closing_later(database):
        assert database.faults, "opened as if nothing were wrong"
        return "opening: told of " + ", ".join(sorted({fault.kind.value for fault in database.faults}))


def in_slots(path: Path, damage: Damage) -> str:
    """Damage the slots; the network opens with the copy among its backups, which takes their place."""
    place = slots_beside(path)
    written = place.read_bytes()
    damage.do(place)
    try:
        read_slots(place)
    except DamagedSlotsError:
        found = "DamagedSlotsError"
    else:
        raise AssertionError("not found")
    with scenes.opened(path, PASSPHRASE) as database:
        assert set(names(database)) == EVERYBODY
    assert place.read_bytes() == written
    return found


def in_backup(path: Path, damage: Damage) -> str:
    """Damage the newest backup; it is told as damaged and refused, and the one before leads back."""
    newest, older = backups_of(path)[:2]
    damage.do(newest.path)
    key = locking.key_for(path, PASSPHRASE)
    way = WayBack(path, key=key)
    listed = {one.backup.path: one.check for one in way.backups(TODAY)}
    assert listed[newest.path].is_damaged, "listed as if nothing were wrong"
    assert not listed[older.path].faults
    try:
        way.go_back(newest)
    except UserError as error:
        found = f"refused: {type(error).__name__}"
    else:
        raise AssertionError("went back to a damaged backup")
    way.go_back(older)
    with scenes.opened(path, PASSPHRASE) as database:
        assert set(names(database)) == {name_of("before", 0)}
    return found


PARTS: dict[str, tuple[Callable[[Path, Damage], str], Callable[[Path], Path]]] = {
    "the network": (in_network, lambda path: path),
    "its slots": (in_slots, slots_beside),
    "a backup": (in_backup, lambda path: backups_of(path)[0].path),
}


def main(
    flips: int = FLIPS, truncations: int = TRUNCATIONS, only: str = "", *, which: slice = slice(None)
) -> int:
    """Damage each part so many times and print what came of it; return how much was wrong."""
    wrong = 0
    memory = Path("/dev/shm")  # noqa: S108 - as for the kills
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as place, scenes.cheap_slots():
        folder = Path(place)
        warm(folder / "warmed")
        network = run_forked(
            partial(scenes.a_network, folder / "original", locked=True, saved=FAMILIES)
        ).value
        for title, (judge, where) in PARTS.items():
            if only not in title:
                continue
            counted: Counter[tuple[str, str]] = Counter()
            every = list(damages(where(network).stat().st_size, flips, truncations))
            for damage in every[which]:
                path = fresh_copy(network, folder / "copy")
                ended = run_forked(partial(judge, path, damage))
                how = "cut short" if damage.bit is None else "bits flipped"
                counted[how, ended.value or "WRONG"] += 1
                if ended.trouble:
                    wrong += 1
                    _say(f"  byte {damage.at} bit {damage.bit}: {ended.trouble}")
            for (how, found), count in sorted(counted.items()):
                _say(f"{title}, {how}: {count} {found}, and mended")
    _say(f"{wrong} wrong")
    return wrong


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--flips", type=int, default=FLIPS)
    words.add_argument("--truncations", type=int, default=TRUNCATIONS)
    words.add_argument("--only", default="", help="only the part whose name has this in it")
    words.add_argument("--share", type=int, default=1, help="a process does one of so many shares")
    words.add_argument("--number", type=int, default=0, help="which share, from 0")
    given = words.parse_args()
    share = slice(given.number, None, given.share)
    sys.exit(1 if main(given.flips, given.truncations, given.only, which=share) else 0)
