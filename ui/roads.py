"""Asking a road server beside the window: the page shows estimates first, then reads again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from coordinator.domain.driving.roads import RoadNews, RoadQuestion
from coordinator.services.driving import drive_times
from ui.desk import Desk
from ui.tasks import Job
from ui.translation import translate


class RoadAsker:
    """One page's questions: a new one takes the place of one still waiting.

    ``read_again`` is called when a figure is new; what went wrong is said in the notice line, once.
    """

    def __init__(self, desk: Desk, read_again: Callable[[], None]) -> None:
        self._desk = desk
        self._read_again = read_again
        self._job: Job | None = None
        self._asked: RoadQuestion | None = None

    def ask(self, question: RoadQuestion | None) -> None:
        """Ask *question* unless it is being asked; ``None`` gives up the one that waits."""
        if question is not None and question == self._asked:
            return
        if self._job is not None:
            self._job.cancel()
        self._job, self._asked = None, question
        if question is None:
            return
        what = translate("RoadAsker", "Asking {host} about roads")
        self._job = self._desk.online.run_long(
            partial(_ask, question),
            partial(self._hear, question),
            partial(self._fail, question),
            what=what.format(host=drive_times.host_of(question.url)),
            cancelled=partial(self._forget, question),
        )

    def _hear(self, question: RoadQuestion, news: RoadNews) -> None:
        self._forget(question)
        if news.sentence:
            self._desk.complained.emit(news.sentence)
        if news.is_new:
            self._read_again()

    def _fail(self, question: RoadQuestion, error: Exception) -> None:
        self._forget(question)
        self._desk.complain(error)

    def _forget(self, question: RoadQuestion) -> None:
        if self._asked == question:
            self._job, self._asked = None, None


def _ask(question: RoadQuestion, report: Callable[[int, int], None]) -> RoadNews:
    report(0, 1)  # not at all, when another family was chosen while this one waited
    return drive_times.ask(question)
