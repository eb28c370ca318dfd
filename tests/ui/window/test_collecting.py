"""What Qt objects leave behind is freed on the window's thread, soon enough, and nowhere else."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from tests.faults import left_timers
from tests.ui.network import opened
from ui import collecting
from ui.tasks import Runner
from ui.widgets.tables.row_model import RowTableModel

ROOT = Path(__file__).parents[3]
MANY = collecting.MOST[0] + 10_000


class Loop:
    """Knows itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


class LoopDialog(QDialog):
    """A dialog of ours."""


class LoopObject(QObject):
    """An object of ours."""


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def unexpected(answer: object) -> None:
    pytest.fail(f"not expected: {answer!r}")


def left_behind(kind: Callable[[], QObject], note: Callable[[], None]) -> None:
    """Make an object that is garbage at once; *note* is called where Qt's part of it is destroyed."""
    made = kind()
    made.itself = made  # type: ignore[attr-defined] # a cycle, as pages and dialogs have dozens of
    made.destroyed.connect(lambda *_: note(), Qt.ConnectionType.DirectConnection)


def a_model() -> QObject:
    return RowTableModel[str]((), key=str)


@pytest.mark.parametrize("kind", [LoopObject, LoopDialog, QTimer, a_model])
def test_no_qt_object_is_freed_on_the_runners_thread(
    qtbot: QtBot, runner: Runner, kind: Callable[[], QObject]
) -> None:
    threads: list[threading.Thread] = []
    left_behind(kind, lambda: threads.append(threading.current_thread()))
    made = list[int]()

    # As much as a large network is read: Python would long have walked through it there.
    runner.run(lambda: len([[] for _ in range(20 * MANY)]), made.append, unexpected)
    qtbot.waitUntil(lambda: bool(made))
    leave_behind(MANY)
    qtbot.waitUntil(lambda: bool(threads))

    assert threads == [threading.main_thread()]


def leave_behind(count: int) -> weakref.ref[Loop]:
    """Make *count* loops that nobody wants, and return a way to see whether the first is still there."""
    first = weakref.ref(Loop())
    for _ in range(count):
        Loop()
    return first


def test_what_is_left_behind_is_freed_while_the_window_rests(qtbot: QtBot) -> None:
    left = leave_behind(MANY)
    assert left() is not None

    qtbot.waitUntil(lambda: left() is None)


def test_what_is_left_behind_is_freed_while_the_runner_works(qtbot: QtBot, runner: Runner) -> None:
    freed, answers = threading.Event(), list[bool]()

    def work() -> bool:
        first = Loop()
        weakref.finalize(first, freed.set)
        del first
        leave_behind(MANY)
        return freed.wait(10)

    runner.run(work, answers.append, unexpected)
    qtbot.waitUntil(lambda: bool(answers), timeout=15_000)

    assert answers == [True]


def test_what_grew_old_before_it_was_left_is_freed_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MOST", (1_000, 10, 10))
    old = Loop()
    gone = weakref.ref(old)
    gc.collect()
    del old

    for _ in range(200):
        leave_behind(2_000)
        collecting.collect_what_is_due()

    assert gone() is None


def test_a_window_that_is_open_has_its_thread_collect(
    qapp: QApplication, qtbot: QtBot, database: Database
) -> None:
    for before in qapp.findChildren(collecting.Collector):
        shiboken6.delete(before)
    gc.enable()

    opened(qtbot, database)

    assert not gc.isenabled()
    assert qapp.findChild(collecting.Collector) is not None


def test_a_window_that_was_closed_is_let_go(qtbot: QtBot, database: Database) -> None:
    window = opened(qtbot, database)
    gone = weakref.ref(window)
    window.close()

    shiboken6.delete(window)
    del window
    gc.collect()

    is_held = gone() is not None  # what is deleted has no words for an assertion
    assert not is_held


def test_timers_left_running_do_not_end_the_program_while_the_runner_works() -> None:
    # In a process of its own: before, it died of a segmentation fault each time.
    ended = subprocess.run(
        [sys.executable, "-m", left_timers.__name__],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )

    assert (ended.returncode, ended.stdout) == (0, "lived\n"), ended.stderr


def test_asking_twice_collects_once(qapp: QApplication, qtbot: QtBot) -> None:
    collecting.begin()
    collecting.begin()

    assert len(qapp.findChildren(collecting.Collector)) == 1
    assert not gc.isenabled()
