"""Kill the program a thousand times at random moments of its work: is what it had confirmed still there?

``python -m tests.faults.kills [HOW_MANY_OF_EACH]`` prints the figures.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from coordinator.bootstrap import make_network, open_database
from coordinator.db.migrations import upgrade  # imported here, so that no child needs half a second for it
from coordinator.services.records.backups import back_up_now, restore_file
from coordinator.services.records.checks import check_network
from tests.faults import scenes
from tests.faults.children import Ended, killed_while, run_forked
from tests.faults.scenes import KINDS_OF_NETWORK, Before, Say, left_over, names_at
from tests.faults.worked_network import NAME, fresh_copy
from tests.integration.db.old_files import DATA, make_history_whole

SEED = 20261128
OF_EACH = 200
"""Kinds of work: saving, backups, going back, bringing up to date, a new network."""

WARMED = upgrade


class Killer:
    """Kills work at a random moment of it and counts what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.random = Random(SEED)
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []

    def kill(self, work: Callable[[Say], None], longest_s: float) -> Ended:
        """Start *work* and kill it within *longest_s*."""
        ended = killed_while(work, self.random.uniform(0, longest_s), self.folder / "said")
        self.counted["killed" if ended.value else "done before"] += 1
        if ended.trouble:
            self.wrong.append(f"the work itself: {ended.trouble} {ended.lines}")
        return ended

    def judge(self, check: Callable[[], str]) -> None:
        """Count what *check* says in a child of its own."""
        judged = run_forked(check)
        if judged.trouble:
            self.wrong.append(judged.trouble)
        else:
            self.counted[judged.value] += 1


def saving(killer: Killer, rounds: int) -> None:
    """Kill whoever saves, always on the same network: every name that was said must be in it."""
    path = killer.folder / "saving" / NAME
    path.parent.mkdir()
    run_forked(partial(make_network, path))
    said: list[str] = []
    for number in range(rounds):
        ended = killer.kill(partial(_write, path, f"{number}"), 0.06)
        said += ended.lines
        killer.judge(partial(_all_there, path, tuple(said)))
    killer.counted["names confirmed"] = len(said)


def _write(path: Path, prefix: str, say: Say) -> None:
    scenes.write(path, prefix, say)


def _all_there(path: Path, said: tuple[str, ...]) -> str:
    lost = set(said) - set(names_at(path))
    assert not lost, f"lost: {lost}"
    assert not left_over(path.parent), left_over(path.parent)
    return "whole"


def backing_up(killer: Killer, rounds: int) -> None:
    """Kill whoever saves and backs up: the names are there, and every backup that was said is sound."""
    path = killer.folder / "backing-up" / NAME
    path.parent.mkdir()
    run_forked(partial(make_network, path))
    longest_s = _seconds(partial(_backed_up_once, path))
    said: list[str] = []
    for number in range(rounds):
        ended = killer.kill(partial(scenes.back_up, path, f"{number}"), 2 * longest_s)
        said += [line for line in ended.lines if not line.startswith("backup ")]
        made = [line.removeprefix("backup ") for line in ended.lines if line.startswith("backup ")]
        killer.counted["backups confirmed"] += len(made)
        killer.judge(partial(_backed_up, path, tuple(said), tuple(made[-1:])))
    killer.counted["names confirmed"] = len(said)


def _backed_up_once(path: Path) -> None:
    database = open_database(path)
    back_up_now(database)
    database.dispose()


def _backed_up(path: Path, said: tuple[str, ...], made: tuple[str, ...]) -> str:
    _all_there(path, said)
    for name in made:
        names_at(Path(shutil.copy(path.parent / "backups" / name, path.parent / "look.making")))
    for look in path.parent.glob("look.making*"):
        look.unlink()
    return "whole"


def going_back(killer: Killer, rounds: int) -> None:
    """Kill whoever goes back to a backup, over a whole or a damaged network, with a log beside it or none."""
    for is_damaged, has_log in KINDS_OF_NETWORK:
        place = killer.folder / f"before-{is_damaged}-{has_log}"
        before = run_forked(
            partial(scenes.a_network_to_replace, place, is_damaged=is_damaged, has_log=has_log)
        ).value
        longest_s = _seconds(partial(_gone_back, _copied(killer, before).path))
        for _ in range(rounds // len(KINDS_OF_NETWORK)):
            copied = _copied(killer, before)
            killer.kill(partial(scenes.go_back, copied.path), longest_s)
            killer.judge(partial(scenes.check_restore_killed, copied))


def _copied(killer: Killer, before: Before) -> Before:
    return replace(before, path=fresh_copy(before.path, killer.folder / "copy"))


def _gone_back(path: Path) -> None:
    restore_file(path, scenes.oldest(path))


def bringing_up_to_date(killer: Killer, rounds: int) -> None:
    """Kill whoever opens a network of an older program: it is as before, or up to date."""
    old = sorted(DATA.glob("network-*.db"))
    for kept in old:
        place = killer.folder / kept.stem
        place.mkdir()
        network = Path(shutil.copy(kept, place / NAME))
        run_forked(partial(make_history_whole, network))
        longest_s = _seconds(partial(_opened, fresh_copy(network, killer.folder / "copy")))
        for _ in range(-(-rounds // len(old))):
            path = fresh_copy(network, killer.folder / "copy")
            killer.kill(partial(scenes.migrate, path), longest_s)
            killer.judge(partial(_upgraded, path))


def _opened(path: Path) -> None:
    open_database(path).dispose()


def _upgraded(path: Path) -> str:
    database = open_database(path)
    assert scenes.names(database) == ["1"]
    assert not check_network(database).is_unfit  # its rows were made up, and are in no history
    database.dispose()
    assert not left_over(path.parent), left_over(path.parent)
    return "whole"


def making(killer: Killer, rounds: int) -> None:
    """Kill whoever makes a network: there is none, or a whole one."""
    path = killer.folder / "copy" / NAME
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    longest_s = _seconds(partial(make_network, path))
    for _ in range(rounds):
        shutil.rmtree(path.parent)
        path.parent.mkdir()
        killer.kill(partial(scenes.make, path), longest_s)
        killer.judge(partial(_made, path))


def _made(path: Path) -> str:
    found = "made" if path.exists() else "nothing made"
    with suppress(FileNotFoundError):
        if found == "nothing made":
            make_network(path)
    assert names_at(path) == []
    assert not [one for one in path.parent.iterdir() if one.samefile(path) and one != path]
    assert not left_over(path.parent), left_over(path.parent)
    return found


def _seconds(work: Callable[[], object]) -> float:
    """Return how long *work* takes in a child of its own."""
    began = time.monotonic()
    ended = run_forked(work)
    assert not ended.trouble, ended.trouble
    return time.monotonic() - began


def main(of_each: int = OF_EACH) -> int:
    """Kill so many of each kind and print what came of it; return how much was wrong."""
    wrong = 0
    memory = Path("/dev/shm")  # noqa: S108 - a kill loses nothing of the system's own memory, and this is quick
    for kind in (saving, backing_up, going_back, bringing_up_to_date, making):
        with TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
            killer = Killer(Path(place))
            (killer.folder / "copy").mkdir()
            kind(killer, of_each)
        counted = "; ".join(f"{count} {word}" for word, count in killer.counted.items())
        sys.stdout.write(f"{kind.__name__}: {counted}; {len(killer.wrong)} wrong\n")
        for one in killer.wrong[:5]:
            sys.stdout.write(f"  {one}\n")
        sys.stdout.flush()
        wrong += len(killer.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
