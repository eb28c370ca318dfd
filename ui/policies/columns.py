"""The columns of a profile's values, and of two profiles side by side."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from coordinator.domain.policies.profiles import PolicyValue, ProfileLine
from coordinator.domain.policies.sources import Status
from ui.policies.value_words import check_words, otherwise_words, rule_title, rule_value, side_words
from ui.theme import tokens
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import KEY_ROLE


def value_columns() -> tuple[Column[PolicyValue], ...]:
    """Return the columns of one profile: rule, value with unit, whether checked, where seen."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Rule"), rule_title, width=32),
        Column(QT_TRANSLATE_NOOP("Columns", "Value"), rule_value, width=26, tooltip=rule_value),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Checked?"),
            check_words,
            width=18,
            icon=_check_icon,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Otherwise"), otherwise_words, width=18, hidden_by_default=True),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Compared on"),
            lambda v: show_date(v.checked),
            lambda v: v.checked,
            width=11,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Seen in"),
            lambda v: "; ".join(v.seen_in),
            width=36,
            tooltip=lambda v: "; ".join(v.seen_in),
            hidden_by_default=True,
        ),
    )


def _check_icon(value: PolicyValue) -> str:
    """Return the icon beside the words; a choice of ours is neither checked nor to be asked about."""
    if value.is_checked:
        return "done"
    return "" if value.status is Status.CHOICE else "ask"


def comparison_columns(titles: Callable[[], tuple[str, str]]) -> tuple[Column[ProfileLine], ...]:
    """Return the columns of two profiles; *titles* are theirs."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Rule"), lambda line: line.title, width=30),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Differs?"),
            lambda line: translate("Columns", "differs") if line.differs else translate("Columns", "same"),
            lambda line: not line.differs,
            width=9,
            icon=lambda line: "notice" if line.differs else "",
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Left"),
            lambda line: side_words(line.left, line.right),
            width=24,
            header=lambda: titles()[0],
            tooltip=lambda line: side_words(line.left, line.right),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Right"),
            lambda line: side_words(line.right, line.left),
            width=24,
            header=lambda: titles()[1],
            tooltip=lambda line: side_words(line.right, line.left),
        ),
    )


class MarkedRows(QStyledItemDelegate):
    """Paints the ground of the rows whose key is marked in the colour of what to look at.

    The word in the row says the same, for whoever does not see the colour.
    """

    def __init__(self, is_marked: Callable[[Hashable], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_marked = is_marked

    # Overrides of Qt.

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground first, except under the selection."""
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not is_selected and self._is_marked(index.data(KEY_ROLE)):
            painter.fillRect(option.rect, QColor(tokens().ask_ground))
        super().paint(painter, option, index)
