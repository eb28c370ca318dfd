"""What is asked or decided about the baby first, above the donors."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.agreements.checks import paused_words
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.policies.verdicts import Reason, VerdictKind
from ui.theme import SPACE, change_role, set_role
from ui.widgets.rows import text_label


class BabyBanner(QWidget):
    """Not there while nothing is to be said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = text_label("")
        set_role(self._words, "ask")
        self._words.setContentsMargins(SPACE, 0, SPACE, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)
        self.hide()

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def show_ranking(self, ranking: Ranking, asked_above: Collection[str]) -> None:
        """Say what stands in the way of this baby; the topics *asked_above* are answered elsewhere."""
        verdict, seeker = ranking.baby_verdict, ranking.seeker
        referred = verdict.kind is VerdictKind.REFER
        found = [reason for reason in verdict.reasons if reason.kind >= VerdictKind.ASK]
        lines = [reason.text for reason in found if referred or not _is_only_open(reason, asked_above)]
        words = (
            self.tr("Referred, not matched: {why}")
            if referred
            else self.tr("Ask first about this baby: {why}")
        )
        if seeker.is_paused and not referred:
            words, lines = "{why}", [str(paused_words(seeker.code))]
        self.setVisible(bool(lines))
        change_role(self._words, "problem" if referred else "ask")
        self._words.setText(words.format(why="; ".join(lines)) if lines else "")


def _is_only_open(reason: Reason, asked: Collection[str]) -> bool:
    """Whether the reason says only that a question of those *asked* is not answered."""
    return reason.topic in asked and reason.said.code.endswith("_unanswered")
