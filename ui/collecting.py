"""Python's collector of reference cycles, on the window's thread alone.

Python runs it on whichever thread happens to make the object that is one too many, and frees what it finds
there and then. What a closed dialog leaves is such a find, with models and timers of its own: freed by the
runner's thread they are destroyed there, while the window's thread may be about to give them an event, and
the window is gone without a word. PySide hands over its own widgets only, none of a class made in Python.

So Python's own turn is switched off for good, and the window looks by the clock whether there is enough to go
through. Weighed as well: keeping every cycle from arising, which no test could hold for long.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

LOOK_EVERY_MS: Final = 500
"""So often; a look that finds little to do takes a microsecond."""
MOST: Final = (10_000, 10, 5)
"""Objects made and not let go, walks through the young, walks through the middle-aged: more of them are due.

What start-up and reading make stays, nearly all of it: walking more often would only stop the window.
"""


class Collector(QObject):
    """Frees what cycles hold, on the thread it was made on, while the events of that thread run."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()


def begin() -> None:
    """Collect on the window's thread and on no other from now on; asked again, it goes on as before."""
    app = QCoreApplication.instance()
    if app is not None and app.findChild(Collector) is None:
        Collector(app)


def collect_what_is_due() -> None:
    """Walk through the oldest generation that is due, if any; for the window's thread."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > MOST[generation]:
            gc.collect(generation)
            return
