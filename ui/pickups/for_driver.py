"""What a driver takes along without paper: a text, a calendar file, links for a map."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from coordinator.domain.paper.take_along import MAP_HOST
from coordinator.services.paper import take_along
from ui.desk import Desk
from ui.errors import explain
from ui.widgets import file_dialogs


class ForDriver(QPushButton):
    """A button with a menu; what was done is told in *says*, what went wrong too."""

    def __init__(self, desk: Desk, pickup: str, driver: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pickup, self._driver = pickup, driver
        self.setText(self.tr("For the driver…"))
        self.setAccessibleName(self.text())
        menu = QMenu(self)
        self.copy_text = menu.addAction(self.tr("Copy as text"))
        self.save_calendar = menu.addAction(self.tr("Calendar file…"))
        # Before it is clicked it says where opening the link would send the places.
        self.copy_links = menu.addAction(
            self.tr("Copy a link for the phone’s map (opening it sends the places to {host})").format(
                host=MAP_HOST
            )
        )
        self.copy_text.triggered.connect(self._copy_text)
        self.copy_links.triggered.connect(self._copy_links)
        self.save_calendar.triggered.connect(self._save)
        self.save_calendar.setEnabled(bool(driver))
        self.setMenu(menu)

    def _copy_text(self) -> None:
        work = partial(take_along.text_for_driver, self._desk.database, self._pickup, self._desk.today())
        said = self.tr("Copied. It has streets and phones: paste it to the driver alone.")
        self._desk.runner.run(work, partial(self._copied, said), self._complain)

    def _copy_links(self) -> None:
        work = partial(take_along.links_for_phone, self._desk.database, self._pickup, self._desk.today())

        def copied(links: tuple[str, ...]) -> None:
            words = self.tr(
                "Copied {count} link(s), nothing was sent. Whoever opens one sends the places to {host}."
            )
            self._copied(words.format(count=len(links), host=MAP_HOST), "\n".join(links))

        self._desk.runner.run(work, copied, self._complain)

    def _copied(self, said: str, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.said.emit(said)

    def _save(self) -> None:
        proposed = Path.home() / self.tr("runs {driver}.ics").format(driver=self._driver)
        kinds = self.tr("Calendar files (*.ics)")
        chosen = file_dialogs.choose_target(self.window(), self.tr("Save the calendar"), proposed, kinds)
        if chosen is None:
            return
        path = chosen.path if chosen.path.suffix else chosen.path.with_suffix(".ics")
        work = partial(take_along.save_calendar, self._desk.database, self._driver, self._desk.today(), path)
        said = self.tr("Saved {file}: first names and towns, no street and no phone.").format(file=path.name)
        self._desk.runner.run(work, lambda _: self._desk.said.emit(said), self._complain)

    def _complain(self, error: Exception) -> None:
        self._desk.complained.emit(explain(error))
