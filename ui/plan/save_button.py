"""The plan on screen as one page of paper: with codes, or with first names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from coordinator.domain.paper.plan_pages import NamedBy
from coordinator.services.planning.plan_page import save_plan_map, save_plan_page
from ui.desk import Desk
from ui.plan.made import Made
from ui.theme import set_role
from ui.widgets import file_dialogs


class SaveButton(QPushButton):
    """*Save as PDF…* asks how families are named, then where to; what is saved is the plan that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: Made | None = None
        self.is_of_before = False
        self.setText(self.tr("Save as PDF…"))
        self.setAccessibleName(self.tr("Save the plan as a page of paper"))
        self.setToolTip(self.tr("The plan on one page for the team, with the weights it goes by"))
        set_role(self, "status")
        menu = QMenu(self)
        menu.addAction(self.tr("With codes only…"), partial(self.save, NamedBy.CODES))
        menu.addAction(self.tr("With first names…"), partial(self.save, NamedBy.FIRST))
        menu.addAction(self.tr("On a map, with codes only…"), self.save_map)
        self.setMenu(menu)

    def show_made(self, made: Made) -> None:
        """Save *made* from now on."""
        self._made, self.is_of_before = made, False

    def save_map(self) -> None:
        """Ask where to, and draw the plan that is shown now on a map of one page."""
        if (made := self._made) is None:
            return
        proposed = self.tr("Map of the plan of {day}.pdf")
        write = partial(save_plan_map, self._desk.database, made.plan)
        self._save(made, self.tr("Save the map of the plan"), proposed, write)

    def save(self, named_by: NamedBy) -> None:
        """Ask where to, and write the plan that is shown now, by the weights it was made with."""
        if (made := self._made) is None:
            return
        asked = replace(made.ground.asked, hope=made.ground.policy.hope)

        def write(path: Path, today: date) -> None:
            save_plan_page(self._desk.database, made.plan, asked, path, today, named_by=named_by)

        self._save(made, self.tr("Save the plan"), self.tr("Plan of {day}.pdf"), write)

    def _save(self, made: Made, title: str, name: str, write: Callable[[Path, date], None]) -> None:
        today, is_of_before = self._desk.today(), self.is_of_before
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / name.format(day=today.isoformat())
        chosen = file_dialogs.choose_target(self, title, proposed, self.tr("PDF files (*.pdf)"))
        if chosen is None:
            return
        path = chosen.path if chosen.path.suffix else chosen.path.with_suffix(".pdf")
        words = self.tr("Saved the plan: {file}.")
        if is_of_before:
            words = self.tr("Saved the plan of {time}: {file}. The network has changed since it was made.")
        said = words.format(file=path.name, time=made.at.strftime("%H:%M"))
        work = partial(write, path, today)
        self._desk.runner.run(work, lambda _: self._desk.said.emit(said), self._desk.complain)
