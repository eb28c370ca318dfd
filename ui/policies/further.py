"""What careful programs ask besides: the questions of a profile, each with where it was read."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.policies.further import AskedOf, FurtherQuestion
from coordinator.domain.policies.profiles import Policy
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from ui.translation import translate
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class FurtherDialog(QDialog):
    """The questions to read aloud; nothing is judged by them, so there is nothing to fill in."""

    def __init__(self, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Asked besides"))
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setSpacing(SPACE_SMALL)
        lines.addWidget(
            text_label(
                self.tr(
                    "Questions of careful programs, to read aloud on the phone. No milk waits for the answer "
                    "and none is judged by it: what to make of it is for people to decide."
                )
            )
        )
        if not policy.further:
            lines.addWidget(text_label(self.tr("This profile names none."), "quiet"))
        for question in policy.further:
            words = text_label(question.text, "strong")
            words.setContentsMargins(0, SPACE, 0, 0)
            lines.addWidget(words)
            lines.addWidget(text_label("\n".join(_about(question)), "quiet"))
        lines.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.addWidget(scrolling(body, wraps=True), stretch=1)
        layout.addWidget(buttons)
        self.resize(680, 480)


def _about(question: FurtherQuestion) -> list[str]:
    asked = translate("Policies", "Asked of {whom}").format(whom=question.asked_of.words)
    source = translate("Policies", "Source: {where}").format(where="; ".join(question.seen_in))
    differs = translate("Policies", "Others say otherwise: {what}").format(what=question.differs)
    whom = [asked] if question.asked_of is not AskedOf.DONOR else []
    return [*whom, *filter(None, [question.remark]), *([differs] if question.differs else []), source]
