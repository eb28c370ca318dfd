"""Pictures of every page, where nobody looks: ``python -m ui.window.pictures NETWORK FOLDER DATE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from coordinator.bootstrap import Database, open_database
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.holds import holds
from coordinator.services.pickups.planning import pickup, pickups_between
from coordinator.services.recall.work import recalls
from coordinator.terminal import say
from ui import theme
from ui.desk import Desk
from ui.tasks import Runner
from ui.units import Display
from ui.window.network_window import NetworkWindow
from ui.window.open_window import dressed_application

SIZE: Final = (1280, 800)
_QUIET_MS: Final = 60
_QUIET_TIMES: Final = 4


@dataclass(frozen=True)
class Shown:
    """A page and what is chosen on it, if anything."""

    page: str
    code: str = ""


def take(network: Path, folder: Path, today: date) -> Iterator[Path]:
    """Open the window on *network* as on the day *today*; yield a picture of each page, light and dark."""
    app = dressed_application()
    database = open_database(network, origin="pictures")
    runner = Runner()
    window = NetworkWindow(Desk(database, runner, Display(), None, lambda: today))
    window.resize(*SIZE)
    window.show()
    window.begin()
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.apply(app, scheme)
        for shown in pages_to_show(database, today):
            _wait(runner)
            window.show_on_page(shown.page, shown.code)
            _wait(runner)
            target = folder / f"{shown.page}-{scheme.value}.png"
            window.grab().save(str(target), "PNG")
            yield target
    window.close()


def pages_to_show(database: Database, today: date) -> tuple[Shown, ...]:
    """Return the pages, each with something chosen.

    That is the next run with its first donor and family, and a family whose hold waits for a yes.
    """
    fortnight = pickups_between(database, today, today + timedelta(days=14), today)
    run = next((line.code for line in fortnight if line.kind is PickupKind.RUN), "")
    held = holds(database, today)
    on_run = next((hold for hold in held if run and hold.pickup_code == run), None)
    waiting = next((hold for hold in held if not hold.is_agreed), None)
    return (
        Shown("today"),
        Shown("donors", on_run.donor_code if on_run else ""),
        Shown("recipients", on_run.recipient_code if on_run else ""),
        Shown("matching", waiting.recipient_code if waiting else ""),
        Shown("pickups", run),
        Shown("drivers", pickup(database, run, today).driver_code if run else ""),
        Shown("promises"),
        Shown("plan", waiting.recipient_code if waiting else ""),
        Shown("ledger", on_run.donor_code if on_run else ""),
        Shown("recalls", next((one.code for one in recalls(database, today)), "")),
        Shown("week"),
        Shown("coolers"),
    )


def _wait(runner: Runner) -> None:
    """Let everything that was asked for be read and painted."""
    quiet = 0
    while quiet < _QUIET_TIMES:
        loop = QEventLoop()
        QTimer.singleShot(_QUIET_MS, loop.quit)
        loop.exec()
        quiet = 0 if runner.is_busy else quiet + 1


def main() -> int:
    """Take the pictures and name each on a line."""
    network, folder, today = sys.argv[1:]
    for picture in take(Path(network), Path(folder), date.fromisoformat(today)):
        say(str(picture))
    return 0


if __name__ == "__main__":
    sys.exit(main())
