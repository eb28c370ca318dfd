"""What every page is given: the open network, the door for slow work, units, memory and today's date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QSettings, Signal

from ui.errors import explain
from ui.tasks import Job, Runner, is_gone
from ui.units import Display

if TYPE_CHECKING:
    from coordinator.bootstrap import Database
    from coordinator.services.planning.gathering import Kept

Answer = TypeVar("Answer")


class Desk(QObject):
    """The pages' one way to the services and to each other.

    A page reads with ``read`` and writes with ``write``; after any write, here or by another program,
    ``changed`` asks every page to read again. ``family_wanted(code)`` brings a family's page to the front,
    ``family_history_wanted(code)`` with what was changed of it in front,
    ``page_wanted(word, code)`` any page with something chosen on it (``"matching", "R-0012"``).
    ``pair_wanted(donor, recipient)`` opens the page of two who share milk.
    ``recall_wanted(code, days, because)`` asks which babies have this milk, of a donor, a family or a lot.
    ``settings_wanted`` opens the settings. ``closing`` says that the window closes.
    ``said`` and ``complained`` carry a sentence for the notice line.

    ``online`` runs what waits for servers, so that a slow one holds up no page, and ``planner`` what works
    out plans; without ones of their own, ``runner`` does. ``kept`` is what plans judged before.

    The window's frame is painted before the network is open; ``open`` brings it in.
    """

    changed = Signal()
    family_wanted = Signal(str)
    family_history_wanted = Signal(str)
    page_wanted = Signal(str, str)
    pair_wanted = Signal(str, str)
    recall_wanted = Signal(str, object, str)
    settings_wanted = Signal()
    closing = Signal()
    said = Signal(str)
    complained = Signal(str)

    def __init__(
        self,
        database: Database | None,
        runner: Runner,
        display: Display,
        settings: QSettings | None,
        today: Callable[[], date],
        online: Runner | None = None,
        planner: Runner | None = None,
    ) -> None:
        super().__init__()
        self._database = database
        self.runner = runner
        self.online = online or runner
        self.planner = planner or runner
        self._kept: Kept | None = None
        self.display = display
        self.settings = settings
        self.today = today

    @property
    def is_open(self) -> bool:
        """Whether there is a network already."""
        return self._database is not None

    @property
    def database(self) -> Database:
        """The open network.

        Raises:
            RuntimeError: If it is not open yet; pages are made after it is.
        """
        if self._database is None:
            raise RuntimeError("The network is not open yet")
        return self._database

    @property
    def kept(self) -> Kept:
        """What plans judged before, kept while this network is open; plans wait for each other by it."""
        if self._kept is None:
            from coordinator.services.planning.gathering import Kept  # noqa: PLC0415 - not for a first paint

            self._kept = Kept()
        return self._kept

    def open(self, database: Database) -> None:
        """Bring in the network; called beside the window, by whoever opened it there."""
        self._database = database

    def read(self, work: Callable[[], Answer], done: Callable[[Answer], None], *, what: str = "") -> Job:
        """Run *work* beside the window and give *done* its answer; what goes wrong is said in a sentence."""
        return self.runner.run(work, done, self.complain, what=what)

    def write(
        self,
        work: Callable[[], Answer],
        done: Callable[[Answer], None] | None = None,
        *,
        failed: Callable[[str], None] | None = None,
        said: str = "",
    ) -> Job:
        """Run *work*, which changes data; then say *said*, call *done* and ask every page to read again.

        *failed* gets the sentence of what went wrong instead of the notice line; nothing was saved then.
        Where the dialog that asked is gone, the notice line has it after all.
        """

        def finish(answer: Answer) -> None:
            if said:
                self.said.emit(said)
            if done is not None and not is_gone(done):
                done(answer)
            self.changed.emit()

        def fail(error: Exception) -> None:
            if failed is None or is_gone(failed):
                self.complain(error)
            else:
                failed(explain(error))

        return self.runner.run(work, finish, fail)

    def complain(self, error: BaseException) -> None:
        """Say what went wrong in the notice line."""
        self.complained.emit(explain(error))
