"""Who could use this: the families that one donor's milk, or one lot of it, would help most."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.scored import ScoredFamilies, names_tied
from coordinator.domain.matching.scoring import days_given
from coordinator.domain.matching.told import told_of
from coordinator.domain.matching.weights import Weights
from coordinator.errors import NotFoundError
from coordinator.services.matching.helping import score_families
from coordinator.services.matching.scoring import ranking_policy
from ui.desk import Desk
from ui.matching.columns import STANDING_ICONS, drive_words, minutes_words, reach_words
from ui.matching.order_words import OrderWords
from ui.matching.ranked_how import RankedHow
from ui.matching.score_parts import ScoreParts
from ui.matching.why_not_panel import WhyNotPanel
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.units import Display
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column, PreparedRows
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable


class WhoCouldUse(QDialog):
    """Families in order, why each stands there, and why not the others; read again when anything changes.

    ``match_wanted(family, donor)`` asks for that family on the Match page, with this donor chosen.
    """

    match_wanted = Signal(str, str)

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._code = desk, code
        self._found: ScoredFamilies | None = None
        self._how: RankedHow | None = None
        self.setWindowTitle(self.tr("Who could use this?"))
        self._order = OrderWords()
        self.model: RowTableModel[Match] = RowTableModel(
            family_columns(desk.display, self._order), lambda match: match.seeker.code
        )
        self.heading, self.fits = text_label("", "strong"), text_label("")
        self.table = RowTable(self.model, "match-families", desk.settings)
        self.table.setAccessibleName(self.tr("Families this milk could help"))
        self.standing, self.score = text_label("", "strong"), ScoreParts()
        self.why_not = WhyNotPanel(desk)
        self.match = QPushButton(self.tr("Match with this family"), autoDefault=False)
        set_role(self.match, "main")
        self._lay_out()
        self._connect()
        self._read()

    def _lay_out(self) -> None:
        why = QWidget()
        lines = QVBoxLayout(why)
        lines.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        lines.addWidget(self.standing)
        lines.addWidget(self.score)
        lines.addStretch()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Why this family, and why not the others"))
        self.tabs.tabBar().setAccessibleName(self.tr("About this match"))
        self.tabs.addTab(scrolling(why), self.tr("Why"))
        self.tabs.addTab(self.why_not, self.tr("Why not"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.addButton(self.match, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.heading)
        layout.addWidget(self.fits)
        layout.addWidget(self.table, stretch=3)
        layout.addWidget(self.tabs, stretch=2)
        layout.addWidget(buttons)
        self.resize(self.fontMetrics().averageCharWidth() * 120, min(self.fontMetrics().height() * 38, 500))

    def _connect(self) -> None:
        self._desk.changed.connect(self._read)
        self._desk.display.changed.connect(self._show_again)
        self.table.row_chosen.connect(self._choose)
        self.table.row_opened.connect(self._want_match)
        self.match.clicked.connect(lambda: self._want_match(self.table.chosen_key))
        self.score.how_wanted.connect(self._explain_order)

    def _read(self) -> None:
        database, code, today = self._desk.database, self._code, self._desk.today()
        self._desk.runner.run(
            lambda: self._prepared(score_families(database, code, today)),
            self._show,
            self._miss,
            what=self.tr("Looking for families"),
        )

    def _miss(self, error: Exception) -> None:
        """Close when the milk is not there any more (an undo, another window); say anything else."""
        if isinstance(error, NotFoundError):
            self.close()
        self._desk.complain(error)

    def _prepared(self, found: ScoredFamilies) -> tuple[ScoredFamilies, PreparedRows[Match]]:
        self._order.tell(found)
        return found, self.model.prepare(found.matches)

    def _show_again(self) -> None:
        if self._found is not None:
            self.model.refresh_texts()
            self._show(self._prepared(self._found))

    def _show(self, read: tuple[ScoredFamilies, PreparedRows[Match]]) -> None:
        found, rows = read
        self._found = found
        whose = self.tr("{lot} of {name}").format(lot=found.lot, name=found.donor_name)
        self.heading.setText(
            self.tr("{milk}: who could use this?").format(milk=whose if found.lot else found.donor_name)
        )
        fit, everybody = len(found.why_not.fitting), found.why_not.everybody
        self.tabs.setTabText(1, self.tr("Why not ({count})").format(count=everybody - fit))
        nobody = self.tr("No family could be suggested; “Why not” says what is in the way.")
        self.fits.setText("" if found.matches else nobody)
        self.fits.setVisible(not found.matches)
        self.model.set_prepared(rows)
        if self.table.chosen_key is None and self.model.rowCount():
            self.table.choose(self.model.key_at(0))
        self.why_not.show_why_not(found.why_not, whose=found.donor)
        if not found.matches:
            self.tabs.setCurrentWidget(self.why_not)
        self._choose(self.table.chosen_key)
        if self._how is not None:
            self._how.show_weights(found.weights)

    def _choose(self, code: object) -> None:
        found = self._found
        if found is None:
            return
        match = next((one for one in found.matches if one.seeker.code == code), None)
        placed = next((one for one in found.placed if one.code == code), None)
        self.match.setEnabled(match is not None)
        self.standing.setText(str(told_of(match)) if match is not None else "")
        tied = names_tied(placed, found.matches, of_families=True) if placed is not None else ()
        self.score.show_score(found.scores.get(str(code)), found.weights, tied)

    def _want_match(self, family: object) -> None:
        if self._found is not None and family:
            self.match_wanted.emit(str(family), self._found.donor)
            self.close()

    def _explain_order(self) -> None:
        if self._found is not None and self._how is None:
            self._how = RankedHow(self._desk, ranking_policy(), self._found.weights, self)
            self._how.weights_moved.connect(self._weigh)
            self._how.destroyed.connect(self._forget_how)
        if self._how is not None:
            self._how.show()
            self._how.activateWindow()

    def _forget_how(self) -> None:
        self._how = None

    def _weigh(self, weights: Weights) -> None:
        """Put the families on screen in the order of *weights*; nothing is read for it."""
        if self._found is not None:
            self._show(self._prepared(self._found.weighed(weights, ranking_policy())))


def family_columns(display: Display, order: OrderWords) -> tuple[Column[Match], ...]:
    """Return the families' columns for one donor's milk, in the order that decides."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda m: m.seeker.name, width=20),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Standing"),
            lambda m: str(m.pair.words),
            lambda m: m.pair.order,
            width=20,
            icon=lambda m: STANDING_ICONS[m.pair.kind],
            tooltip=lambda m: str(told_of(m)),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Lasts the baby"), _days, days_given, is_number=True, width=15),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Covers"), order.words, order.covers, width=12, tooltip=order.tooltip
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Drive"),
            minutes_words,
            lambda m: m.minutes,
            is_number=True,
            width=16,
            tooltip=lambda m: drive_words(m, display),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Reach"), lambda m: reach_words(m.reach), width=20),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda m: m.seeker.code, width=8),
    )


def _days(match: Match) -> str:
    """Return for how many whole days the milk is enough."""
    days = days_given(match)
    return (
        translate("Columns", "ask") if days is None else translate("Columns", "{n} days").format(n=int(days))
    )
