"""Everything about one value of a profile: what it says, where it was seen, who changed or reviewed it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.policies.profiles import Policy, PolicyValue
from ui.policies.value_words import check_words, otherwise_words, rule_title, status_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling


class ValuePane(QWidget):
    """One value, or the same rule of two profiles; buttons where the network may change it."""

    change_wanted = Signal()
    review_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = text_label("", "strong")
        self._texts: list[QLabel] = []
        self.why_fixed = text_label("", "quiet")
        self.change_button = self._button(self.tr("Change…"), self.tr("Change this value"))
        self.review_button = self._button(self.tr("Note a review…"), self.tr("Note a clinician's review"))
        self.restore_button = self._button(self.tr("Set back"), self.tr("Set back to the value it came with"))
        self.change_button.clicked.connect(self.change_wanted)
        self.review_button.clicked.connect(self.review_wanted)
        self.restore_button.clicked.connect(self.restore_wanted)
        self._lines_layout = QVBoxLayout()
        self._lines_layout.setSpacing(SPACE_SMALL)
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say that a rule is to be chosen."""
        self.heading.setText(self.tr("Choose a rule to see where its value was seen."))
        self._write([])
        self._offer(policy=None, value=None)

    def show_value(self, policy: Policy, value: PolicyValue, shipped: PolicyValue | None = None) -> None:
        """Show a value of *policy*; *shipped* is the one its copy came with."""
        self.heading.setText(rule_title(value))
        lines = [*self._lines(value)]
        if value.change is not None and shipped is not None and shipped.value != value.value:
            lines.append(self.tr("It came with: {value}").format(value=shipped.words))
        self._write([(self._said(value), ""), *((line, "quiet") for line in lines)])
        self._offer(policy, value)

    def show_two(self, left: Policy, one: PolicyValue, right: Policy, other: PolicyValue) -> None:
        """Show the same rule of two profiles, the left one first."""
        self.heading.setText(rule_title(one))
        texts = []
        for policy, value in ((left, one), (right, other)):
            texts.append((policy.title, "strong"))
            texts.append((self._said(value), ""))
            texts += [(line, "quiet") for line in self._lines(value)]
        self._write(texts)
        self._offer(left, one)

    @property
    def text(self) -> str:
        """All that is said about the value."""
        return "\n".join(label.text() for label in self._texts if not label.isHidden())

    def _said(self, value: PolicyValue) -> str:
        if value.value is None:
            return self.tr("not known, which leads to asking")
        return self.tr("{value} ({checked})").format(value=value.words, checked=check_words(value))

    def _lines(self, value: PolicyValue) -> Iterator[str]:
        if value.value is not None:
            yield self.tr("Milk that does not meet it: {otherwise}").format(otherwise=otherwise_words(value))
        yield self.tr("Source: {where}").format(where="; ".join(value.seen_in))
        if value.page.kind is not None and value.value is not None:
            yield self.tr("It is {kind}.").format(kind=value.page.kind.words)
        if value.quote:
            yield self.tr("Our notes, {section}: “{quote}”").format(section=value.section, quote=value.quote)
        if value.remark:
            yield value.remark
        if value.differs:
            yield self.tr("Others say otherwise: {what}").format(what=value.differs)
        yield self.tr("{status}. Compared on {day}.").format(
            status=status_words(value), day=show_date(value.checked)
        )
        change = value.change
        if change is not None and not value.is_own:
            yield self.tr("Noted by {who} on {day}: {why}").format(
                who=change.by, day=show_date(change.on), why=change.reason
            )

    def _offer(self, policy: Policy | None, value: PolicyValue | None) -> None:
        """Show the buttons of a value of the network's own profile; say why there are none for another."""
        is_own = policy is not None and bool(policy.base) and value is not None
        self.change_button.setVisible(is_own)
        self.review_button.setVisible(is_own)
        self.review_button.setEnabled(value is not None and value.value is not None)
        self.restore_button.setVisible(is_own and value is not None and value.change is not None)
        is_shipped = policy is not None and not is_own
        self.why_fixed.setVisible(is_shipped)
        if policy is not None and policy.for_comparison_only:
            self.why_fixed.setText(self.tr("This profile is for comparison only; milk is not judged by it."))
        else:
            self.why_fixed.setText(self.tr("It comes with the program. To change a value, copy the profile."))

    def _write(self, texts: list[tuple[str, str]]) -> None:
        while len(self._texts) < len(texts):
            label = text_label("")
            self._lines_layout.addWidget(label)
            self._texts.append(label)
        for label, (text, role) in zip(self._texts, [*texts, *[("", "")] * len(self._texts)], strict=False):
            set_role(label, role)
            label.style().unpolish(label)
            label.style().polish(label)
            label.setContentsMargins(0, SPACE if role == "strong" else 0, 0, 0)
            label.setText(text)
            label.setVisible(bool(text))

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, autoDefault=False)
        button.setAccessibleName(name)
        return button

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.change_button, self.review_button, self.restore_button):
            flow.addWidget(button)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE, SPACE)
        inner.setSpacing(SPACE)
        inner.addWidget(self.heading)
        inner.addLayout(self._lines_layout)
        inner.addWidget(self.why_fixed)
        inner.addWidget(buttons)
        inner.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(body, wraps=True))
