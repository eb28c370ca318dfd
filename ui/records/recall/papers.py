"""The papers of a recall: letters, telephone scripts, the report; looked at, printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from coordinator.domain.records.recall_work import RecallWork
from coordinator.services.paper import recall_papers
from ui.desk import Desk
from ui.pickups.print_dialog import Paper, PrintDialog
from ui.widgets.label import literal


class PapersMenu(QMenu):
    """What can be printed; of a practice the report alone.

    ``letters_wanted(whose)`` and ``scripts_wanted(whose)`` with ``"one"``, ``"open"`` or ``"all"``;
    ``report_wanted(with_names)``.
    """

    letters_wanted = Signal(str)
    scripts_wanted = Signal(str)
    report_wanted = Signal(bool)

    def __init__(self, button: QPushButton, *, is_drill: bool) -> None:
        super().__init__(button)
        self._one = QAction(self)
        if not is_drill:
            self._add(self._one, self.letters_wanted.emit, "one")
            self._add(
                QAction(self.tr("Letters to all with ounces open"), self), self.letters_wanted.emit, "open"
            )
            self._add(QAction(self.tr("Letters to everybody"), self), self.letters_wanted.emit, "all")
            self.addSeparator()
            words = self.tr("What to say on the telephone, for all with ounces open")
            self._add(QAction(words, self), self.scripts_wanted.emit, "open")
            self.addSeparator()
        self._add(QAction(self.tr("Report, with codes only"), self), self.report_wanted.emit, what=False)
        self._add(QAction(self.tr("Report, with names"), self), self.report_wanted.emit, what=True)
        button.setMenu(self)
        self.name_chosen("")

    def name_chosen(self, name: str) -> None:
        """Say whom the letter to one is to."""
        self._one.setText(literal(self.tr("Letter to {name}").format(name=name)))
        self._one.setVisible(bool(name))

    def _add(self, action: QAction, wanted: Callable[..., object], what: str | bool) -> None:
        action.triggered.connect(lambda *_: wanted(what))
        self.addAction(action)


class RecallPapers(QObject):
    """Draws them beside the window and opens the preview over *over*."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def letters(self, work: RecallWork, whose: str, chosen: str) -> None:
        """Show the letters to all, to those with ounces open, or to the *chosen* one (``"one"``)."""
        title = self.tr("Letters of {code}").format(code=work.code)
        self._draw_for(work, whose, chosen, title, recall_papers.letters)

    def scripts(self, work: RecallWork, whose: str, chosen: str) -> None:
        """Show what to say to each of them."""
        title = self.tr("Telephone scripts of {code}").format(code=work.code)
        self._draw_for(work, whose, chosen, title, recall_papers.scripts)

    def report(self, work: RecallWork, *, with_names: bool) -> None:
        """Show the report, people in it as codes or by name."""
        database, today = self._desk.database, self._desk.today()
        draw = partial(recall_papers.report, database, work.code, today, names=with_names)
        self._show(self.tr("Report of {code}").format(code=work.code), draw)

    def _draw_for(
        self, work: RecallWork, whose: str, chosen: str, title: str, draw: Callable[..., bytes]
    ) -> None:
        codes: list[str] | None = None
        if whose == "one":
            codes = [chosen]
        elif whose == "open":
            codes = [one.who for one in work.parties if one.open]
        if codes == []:
            self._desk.complained.emit(self.tr("Every ounce is answered for: there is nobody to write to."))
            return
        self._show(title, partial(draw, self._desk.database, work.code, self._desk.today(), codes))

    def _show(self, title: str, draw: Callable[[], bytes]) -> None:
        self._desk.read(draw, partial(self._open, title), what=self.tr("Drawing the papers"))

    def _open(self, title: str, pdf: bytes) -> None:
        dialog = PrintDialog(self._desk, Paper(title, pdf), self._over.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished_printing.connect(self._desk.said)
        dialog.open()
