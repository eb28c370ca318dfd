"""Why not the others: counts that unfold to names, each with what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.matching.left_out import Left, LeftGroup, LeftKind
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.why_not import WhyNot
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.services.matching import ranking as matching
from ui.desk import Desk
from ui.matching.reason_list import ReasonList, Told
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from ui.widgets.fold import Fold
from ui.widgets.rows import Row, Rows, text_label
from ui.widgets.scrolling import scrolling

_MOST_SHOWN: Final = 40
"""A row takes a millisecond to make, and nobody reads thousands; the counts tell of all."""
_OPEN_UP_TO: Final = 8
"""So few are told without being asked for."""


class WhyNotPanel(QWidget):
    """A line that counts everybody, and under it each count, which unfolds.

    Its rows are made once it is seen: for most families nobody looks. ``overrule_wanted(Told)`` asks for the
    form of who decided otherwise, ``decide_wanted(Told)`` for that of a decision for every donor.
    """

    overrule_wanted = Signal(object)
    decide_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unmade: WhyNot | None = None
        self._whose = ""
        self._unfit: Mapping[str, Match] = {}
        self._opened: set[tuple[LeftKind, str]] = set()
        self.counts = text_label("", "strong")
        self._rows = Rows(self.tr("Nobody is left out."), apart=SPACE_SMALL)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        inner.addWidget(self.counts)
        inner.addWidget(self._rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body))

    def show_why_not(self, why_not: WhyNot, unfit: Sequence[Match] = (), whose: str = "") -> None:
        """Show who is left out, with every reason of the *unfit*; *whose* is the family, or the donor."""
        self._whose, self._unfit = whose, {match.code: match for match in unfit}
        self.counts.setText(self._counted(why_not))
        self.counts.show()
        self._unmade = why_not
        if self.isVisible():
            self._make_rows(why_not)

    def show_nobody(self) -> None:
        """Take everybody off: nobody is chosen."""
        self._unmade = None
        self.counts.hide()
        self._rows.set_rows([])

    def _counted(self, why_not: WhyNot) -> str:
        """Return how many fit now; the counts below say the rest."""
        fit, everybody = len(why_not.fitting), why_not.everybody
        if not fit and why_not.of_families:
            return self.tr("None of the {everybody} families fits yet.").format(everybody=everybody)
        if not fit:
            return self.tr("None of the {everybody} donors fits yet.").format(everybody=everybody)
        if why_not.of_families:
            return self.tr("{fit} of {everybody} families fit now.").format(fit=fit, everybody=everybody)
        return self.tr("{fit} of {everybody} donors fit now.").format(fit=fit, everybody=everybody)

    def _make_rows(self, why_not: WhyNot) -> None:
        self._unmade = None
        is_short = why_not.everybody - len(why_not.fitting) <= _OPEN_UP_TO
        folds = [self._fold(group) for group in why_not.groups]
        self._rows.set_rows(folds)
        for fold, group in zip(folds, why_not.groups, strict=True):
            if is_short or _key(group) in self._opened:
                fold.open()
            fold.button.toggled.connect(partial(self._keep, _key(group)))

    def _fold(self, group: LeftGroup) -> Fold:
        return Fold(str(group.said), partial(self._lines, group))

    def _keep(self, key: tuple[LeftKind, str], is_open: bool) -> None:
        """Remember what is unfolded, for when the lines are made anew."""
        (self._opened.add if is_open else self._opened.discard)(key)

    def _lines(self, group: LeftGroup) -> list[QWidget]:
        make: Callable[[Left], QWidget] = self._line
        if group.kind is LeftKind.RULES:
            make = self._ruled_out
        elif group.kind is LeftKind.SET_ASIDE:
            make = self._set_aside
        elif group.kind is LeftKind.PAIR_PAUSED:
            make = self._paused
        rows: list[QWidget] = [make(one) for one in group.left[:_MOST_SHOWN]]
        more = group.count - _MOST_SHOWN
        if more > 0:
            rows.append(text_label(self.tr("and {count} more").format(count=f"{more:n}"), "quiet"))
        return rows

    def _line(self, one: Left) -> Row:
        row = Row(one.name, [str(one.why), str(one.step)], code=one.code)
        page = row.add_button_beside(
            self.tr("Open"), self.tr("Open the page of {code}").format(code=one.code)
        )
        page.clicked.connect(partial(self._desk.family_wanted.emit, one.code))
        return row

    def _ruled_out(self, one: Left) -> Row:
        match = self._unfit.get(one.code)
        if match is None:
            return self._line(one)
        part = match.parts[0]
        told = [Told(match, part, why) for why in part.verdict.reasons if why.kind is VerdictKind.NOT_A_FIT]
        row, reasons = Row(match.name, code=match.code), ReasonList()
        reasons.overrule_wanted.connect(self.overrule_wanted)
        reasons.decide_wanted.connect(self.decide_wanted)
        reasons.show_told(told)
        row.add(reasons)
        return row

    def _set_aside(self, one: Left) -> Row:
        row = Row(one.name, [str(one.why)], code=one.code)
        back = row.add_button(self.tr("Bring back"), self.tr("Bring back {code}").format(code=one.code))
        donor, family = self._pair(one)
        back.clicked.connect(partial(self._bring_back, family, donor))
        return row

    def _paused(self, one: Left) -> Row:
        row = Row(one.name, [str(one.why), str(one.step)], code=one.code)
        page = row.add_button(
            self.tr("Open the pair"), self.tr("Open the pair with {code}").format(code=one.code)
        )
        donor, family = self._pair(one)
        page.clicked.connect(partial(self._desk.pair_wanted.emit, donor, family))
        return row

    def _pair(self, one: Left) -> tuple[str, str]:
        """Return the codes of the donor and of the family, whichever of them is left out."""
        first, second = sorted((one.code, self._whose))  # D before R
        return first, second

    def _bring_back(self, recipient: str, donor: str) -> None:
        self._desk.write(partial(matching.bring_back, self._desk.database, recipient, donor))

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Make the rows that were waiting."""
        super().showEvent(event)
        if self._unmade is not None:
            self._make_rows(self._unmade)


def _key(group: LeftGroup) -> tuple[LeftKind, str]:
    """Return what stays of a group when its count changes."""
    return group.kind, group.said.code
