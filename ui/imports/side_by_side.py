"""Two answers beside each other, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.contacts import same_text
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.label import Label

_SHARES = (2, 4, 4)


class SideBySide(QWidget):
    """What two answers tell: first where they differ, then where they agree, then what only one tells."""

    def __init__(
        self, role: Role, heads: tuple[str, str], one: Mapping[str, str], other: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(SPACE_SMALL)
        for column, share in enumerate(_SHARES):
            self._grid.setColumnStretch(column, share)
        self._add(0, ("", *heads), ("", "quiet", "quiet"))
        for line, (label, left, right) in enumerate(_lines(role, one, other), start=1):
            style = "strong" if _rank(left, right) == 0 else ""
            self._add(line, (label, left or "–", right or "–"), ("quiet", style, style))

    def _add(self, line: int, texts: Sequence[str], styles: Sequence[str]) -> None:
        for column, (text, style) in enumerate(zip(texts, styles, strict=True)):
            if not text:
                continue
            self._grid.addWidget(_label(text, style), line, column, Qt.AlignmentFlag.AlignTop)


def shown_value(key: str, value: str) -> str:
    """Return an understood value as people write it."""
    if key == "phone":
        return national_phone(value)
    return value.replace("T", " ") if key == "timestamp" else value


def _lines(role: Role, one: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str, str]]:
    lines = [
        (
            str(field.label),
            shown_value(field.topic, one.get(field.topic, "")),
            shown_value(field.topic, other.get(field.topic, "")),
        )
        for field in FIELDS[role]
    ]
    told = [line for line in lines if line[1] or line[2]]
    return sorted(told, key=lambda line: _rank(line[1], line[2]))


def _rank(one: str, other: str) -> int:
    """Return 0 for what differs, 1 for what is alike, 2 for what only one tells."""
    if not one or not other:
        return 2
    return int(same_text(one) == same_text(other))


def _label(text: str, role: str) -> QLabel:
    label = Label(text, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role)
    return label
