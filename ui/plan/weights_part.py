"""How the plan is worked out: each weight in words, with a figure that may be hers or ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.planning.weights import EDITABLE, PlanPolicy, Weight
from coordinator.services.planning.settings import change_weight, our_weights, take_our_weights
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL
from ui.widgets.fields.edit_field import LineField
from ui.widgets.rows import left_aligned, text_label
from ui.widgets.scrolling import scrolling


class WeightsPart(QWidget):
    """Every weight is a choice; what is typed here is kept for the network, and the plan is made again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.fields: dict[str, LineField] = {}
        self._about: dict[str, QWidget] = {}
        self._ours: Mapping[str, Weight] = {one.key: one for one in our_weights()}
        self.ours = QPushButton(self.tr("Take our weights again"))
        self.ours.clicked.connect(lambda *_: self._take_ours())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        column.setSpacing(SPACE)
        for words in (
            self.tr(
                "The plan looks for what leaves babies the fewest days uncovered, and weighs what it costs. "
                "A day that one baby is not covered counts 1; everything else is weighed against that."
            ),
            self.tr(
                "Never weighed, always kept: what is known about milk and baby, whole bags, the room in a "
                "freezer, how far somebody drives, and what is held or promised already."
            ),
        ):
            column.addWidget(text_label(words))
        column.addWidget(left_aligned(self.ours))
        for weight in self._ours.values():
            column.addWidget(self._line(weight))
        column.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(inside, wraps=True))

    def show_policy(self, policy: PlanPolicy) -> None:
        """Show the weights that *policy* goes by; what is being typed stays."""
        is_ours = True
        for weight in policy.printed:
            field = self.fields.get(weight.key)
            if field is not None and not field.is_typing:
                field.set_value(weight.value)
            is_ours = is_ours and weight.value == self._ours[weight.key].value
        self.ours.setEnabled(not is_ours)

    def _line(self, weight: Weight) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_SMALL)
        column.addWidget(text_label(weight.title, "strong"))
        line = QHBoxLayout()
        if weight.key in EDITABLE:
            line.addWidget(self._field(weight))
            line.addWidget(text_label(weight.unit), stretch=1)
        else:
            words = self.tr("{figure} {unit}").format(figure=f"{weight.value:g}", unit=weight.unit)
            line.addWidget(text_label(words), stretch=1)
        column.addLayout(line)
        words = self.tr("Ours: {figure} ({reason})")
        column.addWidget(text_label(words.format(figure=f"{weight.value:g}", reason=weight.reason), "quiet"))
        return holder

    def _field(self, weight: Weight) -> LineField:
        field = LineField(show=lambda value: f"{value:g}")
        field.set_name(weight.title)
        field.setFixedWidth(self.fontMetrics().averageCharWidth() * 14)
        field.set_value(weight.value)
        field.edited.connect(partial(self._change, weight.key))
        self.fields[weight.key] = field
        return field

    def _change(self, key: str, text: object) -> None:
        field = self.fields[key]
        self._desk.write(partial(change_weight, self._desk.database, key, str(text)), failed=field.reject)

    def _take_ours(self) -> None:
        self._desk.write(partial(take_our_weights, self._desk.database))
