"""A window and a second program save side by side, dialogs are opened, either is killed: is everything there?

``python -m tests.faults.replay [ROUNDS [WRITES [PLAY [SECONDS]]]]`` prints the figures of three plays: with
the program's own file dialogs on the network's folder, with one of the two killed in between, and with the
window's locks dropped on purpose, as a dialog that reads files would.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from coordinator.bootstrap import Database, make_network, open_database
from coordinator.db.migrations import upgrade  # imported here, so that no child needs half a second for it
from coordinator.errors import BusyError, ExchangedError
from coordinator.services.records.backups import backups_of
from coordinator.services.records.checks import check_network
from tests.faults.children import run_forked, said_in, started
from tests.faults.scenes import Say, add, names
from tests.faults.worked_network import NAME

SEED = 20261128
ROUNDS, WRITES, DIALOGS = 50, 200, 2
LISTED_AFTER_MS = 300
PATIENCE_S = 0.2
SECOND = "second.said"
TOLD, BUSY = "told of exchanged files", "told that somebody is busy"
WARMED = upgrade


@dataclass(frozen=True, slots=True)
class Play:
    """What the window does between its writes, and whether one of the two is killed."""

    title: str
    drops_locks: bool = False
    opens_dialogs: bool = False
    kills: bool = False


PLAYS = (
    Play("with file dialogs", opens_dialogs=True),
    Play("one of the two killed", kills=True),
    Play("locks dropped", drops_locks=True),
)


@dataclass
class Outcome:
    """What came of the rounds of one play."""

    counted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def window(path: Path, play: Play, writes: int, say: Say) -> None:
    """Have the network open as a window has it, and save."""
    look = _dialogs(path.parent) if play.opens_dialogs else None
    database = open_database(path, alone=True, origin="window")
    say("ready")
    for number in range(writes):
        if play.drops_locks and number % 5 == 0:
            drop_locks(path)
        if look is not None and number % (writes // DIALOGS) == writes // (2 * DIALOGS):
            look()
        _keep_pace(path.parent / SECOND, number)
        _save(database, f"window-{number}", say)
    database.dispose()


def drop_locks(path: Path) -> None:
    """Drop this process's locks: on the log's index, too, without which newer SQLite takes nothing away."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.close(os.open(path.with_name(path.name + suffix), os.O_RDONLY))


def _keep_pace(log: Path, number: int) -> None:
    """Wait until the second program has said so much, or for a moment: it may be gone."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and len(said_in(log)) < number:
        time.sleep(0.002)


def second(path: Path, writes: int, say: Say) -> None:
    """Open, save and close again and again, as the command line does."""
    say("ready")
    for number in range(writes):
        database = _opened(path, say)
        try:
            _save(database, f"second-{number}", say)
        finally:
            database.dispose()


def _opened(path: Path, say: Say) -> Database:
    while True:
        try:
            return open_database(path, origin="command line")
        except BusyError:
            say(BUSY)
        except ExchangedError:
            say(TOLD)


def _save(database: Database, name: str, say: Say) -> None:
    """Save *name*, again when the door says that it opened the files anew or that somebody else is busy."""
    while True:
        try:
            add(database, name)
        except ExchangedError:
            say(TOLD)
        except BusyError:
            say(BUSY)
        else:
            say(name)
            return


def _dialogs(folder: Path) -> Callable[[], None]:
    """Return what opens the program's own dialogs to open and to save, on *folder*, until they list it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - a program is forked before it has a window, not after
    from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: PLC0415

    from ui.widgets.file_dialogs import choose_file, choose_target  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    parent = QWidget()

    def close_when_listed() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            QTimer.singleShot(LISTED_AFTER_MS, dialog.reject)
        else:
            QTimer.singleShot(10, close_when_listed)

    def look() -> None:
        assert application is not None
        for ask in (
            partial(choose_file, parent, "Choose a backup", folder, "All files (*)"),
            partial(choose_target, parent, "Save as PDF", folder / "sheet.pdf", "PDF (*.pdf);;All files (*)"),
        ):
            QTimer.singleShot(0, close_when_listed)
            ask()

    return look


def play_once(folder: Path, play: Play, writes: int, random: Random, outcome: Outcome) -> None:
    """Let both work side by side on a new network in *folder*, then look at what is there."""
    path = folder / NAME
    run_forked(partial(make_network, path))
    logs = {"window": folder / "window.said", "second": folder / SECOND}
    with _working(partial(window, path, play, writes), logs["window"]) as opened:
        _wait_for_ready(logs["window"], opened)
        with _working(partial(second, path, writes), logs["second"]) as writer:
            if play.kills:
                _kill_in_between(random, (opened, writer), logs["second"], writes)
            statuses = [os.waitpid(child, 0)[1] for child in (writer, opened)]
    for status in statuses:
        if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
            outcome.wrong.append(f"a program failed: {[said_in(log)[-1:] for log in logs.values()]}")
    said = [line for log in logs.values() for line in said_in(log)]
    outcome.counted.update(line for line in said if line in {TOLD, BUSY})
    confirmed = [line for line in said if line.startswith(("window-", "second-"))]
    outcome.counted["confirmed"] += len(confirmed)
    judged = run_forked(partial(_judge, path, frozenset(confirmed)))
    if judged.trouble:
        outcome.wrong.append(judged.trouble)
    else:
        outcome.counted.update(judged.value)
    if not play.kills and len(confirmed) != 2 * writes:
        outcome.wrong.append(f"{len(confirmed)} of {2 * writes} confirmed")


@contextmanager
def _working(work: Callable[[Say], None], log: Path) -> Iterator[int]:
    yield started(work, log)


def _wait_for_ready(log: Path, child: int) -> None:
    while not log.read_bytes():
        assert os.waitpid(child, os.WNOHANG) == (0, 0), log.read_text()


def _kill_in_between(random: Random, children: tuple[int, int], log: Path, writes: int) -> None:
    """Kill one of *children* once the second program has confirmed so many, chosen at random."""
    enough = random.randrange(1, writes)
    while len(said_in(log)) < enough:
        if os.waitid(os.P_PID, children[1], os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
    os.kill(random.choice(children), signal.SIGKILL)


def _judge(path: Path, confirmed: frozenset[str]) -> Counter[str]:
    """Return how much of what was confirmed is in the network, and how much only in a rescued copy of it."""
    database = open_database(path)
    faults = check_network(database).faults
    assert not faults, faults
    missing = confirmed - set(names(database))
    database.dispose()
    rescued: set[str] = set()
    for backup in backups_of(path):
        copy = open_database(backup.path)
        rescued |= missing & set(names(copy))
        copy.dispose()
    assert missing <= rescued, f"lost: {sorted(missing - rescued)}"
    return Counter({"in the network": len(confirmed - missing), "only in a rescued copy": len(missing)})


def main(rounds: int = ROUNDS, writes: int = WRITES, only: int | None = None, most_s: int = 3600) -> int:
    """Play each so many times, for *most_s* at most, and print the figures; return how much was wrong."""
    wrong = 0
    memory = Path("/dev/shm")  # noqa: S108 - see tests.faults.kills
    for play in PLAYS if only is None else PLAYS[only : only + 1]:
        random, outcome = Random(SEED), Outcome()
        until = time.monotonic() + most_s
        while outcome.counted["rounds"] < rounds and time.monotonic() < until:
            outcome.counted["rounds"] += 1
            with TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
                play_once(Path(place), play, writes, random, outcome)
        counted = "; ".join(f"{count} {word}" for word, count in outcome.counted.items())
        sys.stdout.write(f"{play.title}: {counted}; {len(outcome.wrong)} wrong\n")
        for one in outcome.wrong[:5]:
            sys.stdout.write(f"  {one}\n")
        sys.stdout.flush()
        wrong += len(outcome.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
