"""Slow work answers on the window's thread, once, and can be called off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from coordinator.errors import NotFoundError
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from ui.desk import Desk
from ui.errors import explain
from ui.tasks import Runner
from ui.units import Display


def not_expected(answer: object) -> None:
    pytest.fail(f"not expected: {answer!r}")


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_answer_arrives_on_the_windows_thread(
    qtbot: QtBot, runner: Runner
) -> None:
    threads: list[threading.Thread] = []
    answered: list[threading.Thread] = []

    runner.run(
        lambda: threads.append(threading.current_thread()),
        lambda _: answered.append(threading.current_thread()),
        not_expected,
    )
    qtbot.waitUntil(lambda: bool(answered))

    assert answered == [threading.main_thread()]
    assert threads[0] is not threading.main_thread()


def test_an_error_is_handed_over_instead_of_an_answer(qtbot: QtBot, runner: Runner) -> None:
    errors: list[Exception] = []

    def fail() -> None:
        raise NotFoundError("D-0007")

    runner.run(fail, not_expected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))

    assert explain(errors[0]) == "There is nothing with the code D-0007."


def test_jobs_run_one_after_the_other_and_the_runner_is_busy_meanwhile(qtbot: QtBot, runner: Runner) -> None:
    gate, answers, busy = threading.Event(), list[int](), list[bool]()
    runner.busy_changed.connect(busy.append)

    runner.run(lambda: gate.wait(5) and 1, answers.append, not_expected)
    runner.run(lambda: 2, answers.append, not_expected)
    assert runner.is_busy
    gate.set()
    qtbot.waitUntil(lambda: len(answers) == 2)

    assert answers == [1, 2]
    assert busy == [True, False]


def test_cancelled_work_stops_at_its_next_report_and_gives_no_answer(qtbot: QtBot, runner: Runner) -> None:
    begun, gate, steps, ended = threading.Event(), threading.Event(), list[int](), list[str]()

    def work(report: Callable[[int, int], None]) -> None:
        for step in range(10):
            steps.append(step)
            report(step, 10)
            begun.set()
            gate.wait(5)

    job = runner.run_long(
        work, not_expected, not_expected, what="Reading the file", cancelled=lambda: ended.append("cancelled")
    )
    begun.wait(5)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))

    assert ended == ["cancelled"]
    assert steps == [0, 1]


def test_closing_waits_for_the_work_and_drops_its_answer(qtbot: QtBot) -> None:
    runner, finished = Runner(), list[int]()

    runner.run(lambda: finished.append(1), not_expected, not_expected)
    runner.close()
    qtbot.waitUntil(lambda: not runner.is_busy)

    assert finished == [1]


class Held:
    """Stands for a page or dialog: notes on which thread the last hold on it is let go."""

    def __init__(self, let_go: list[threading.Thread]) -> None:
        self._let_go = let_go

    def __del__(self) -> None:
        self._let_go.append(threading.current_thread())

    def work(self) -> int:
        return 1

    def fail(self) -> int:
        raise NotFoundError("D-0007")

    def read(self, report: Callable[[int, int], None]) -> None:
        report(1, 1)

    def hear(self, _: object) -> None:
        """Take the answer or the error."""


@pytest.mark.parametrize("what", ["work", "fail"])
def test_what_a_job_holds_is_let_go_on_the_windows_thread(qtbot: QtBot, runner: Runner, what: str) -> None:
    let_go = list[threading.Thread]()

    for _ in range(100):
        held = Held(let_go)
        runner.run(getattr(held, what), held.hear, held.hear)
        del held
    qtbot.waitUntil(lambda: len(let_go) == 100)

    assert set(let_go) == {threading.main_thread()}


def test_what_a_cancelled_job_holds_is_let_go_on_the_windows_thread(qtbot: QtBot, runner: Runner) -> None:
    let_go, gate = list[threading.Thread](), threading.Event()
    runner.run(lambda: gate.wait(5), lambda _: None, not_expected)

    for _ in range(100):
        held = Held(let_go)
        job = runner.run_long(held.read, held.hear, held.hear, what="Reading")
        job.cancel()
        del held
    gate.set()
    qtbot.waitUntil(lambda: len(let_go) == 100)

    assert set(let_go) == {threading.main_thread()}


class Dialog(QDialog):
    """Hears answers, which go into a label."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel(parent=self)

    def hear(self, answer: object) -> None:
        self.label.setText(str(answer))


@pytest.mark.parametrize(
    "way",
    [
        lambda dialog: dialog.hear,
        lambda dialog: partial(dialog.hear),
        lambda dialog: lambda answer: dialog.hear(str(answer)),
    ],
)
def test_a_dialog_that_is_gone_is_told_nothing(
    qtbot: QtBot, runner: Runner, way: Callable[[Dialog], Callable[[object], None]]
) -> None:
    dialog, gate, answers = Dialog(), threading.Event(), list[int]()

    runner.run(lambda: gate.wait(5), way(dialog), not_expected)
    runner.run(lambda: 2, answers.append, not_expected)
    shiboken6.delete(dialog)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))

    assert not runner.is_busy


def test_what_went_wrong_is_said_to_the_window_where_the_dialog_is_gone(qtbot: QtBot, runner: Runner) -> None:
    desk = Desk(None, runner, Display(), None, lambda: TODAY)
    dialog, gate, said = Dialog(), threading.Event(), list[str]()
    desk.complained.connect(said.append)

    def work() -> None:
        gate.wait(5)
        raise NotFoundError("D-0007")

    desk.write(work, failed=dialog.hear)
    shiboken6.delete(dialog)
    gate.set()
    qtbot.waitUntil(lambda: bool(said))

    assert said == ["There is nothing with the code D-0007."]


def test_what_was_written_is_read_again_where_the_dialog_is_gone(qtbot: QtBot, runner: Runner) -> None:
    desk = Desk(None, runner, Display(), None, lambda: TODAY)
    dialog, gate = Dialog(), threading.Event()

    with qtbot.waitSignal(desk.changed):
        desk.write(lambda: gate.wait(5), dialog.hear)
        shiboken6.delete(dialog)
        gate.set()


def test_the_immediate_runner_answers_before_it_returns(qtbot: QtBot) -> None:
    answers: list[int] = []

    ImmediateRunner().run(lambda: 3, answers.append, not_expected)

    assert answers == [3]


def test_our_mistakes_are_told_calmly_and_logged_without_what_they_say(
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = "Zoë Ueda"
    with pytest.raises(KeyError) as caught:
        dict[str, int]()[name]
    with caplog.at_level(logging.ERROR):
        sentence = explain(caught.value)

    assert name not in sentence
    assert "KeyError" not in sentence
    assert name not in caplog.text
    assert "KeyError" in caplog.text
    assert sentence.rstrip(".").rpartition(" ")[2] in caplog.text
