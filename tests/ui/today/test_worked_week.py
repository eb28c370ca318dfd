"""A worked week on the page itself: after every step the line of the baby says what its case says.

``tests/data/worked_week.txt`` has the steps and what the case says; here they are read from the widgets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.agreements.case_steps import Act, NextStep
from coordinator.domain.agreements.cases import WEEK
from tests.fakes import ImmediateRunner
from tests.integration.agreements.test_cases import FAMILY, Week, a_week, after, blocks
from ui.desk import Desk
from ui.today.page import TodayPage
from ui.today.work_line import WorkLine
from ui.units import Display


@pytest.fixture
def week(tmp_path: Path, migrated_file: Path) -> Iterator[Week]:
    with a_week(tmp_path, migrated_file) as found:
        yield found


@pytest.fixture
def page(qtbot: QtBot, week: Week) -> TodayPage:
    desk = Desk(week.database, ImmediateRunner(), Display(), None, lambda: week.today)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def lines_of_the_baby(page: TodayPage) -> list[WorkLine]:
    """Return its lines among who is out and what is waited for, as they are to be seen."""
    found = [line for card in (page.now, page.waiting) for line in card.findChildren(WorkLine)]
    shown = [line for line in found if line.isVisible()]
    of_its_pair = [line for line in shown if line.about.startswith("S-")]
    return [line for line in shown if line.about == FAMILY] or of_its_pair


def situations() -> list[list[str]]:
    """Return every line of the file in its columns."""
    return [[part.strip() for part in told.split("|")] for block in blocks().values() for told in block]


def is_on_the_list(turn: str, act: str) -> bool:
    """Whether a baby in this situation has a line; not where nobody acts, or it is read or rung first."""
    return (turn != "nobody" or act == Act.SHOW_PICKUP) and act not in {Act.READ_FIRST, Act.ASK_NEED}


def has_enough_for_a_week(case: str, today: date) -> bool:
    """Whether nothing is known to press for the baby itself: what is done about it waits for others."""
    lasts = re.match(r"lasts until (\w{3} \d+) ", case)
    if lasts is None:
        return " · " not in case
    day = datetime.strptime(f"{lasts[1]} {today.year}", "%b %d %Y").date()  # noqa: DTZ007
    day = day if day >= today - WEEK else day.replace(year=today.year + 1)
    return "needed" not in case and day - today >= WEEK


def stands_with_its_run(case: str, act: str, today: date) -> bool:
    """Whether the baby has enough and its milk only waits for its pickup, which has a line of its own."""
    return act in {Act.PRINT, Act.SHOW_PICKUP, Act.SETTLE} and has_enough_for_a_week(case, today)


@pytest.mark.parametrize("title", blocks())
def test_the_page_says_what_the_case_says(page: TodayPage, week: Week, title: str) -> None:
    for told in blocks()[title]:
        day, done, turn, _, act, case = (part.strip() for part in told.split("|"))
        week.today = after(day)
        week.do(done)
        page.refresh()
        QApplication.processEvents()  # new lines show with the next event
        lines = lines_of_the_baby(page)
        if act == Act.READ_FIRST:
            assert all(line.name.text() != "Zoë Ahlberg" for line in lines), told
        elif not is_on_the_list(turn, act) or stands_with_its_run(case, act, after(day)):
            assert not lines, told
        else:
            (line,) = lines
            words = case.split(" · ", 1)[-1]
            assert words in line.words.text(), told
            assert line.words.text() in {line.words.shown, line.words.toolTip()}
            assert line.button.text() == str(NextStep(Act(act)).words), told
            waits = turn not in {"you", "nobody"} or act in {Act.OPEN, Act.ASK_AFTER}
            waits |= has_enough_for_a_week(case, after(day))
            assert line.place == ("Waiting for" if waits else "Now"), told


def test_the_week_has_every_step_of_the_work_and_most_are_read_on_the_page() -> None:
    done = {f"{step} ".split(" ", 1)[0] for _, step, *_ in situations()}
    assert {"hold", "ask", "yes", "plan", "print", "settle", "release", "extend", "undo"} <= done
    steps = " · ".join(step for _, step, *_ in situations())
    for what in ("settle nobody", "settle left 40", "plan again", "settle again"):
        assert what in steps
    acts = {act for *_, act, _ in situations()}
    assert {Act.NUDGE_DONOR, Act.NOTE_YES, Act.PLAN, Act.PRINT, Act.SETTLE, Act.ASK_AFTER} <= acts
    assert sum(is_on_the_list(turn, act) for _, _, turn, _, act, _ in situations()) >= 30
