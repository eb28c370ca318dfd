"""Questions beside the window of which only the last one's answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ui.tasks import Job, Runner

Answer = TypeVar("Answer")


class Asker:
    """Runs work for a dialog; answers that nobody waits for any more are dropped."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._question = 0
        self._is_open = True

    def ask(
        self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run *work*; its answer is dropped when something else was asked meanwhile."""
        self.forget()
        number = self._question

        def if_last(call: Callable[[Answer], None], answer: Answer) -> None:
            if number == self._question:
                call(answer)

        def failed_if_last(error: Exception) -> None:
            if number == self._question:
                failed(error)

        self.ask_beside(work, lambda answer: if_last(done, answer), failed_if_last)

    def ask_beside(
        self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run *work* whatever else is asked; its answer is dropped only once the dialog is closed."""
        self._runner.run(work, self._while_open(done), self._while_open(failed))

    def ask_long(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[Exception], None],
        *,
        what: str,
    ) -> Job:
        """Run *work* beside, as a job that is shown while it runs and can be cancelled."""
        return self._runner.run_long(
            lambda _: work(), self._while_open(done), self._while_open(failed), what=what
        )

    def _while_open(self, call: Callable[[Answer], None]) -> Callable[[Answer], None]:
        def told(answer: Answer) -> None:
            if self._is_open:
                call(answer)

        return told

    def forget(self) -> None:
        """Drop the answer under way: it is about something that is different now."""
        self._question += 1

    def close(self) -> None:
        """Drop every answer from now on."""
        self._is_open = False
