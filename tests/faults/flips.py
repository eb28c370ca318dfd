"""Flip single bits of a network, and cut files short: what is noticed, by whom, and is there a way back?

``python -m tests.faults.flips [FLIPS [TRUNCATIONS]]`` prints the figures; the seed is fixed.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from coordinator.bootstrap import open_database
from coordinator.errors import UserError
from coordinator.services.records.backups import back_up_now
from coordinator.services.records.checks import check_at
from coordinator.services.records.way_back import WayBack
from tests.builders import TODAY
from tests.faults.children import Ended, run_forked
from tests.faults.pages import place_of
from tests.faults.worked_network import dump_of, fresh_copy, write_worked_network

SEED = 20261128
FLIPS, TRUNCATIONS = 200, 60


@dataclass(frozen=True, slots=True)
class Damage:
    """One flipped bit, or the length the file was cut to."""

    at: int
    bit: int | None = None

    def do(self, path: Path) -> None:
        """Damage the file at *path*."""
        content = bytearray(path.read_bytes())
        if self.bit is None:
            del content[self.at :]
        else:
            content[self.at] ^= 1 << self.bit
        path.write_bytes(content)


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the program said of one damaged network."""

    is_changed: bool
    """Whether what the file holds, as SQL, is not what it was or cannot be read."""
    opening: str
    check: str
    backup: str
    is_recovered: bool


def damages(size: int, flips: int, truncations: int) -> Iterator[Damage]:
    """Give so many places to damage in a file of *size* bytes, always the same."""
    random = Random(SEED)
    for _ in range(flips):
        yield Damage(random.randrange(size), random.randrange(8))
    for _ in range(truncations):
        yield Damage(random.randrange(size))


def noticed(network: Path, damage: Damage, folder: Path) -> Noticed:
    """Return what the program says of a copy of *network* with *damage*, then go back to its backup."""
    path = fresh_copy(network, folder)
    original = dump_of(path)
    damage.do(path)
    is_changed = dump_of(path) != original
    untouched = Path(shutil.copy(path, folder / "untouched.db"))
    opening, backup = _opened(path)
    return Noticed(is_changed, opening, _checked(untouched), backup, _recovered(path, original))


def _opened(path: Path) -> tuple[str, str]:
    """Return what opening the file says, and a backup of it."""
    try:
        database = open_database(path)
    except UserError as error:
        return f"refused: {type(error).__name__}", "not opened"
    try:
        kinds = {fault.kind.value for fault in database.faults}
        try:
            made = back_up_now(database, folder=path.parent / "further")
        except UserError as error:
            return _words(kinds), type(error).__name__
        return _words(kinds), "faulty" if made.was_faulty else "sound"
    finally:
        database.dispose()


def _checked(path: Path) -> str:
    try:
        return _words({fault.kind.value for fault in check_at(path).faults})
    except UserError as error:
        return f"refused: {type(error).__name__}"


def _words(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds)) or "nothing"


def _recovered(path: Path, original: list[str] | None) -> bool:
    """Say whether going back to the newest sound backup gives what there was."""
    way = WayBack(path)
    sound = next(one for one in way.backups(TODAY) if not (one.backup.was_faulty or one.check.is_damaged))
    way.go_back(sound.backup)
    open_database(path).dispose()
    return dump_of(path) == original


def damaged(network: Path, folder: Path, flips: int, truncations: int) -> Iterator[tuple[Damage, Ended]]:
    """Give each damage with what was noticed, found by a child of its own."""
    for damage in damages(network.stat().st_size, flips, truncations):
        yield damage, run_forked(partial(noticed, network, damage, folder / "copy"))


def main(flips: int = FLIPS, truncations: int = TRUNCATIONS) -> int:
    """Damage a network so many times and print what was noticed; return how much went wrong."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "original").mkdir()
        network = run_forked(lambda: write_worked_network(folder / "original")).value
        results = list(damaged(network, folder, flips, truncations))
        wrong = _report(network, [one for one in results if one[0].bit is not None], "bit flips")
        return wrong + _report(network, [one for one in results if one[0].bit is None], "truncations")


def _report(network: Path, results: list[tuple[Damage, Ended]], title: str) -> int:
    found = [(damage, ended.value) for damage, ended in results if not ended.trouble]
    crashed = [(damage, ended.trouble) for damage, ended in results if ended.trouble]
    _say(f"{len(results)} {title}: {sum(one.is_changed for _, one in found)} changed the content")
    for question in ("opening", "check", "backup", "is_recovered"):
        counted = Counter(str(getattr(one, question)) for _, one in found)
        _say(f"  {question}: " + "; ".join(f"{count} {word}" for word, count in counted.most_common()))
    unnoticed = [(damage, one) for damage, one in found if one.check == "nothing"]
    silent = [damage for damage, one in unnoticed if one.is_changed]
    places = Counter(place_of(network, damage.at) for damage, one in unnoticed if not one.is_changed)
    _say(f"  found by no check: {len(unnoticed)}, of which {len(silent)} changed the content")
    for place, count in places.most_common():
        _say(f"    {count} in {place}")
    for damage in silent:
        _say(f"    CHANGED UNSEEN: byte {damage.at} bit {damage.bit}, {place_of(network, damage.at)}")
    for damage, trouble in crashed:
        _say(f"    CRASHED: byte {damage.at} bit {damage.bit}: {trouble}")
    return len(silent) + len(crashed) + sum(not one.is_recovered for _, one in found)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
