"""Every recall there is, those that are open first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.records.recall.lines import RecallLine, state_words
from ui.records.recall.words import days_words
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel


class RecallsList(QWidget):
    """``opened(code)`` by Enter, ``begin_wanted`` for a new one, ``drill_wanted`` to practise."""

    opened = Signal(str)
    begin_wanted = Signal()
    drill_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RowTableModel[RecallLine] = RowTableModel(
            _columns(desk.display), lambda line: line.work.code
        )
        self.list = ListPane(
            self.model,
            "recalls",
            title=self.tr("Recalls"),
            main_action=self.tr("Which babies have this milk?"),
            filters=(Filter(self.tr("Open"), lambda line: line.is_open),),
            settings=desk.settings,
        )
        self.practise = QPushButton(self.tr("Practise with last month’s milk"))
        self.practise.setToolTip(
            self.tr("A recall on a copy, the clock running. Nothing of it is kept, and nobody is rung.")
        )
        self.practise.setAccessibleName(self.practise.text())
        self.list.put_button(self.practise)
        self.list.begin_at_first()
        self.list.set_empty(
            self.tr(
                "No recall yet. When a donor falls ill, or a result or a medicine comes to light, begin "
                "here: it names every home the milk came to, whom to ring first, and what became of each "
                "ounce. Practise once while nothing presses."
            ),
            self.tr("Which babies have this milk?"),
            self.tr("Practise with last month’s milk"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        focus_goes_to(self, lambda: self.list)
        desk.display.changed.connect(self.model.refresh_texts)
        self.list.table.row_opened.connect(lambda code: self.opened.emit(str(code)))
        self.list.main_action_wanted.connect(self.begin_wanted)
        self.list.fill_wanted.connect(self.begin_wanted)
        self.list.other_fill_wanted.connect(self.drill_wanted)
        self.practise.clicked.connect(lambda *_: self.drill_wanted.emit())

    def show_lines(self, lines: Sequence[RecallLine]) -> None:
        """Show *lines* in this order."""
        self.model.set_rows(lines)
        for button in (self.practise, self.list.main_button):
            button.setVisible(bool(lines))  # the empty state has both


def _columns(display: Display) -> tuple[Column[RecallLine], ...]:
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda line: line.work.code, width=8),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Milk of"),
            lambda line: line.name,
            width=22,
            tooltip=lambda line: f"{line.name} {line.work.about}",
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Where it stands"),
            lambda line: state_words(line.work, display),
            lambda line: (not line.is_open, line.work.code),
            icon=lambda line: "notice" if line.is_open else "done",
            width=34,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Days"), lambda line: days_words(line.work.recall.days), width=30
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Because"), lambda line: line.work.because, width=24),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Began"),
            lambda line: show_date(line.work.began_at.astimezone().date()),
            lambda line: line.work.began_at.timestamp(),
            width=11,
        ),
    )
