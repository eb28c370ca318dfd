"""Who is not a fit, folded: counts per reason in words, and the donors set aside."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.services.matching import ranking as matching
from ui.desk import Desk
from ui.matching.reason_list import ReasonList, Told
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling

_MOST_SHOWN: Final = 40
"""A row takes a millisecond to make, and nobody reads thousands; the counts tell of all."""


class FoldedPanel(QWidget):
    """Counts first, then donors with the reason; those set aside can be brought back.

    Its rows are made once it is seen: for most families nobody looks. ``overrule_wanted(Told)`` asks for the
    form of who decided otherwise, ``decide_wanted(Told)`` for that of a decision for every donor.
    """

    overrule_wanted = Signal(object)
    decide_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unmade: Ranking | None = None
        self.counts = text_label("", "strong")
        self._rows = Rows(self.tr("Nobody is ruled out."))
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        inner.addWidget(self.counts)
        inner.addWidget(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body))

    def show_ranking(self, ranking: Ranking) -> None:
        """Show everybody of *ranking* who is not suggested, and why."""
        self.counts.setText(" · ".join(folded.text for folded in ranking.folded))
        self.counts.setVisible(bool(ranking.folded))
        self._unmade = ranking
        if self.isVisible():
            self._make_rows(ranking)

    def show_nobody(self) -> None:
        """Take everybody off: there is no family to be ruled out for."""
        self._unmade = None
        self.counts.hide()
        self._rows.set_rows([])

    def _make_rows(self, ranking: Ranking) -> None:
        self._unmade = None
        rows: list[QWidget] = [self._unfit(match) for match in ranking.not_a_fit[:_MOST_SHOWN]]
        more = len(ranking.not_a_fit) - _MOST_SHOWN
        if more > 0:
            rows.append(text_label(self.tr("and {count} more").format(count=f"{more:n}"), "quiet"))
        for one in ranking.set_aside:
            row = Row(f"{one.donor_name}  {one.donor_code}", [self.tr("Set aside"), one.reason])
            back = row.add_button(
                self.tr("Bring back"), self.tr("Bring back {code}").format(code=one.donor_code)
            )
            back.clicked.connect(partial(self._bring_back, ranking.seeker.code, one.donor_code))
            rows.append(row)
        self._rows.set_rows(rows)

    def _unfit(self, match: Match) -> Row:
        part = match.parts[0]
        told = [Told(match, part, one) for one in part.verdict.reasons if one.kind is VerdictKind.NOT_A_FIT]
        row, reasons = Row(f"{match.name}  {match.code}"), ReasonList()
        reasons.overrule_wanted.connect(self.overrule_wanted)
        reasons.decide_wanted.connect(self.decide_wanted)
        reasons.show_told(told)
        row.add(reasons)
        return row

    def _bring_back(self, recipient: str, donor: str) -> None:
        self._desk.write(partial(matching.bring_back, self._desk.database, recipient, donor))

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Make the rows that were waiting."""
        super().showEvent(event)
        if self._unmade is not None:
            self._make_rows(self._unmade)
