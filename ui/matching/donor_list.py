"""The donors for one family: their groups, their table, and the keys that work in it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.scored import ScoredDonors
from coordinator.domain.suitability.standing import StandingKind
from ui.desk import Desk
from ui.matching.columns import match_columns
from ui.matching.found import Found
from ui.matching.order_words import OrderWords
from ui.matching.ring_words import first_words
from ui.matching.standing_strip import StandingStrip
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, row_height
from ui.translation import translate
from ui.widgets.tables.columns import PreparedRows
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_SEARCH_CHARACTERS = 16
LEAST_ROWS = 4
"""So many donors are seen at least, whatever else stands on the page."""


class DonorList(ListPane):
    """A list pane with the groups in its first line, or below that where there is no room."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._order = OrderWords()
        columns = match_columns(desk.display, self._order)
        self.matches: RowTableModel[Match] = RowTableModel(columns, lambda m: m.code)
        super().__init__(
            self.matches,
            "match-donors",
            title=translate("MatchingPage", "Donors"),
            filters=_filters(),
            settings=desk.settings,
            parent=parent,
        )
        self._is_low = False
        self._code = ""
        self.set_empty(translate("MatchingPage", "Choose a family to see who could help."))
        self.strip = StandingStrip()
        self.strip.group_wanted.connect(lambda _: self._show_group())
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setContentsMargins(SPACE_LARGE, 0, SPACE_LARGE, SPACE)
        self._lines.insertLayout(1, self._second)
        self._second.addWidget(self.strip)
        self._add_keys()

    def prepare(self, scored: ScoredDonors) -> PreparedRows[Match]:
        """Return the lines of *scored*, with what each covers and ties; called off the window's thread."""
        self._order.tell(scored)
        return self.matches.prepare(scored.ranking.matches)

    def show_found(self, found: Found) -> None:
        """Show the donors of *found*; those of another family are shown in all their groups."""
        if found.code != self._code:
            self.strip.show_group(None)
        self._code = found.code
        self.strip.show_matches(found.ranking.matches)
        self._apply_filter()
        self.matches.set_prepared(found.rows)
        self._place_strip()

    def show_nobody(self) -> None:
        """Take all of them off."""
        self._code = ""
        self.strip.show_matches(())
        self._apply_filter()
        self.matches.set_rows([])

    def set_low(self, *, is_low: bool) -> None:
        """Do without the title where every line counts: the button for all donors says as much."""
        self._is_low = is_low
        self.strip.set_short(is_short=is_low)
        above = SPACE_SMALL if is_low else SPACE
        self._top.setContentsMargins(SPACE_LARGE, above, SPACE_LARGE, above)
        self._place_strip()

    def least_height(self) -> int:
        """Return how high it is with the fewest donors that are to be seen."""
        table = self.table
        self._lines.activate()
        rows = LEAST_ROWS * row_height(table.font()) + 2 * table.frameWidth()
        return self._body.y() + table.horizontalHeader().sizeHint().height() + rows

    def _show_group(self) -> None:
        """Show one group alone, or all; whoever is chosen stays so where she is among them."""
        chosen = self.table.chosen_key
        self._apply_filter()
        if self.matches.rowCount() and (chosen is None or not self.table.choose(chosen)):
            self.table.choose(self.matches.key_at(0))

    def _apply_filter(self) -> None:
        kind = self.strip.shown
        only = [] if kind is None else [partial(_stands, kind)]
        self.model.set_filter(self.search.text(), [*self.chips.predicates(), *only])

    def _go_to_group(self, step: int) -> None:
        """Choose the first donor of the group *step* after that of the donor chosen."""
        rows = [self.matches.row_at(at) for at in range(self.matches.rowCount())]
        chosen = next((match for match in rows if match.code == self.table.chosen_key), None)
        if chosen is not None:
            wanted = self.strip.beside(chosen.pair.kind, step)
            self.table.choose(next((m.code for m in rows if m.pair.kind is wanted), chosen.code))

    def _add_keys(self) -> None:
        copy = QAction(translate("MatchingPage", "Copy phone"), self)
        copy.setShortcut(QKeySequence("Ctrl+Shift+C"))
        copy.triggered.connect(self._copy_phone)
        self.table.set_row_actions((copy,))
        for keys, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            QShortcut(
                QKeySequence(keys),
                self,
                partial(self._go_to_group, step),
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )

    def _copy_phone(self) -> None:
        """Put the phone of the donor chosen on the clipboard."""
        match = next((one for one in self.matches.all_rows() if one.code == self.table.chosen_key), None)
        if match is not None and match.offer.phone:
            phone = national_phone(match.offer.phone)
            QGuiApplication.clipboard().setText(phone)
            said = translate("MatchingPage", "Copied {what}.").format(what=phone)
            first = first_words(match.offer.ring_note, is_bereaved=match.offer.is_bereaved)
            self._desk.said.emit(" ".join(filter(None, (said, first))))

    def _place_strip(self) -> None:
        """Put the groups beside the search where all of them fit, else below."""
        self.title.setVisible(not (self._is_low and self.strip.isVisibleTo(self)))
        others = [w for w in (self.title, self.count, self.chips) if not w.isHidden()]
        search = self.fontMetrics().averageCharWidth() * _SEARCH_CHARACTERS
        taken = search + sum(widget.sizeHint().width() + SPACE for widget in others) + 2 * SPACE_LARGE
        needed = self.strip.width_in_one_line()
        fits = taken + needed + SPACE <= self.width()
        self.strip.set_in_line(is_in_line=fits)
        if fits == (self._top.indexOf(self.strip) >= 0):
            return
        (self._second if fits else self._top).removeWidget(self.strip)
        if fits:
            self._top.insertWidget(2, self.strip)
        else:
            self._second.addWidget(self.strip)

    def _show_count(self) -> None:
        """Say how many are found; while nobody looks for any, the groups say how many there are."""
        super()._show_count()
        self.count.setVisible(bool(self.search.text() or self.chips.active))

    def _on_empty_wanted(self) -> None:
        self.strip.show_group(None)
        super()._on_empty_wanted()

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups where they fit now."""
        super().resizeEvent(event)
        self._place_strip()


def _stands(kind: StandingKind, match: Match) -> bool:
    return match.pair.kind is kind


def _filters() -> tuple[Filter, ...]:
    return (
        Filter(translate("MatchingPage", "Within reach"), lambda m: m.reach.name == "WITHIN"),
        Filter(translate("MatchingPage", "Knows this family"), lambda m: m.offer.past is not None),
    )
