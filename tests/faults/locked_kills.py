"""Kill the program a thousand times while it works on a locked network: does everything open and hold all?

``python -m tests.faults.locked_kills [--count 1000]`` prints the figures; the seed is fixed. Each kind of
work is killed before each of its steps that names or removes a file, then at random moments. What the work
confirmed it said to the parent after the service had returned. Deriving a key from a passphrase is made
cheap: it writes nothing.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from coordinator.errors import WrongKeyError
from coordinator.services.records import locking
from coordinator.services.records.backups import restore_file
from tests import compiled_once
from tests.faults import locked_scenes as scenes
from tests.faults.children import Ended, killed_before, killed_while, run_forked
from tests.faults.locked_scenes import PASSPHRASE, BeforeLocked, key_at, whole
from tests.faults.scenes import KINDS_OF_NETWORK, Say, oldest
from tests.faults.worked_network import NAME, fresh_copy

SEED = 20261130
COUNT = 1000
MOST_WRONG = 20

Work = Callable[[Say], None]


class Killer:
    """Kills one kind of work so many times, and counts what came of it."""

    def __init__(self, folder: Path, kills: int) -> None:
        self.folder = folder
        self.kills = kills
        self.random = Random(SEED)
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.confirmed = 0

    @property
    def is_going_on(self) -> bool:
        """Whether there are kills left to do."""
        return self.counted["killed"] < self.kills and len(self.wrong) < MOST_WRONG

    def before_step(self, number: int, work: Work) -> Ended:
        """Kill *work* before its *number*-th step."""
        return self._told(killed_before(work, number, self.folder, self.folder / "said"), "before a step")

    def at_random(self, longest_s: float, work: Work, *, after_lines: int = 0) -> Ended:
        """Kill *work* within *longest_s* after it has said so many lines."""
        delay_s = self.random.uniform(0, longest_s)
        ended = killed_while(work, delay_s, self.folder / "said", after_lines=after_lines)
        return self._told(ended, "at random")

    def let_be(self, work: Work) -> float:
        """Let *work* come to its end and return how long it took."""
        began = time.monotonic()
        ended = run_forked(partial(work, _say_nothing))
        assert not ended.trouble, ended.trouble
        return time.monotonic() - began

    def judge(self, check: Callable[[], str]) -> None:
        """Count what *check* says in a child of its own."""
        judged = run_forked(check)
        if judged.trouble:
            self.wrong.append(judged.trouble)
        else:
            self.counted[judged.value] += 1

    def done(self, work: Callable[[], object]) -> None:
        """Let *work* be done by a child of its own, which must come to its end."""
        ended = run_forked(work)
        if ended.trouble:
            self.wrong.append(ended.trouble)

    def _told(self, ended: Ended, how: str) -> Ended:
        if ended.value:
            self.counted.update(("killed", how))
        else:
            self.counted["done before"] += 1
        if ended.trouble:
            self.wrong.append(f"the work itself: {ended.trouble} {ended.lines}")
        self.confirmed += len(ended.lines)
        return ended


def _say_nothing(_line: str) -> None:
    pass


def killed_at(killer: Killer, work: Callable[[int], Work], before: Callable[[], object]) -> _Killed:
    """Give, kill by kill, how the *work* of that number ended: before each step first, then at random.

    *before* puts everything where the work begins.
    """
    return _Killed(killer, work, before)


class _Killed:
    def __init__(self, killer: Killer, work: Callable[[int], Work], before: Callable[[], object]) -> None:
        self._killer, self._work, self._before = killer, work, before
        self._number, self._step = 0, 1
        before()
        self._longest_s = killer.let_be(work(0))

    def __iter__(self) -> _Killed:
        return self

    def __next__(self) -> Ended:
        if not self._killer.is_going_on:
            raise StopIteration
        self._before()
        self._number += 1
        work = self._work(self._number)
        if not self._step:
            return self._killer.at_random(self._longest_s, work)
        ended = self._killer.before_step(self._step, work)
        self._step = self._step + 1 if ended.value else 0
        return ended


def writing(killer: Killer) -> None:
    """Kill whoever saves, always in the same network: every name that was said must be in it."""
    path = killer.folder / "writing" / NAME
    killer.done(partial(scenes.a_network, path.parent, locked=True))
    said: set[str] = set()
    while killer.is_going_on:
        prefix = str(killer.counted["killed"])
        work = partial(scenes.write, path, prefix)
        said |= set(killer.at_random(0.03, work, after_lines=killer.random.randrange(4)).lines)
        killer.judge(partial(whole, path, frozenset(said), PASSPHRASE))


def backing_up(killer: Killer) -> None:
    """Kill whoever saves and backs up, here and to a stick: every backup that was said opens."""
    path = killer.folder / "backing-up" / NAME
    killer.done(partial(scenes.a_network, path.parent, locked=True))
    said: set[str] = set()
    stick = killer.folder / "stick"
    rounds = killed_at(
        killer,
        lambda number: partial(scenes.back_up, path, str(number), stick if number % 2 else None, 2),
        lambda: None,
    )
    for ended in rounds:
        said |= {line for line in ended.lines if not line.startswith("backup ")}
        made = [line.removeprefix("backup ") for line in ended.lines if line.startswith("backup ")]
        killer.counted["backups confirmed"] += len(made)
        killer.judge(partial(_backed_up, path, stick, frozenset(said), tuple(made)))


def _backed_up(path: Path, stick: Path, said: frozenset[str], made: tuple[str, ...]) -> str:
    places = (stick, path.parent / "backups")
    for name in made[-1:]:
        found = [place / name for place in places if (place / name).exists()]
        assert found, f"no backup {name}"
        for one in found:
            scenes.whole_backup(one, PASSPHRASE)
    return whole(path, said, PASSPHRASE)


def going_back(killer: Killer) -> None:
    """Kill whoever goes back to a backup, over a whole or a damaged network, with a log beside it or none."""
    kills, every = killer.kills, len(KINDS_OF_NETWORK)
    for number, (is_damaged, has_log) in enumerate(KINDS_OF_NETWORK, 1):
        killer.kills = kills * number // every
        place = killer.folder / f"before-{is_damaged}-{has_log}"
        ended = run_forked(
            partial(scenes.a_network_to_replace, place, is_damaged=is_damaged, has_log=has_log)
        )
        assert not ended.trouble, ended.trouble
        found: BeforeLocked = ended.value
        copied = replace(
            found, before=replace(found.before, path=killer.folder / "copy" / found.before.path.name)
        )
        for _ in killed_at(
            killer,
            lambda _number, copied=copied: partial(scenes.go_back, copied.before.path, PASSPHRASE),  # type: ignore[misc]
            partial(fresh_copy, found.before.path, killer.folder / "copy"),
        ):
            killer.judge(partial(scenes.check_restore_killed, copied))


def changing(killer: Killer) -> None:
    """Kill whoever changes the passphrase and the recovery words, always in the same network."""
    path = killer.folder / "changing" / NAME
    killer.done(partial(scenes.a_network, path.parent, locked=True))
    said: set[str] = set()
    opens, words = PASSPHRASE, ""

    def work(number: int) -> Work:
        return partial(scenes.change, path, str(number), opens, _passphrase(number))

    def _passphrase(number: int) -> str:
        return f"{PASSPHRASE}, number {number}" if number else PASSPHRASE

    for number, ended in enumerate(killed_at(killer, work, lambda: None), 1):
        new = _passphrase(number)
        said |= {line for line in ended.lines if line.startswith(scenes.NEEDLE)}
        confirmed = new if "changed" in ended.lines else ""
        on_paper = _last(ended.lines, "on paper ")
        now = _last(ended.lines, "words ")
        judged = run_forked(
            partial(_changed, path, frozenset(said), (opens, new), confirmed, (words, on_paper), now)
        )
        if judged.trouble:
            killer.wrong.append(judged.trouble)
            break
        opens, words, what = judged.value
        killer.counted[what] += 1


def _last(lines: tuple[str, ...], prefix: str) -> str:
    return next((line.removeprefix(prefix) for line in reversed(lines) if line.startswith(prefix)), "")


def _changed(
    path: Path,
    said: frozenset[str],
    passphrases: tuple[str, str],
    confirmed: str,
    sheets: tuple[str, str],
    sheet_confirmed: str,
) -> tuple[str, str, str]:
    """Return the passphrase and the words that open the network, and "old" or "new" for the passphrase."""
    opening = [one for one in passphrases if _opens(path, one)]
    assert len(opening) == 1, f"{len(opening)} of two passphrases open it"
    assert not confirmed or opening == [confirmed], "the one that was confirmed opens it no more"
    words = [one for one in dict.fromkeys(sheets) if one and _opens(path, one)]
    assert len(words) == (1 if any(sheets) else 0) or not sheets[0], "the sheet opens it no more"
    assert not sheet_confirmed or words == [sheet_confirmed], "the sheet that was confirmed opens it no more"
    whole(path, said, *opening, *passphrases)
    whole(path, said, *(words or opening), *passphrases)
    return opening[0], words[0] if words else "", "old" if opening[0] == passphrases[0] else "new"


def _opens(path: Path, secret: str) -> bool:
    try:
        locking.key_for(path, secret)
    except WrongKeyError:
        return False
    return True


def encrypting(killer: Killer) -> None:
    """Kill whoever locks a network in which somebody saves; finished by the program, nothing is readable."""
    path = killer.folder / "encrypting" / NAME
    killer.done(partial(scenes.a_network, path.parent, locked=False))
    said: set[str] = set()
    work = partial(partial, scenes.lock, path)
    for ended in killed_at(killer, lambda n: work(str(n)), partial(killer.done, partial(_as_plain, path))):
        said |= {line for line in ended.lines if line.startswith(scenes.NEEDLE)}
        killer.judge(partial(_encrypted, path, frozenset(said), is_said="locked" in ended.lines))


def _as_plain(path: Path) -> None:
    if key_at(path, PASSPHRASE) is not None:
        locking.take_lock_off(path, PASSPHRASE)


def _encrypted(path: Path, said: frozenset[str], *, is_said: bool) -> str:
    found = whole(path, said, PASSPHRASE)
    assert found == "locked" or not is_said, "it was said that it is locked"
    assert found == "plain" or not scenes.note_of_lock(path).exists(), "the lock of the backups goes on"
    if found == "plain":
        locking.lock_network(path, PASSPHRASE)
        assert whole(path, said, PASSPHRASE) == "locked"
    scenes.nothing_readable(path.parent)
    return found


def decrypting(killer: Killer) -> None:
    """Kill whoever takes the lock off; as long as the network is locked nothing is readable."""
    path = killer.folder / "decrypting" / NAME
    killer.done(partial(scenes.a_network, path.parent, locked=True))
    said: set[str] = set()
    work = partial(partial, scenes.take_off, path)
    for ended in killed_at(killer, lambda n: work(str(n)), partial(killer.done, partial(_as_locked, path))):
        said |= {line for line in ended.lines if line.startswith(scenes.NEEDLE)}
        killer.judge(partial(_decrypted, path, frozenset(said), is_said="taken off" in ended.lines))


def _as_locked(path: Path) -> None:
    if key_at(path, PASSPHRASE) is None:
        locking.lock_network(path, PASSPHRASE)


def _decrypted(path: Path, said: frozenset[str], *, is_said: bool) -> str:
    found = whole(path, said, PASSPHRASE)
    assert found == "plain" or not is_said, "it was said that the lock was taken off"
    if found == "locked":
        scenes.nothing_readable(path.parent)
    return found


KINDS: dict[str, tuple[Callable[[Killer], None], int]] = {
    "writing": (writing, 20),
    "backing up": (backing_up, 16),
    "going back": (going_back, 16),
    "changing the passphrase": (changing, 16),
    "encrypting": (encrypting, 16),
    "decrypting": (decrypting, 16),
}
"""Each kind of work, and how many of a hundred kills it gets."""


def warm(folder: Path) -> None:
    """Import and compile here what every child would: they are forked from this process."""
    compiled_once.share()
    path = scenes.a_network(folder, locked=True)
    whole(path, frozenset(), PASSPHRASE)
    restore_file(path, oldest(path), key=key_at(path, PASSPHRASE))
    locking.take_lock_off(path, PASSPHRASE)
    gc.freeze()


def main(count: int = COUNT, only: str = "") -> int:
    """Kill *count* times and print what came of it; return how much was wrong."""
    wrong = kills = 0
    memory = Path("/dev/shm")  # noqa: S108 - a kill loses nothing of the system's own memory, and this is quick
    with TemporaryDirectory() as place, scenes.cheap_slots():
        warm(Path(place) / "warmed")
    for title, (kind, share) in KINDS.items():
        if only not in title:
            continue
        began = time.monotonic()
        with TemporaryDirectory(dir=memory if memory.is_dir() else None) as place, scenes.cheap_slots():
            killer = Killer(Path(place), count * share // 100)
            kind(killer)
        counted = "; ".join(f"{number} {word}" for word, number in killer.counted.items())
        _say(f"{title}: {counted}; {killer.confirmed} confirmed; {len(killer.wrong)} wrong")
        _say(f"  in {time.monotonic() - began:.0f} s")
        for one in killer.wrong[:5]:
            _say(f"  {one}")
        wrong += len(killer.wrong)
        kills += killer.counted["killed"]
    _say(f"{kills} kills, {wrong} wrong")
    return wrong


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--count", type=int, default=COUNT, help="how many kills")
    words.add_argument("--only", default="", help="only the kinds of work whose name has this in it")
    given = words.parse_args()
    sys.exit(1 if main(given.count, given.only) else 0)
