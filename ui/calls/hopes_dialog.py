"""What we hope for: how likely each kind of answer is as hoped, ours or her own."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coordinator.services.planning.hoping import HopeLine, hopes_in_use, set_hopes
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling

_PERCENT = 100
_LEAST = 5


class HopesDialog(QDialog):
    """A line a kind of answer, with a figure to change; one click goes back to ours. Saved with Save."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[HopeLine, ...] = ()
        self.setWindowTitle(self.tr("What we hope for"))
        self.about = text_label(
            self.tr(
                "The plan counts milk that waits for an answer by how likely the answer is as hoped."
                " Until this network has heard enough answers of a kind, that is our own optimistic figure."
            )
        )
        self.fields: dict[str, QSpinBox] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setColumnStretch(0, 1)
        self.back = QPushButton(self.tr("Back to ours"), autoDefault=False)
        self.back.setAccessibleName(self.tr("Back to our figures"))
        self.back.clicked.connect(lambda *_: self._save({}))
        self.problem = text_label("", "problem")
        self._lay_out()
        keep_whole(self)
        desk.read(partial(hopes_in_use, desk.database), self._show)

    def _show(self, lines: tuple[HopeLine, ...]) -> None:
        self._lines = lines
        for at, line in enumerate(lines):
            name = str(line.said)
            field = QSpinBox(minimum=_LEAST, maximum=_PERCENT)
            field.setValue(round(line.used * _PERCENT))
            field.setAccessibleName(self.tr("Hope for {what}, percent").format(what=name))
            self.fields[line.topic] = field
            self._grid.addWidget(text_label(name[:1].upper() + name[1:]), at, 0)
            self._grid.addWidget(field, at, 1)
            self._grid.addWidget(text_label(self.tr("percent")), at, 2)
            self._grid.addWidget(text_label(self._ours(line), "quiet"), at, 3)
        if self.fields:
            next(iter(self.fields.values())).setFocus()

    def _ours(self, line: HopeLine) -> str:
        """Say where our figure comes from."""
        if not line.topic:
            return self.tr("ours {share} %: our own choice").format(share=round(line.ours * _PERCENT))
        words = self.tr("{count} answers so far: not enough to go by")
        if line.is_heard:
            words = self.tr("ours {share} %: {as_hoped} of {count} answers were as hoped")
        elif line.answers == 1:
            words = self.tr("1 answer so far: not enough to go by")
        return words.format(share=round(line.ours * _PERCENT), as_hoped=line.as_hoped, count=line.answers)

    def _own(self) -> dict[str, float]:
        """Return what is not ours: what she changed now, and what she had changed before."""
        typed = {line.topic: self.fields[line.topic].value() for line in self._lines}
        return {
            line.topic: typed[line.topic] / _PERCENT
            for line in self._lines
            if typed[line.topic] != round(line.ours * _PERCENT) and self._is_hers(line, typed[line.topic])
        }

    def _is_hers(self, line: HopeLine, typed: int) -> bool:
        """Whether a figure is her own, and no line that merely followed the first one."""
        return line.used != line.ours or typed != round(line.used * _PERCENT)

    def _save(self, own: dict[str, float]) -> None:
        work = partial(set_hopes, self._desk.database, own)
        self._desk.write(work, lambda _: self.accept(), failed=self._refuse)

    def _refuse(self, reason: str) -> None:
        self.problem.setText(reason)
        self.problem.show()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addLayout(self._grid)
        column.addStretch()
        buttons = QDialogButtonBox()
        save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        close = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (save, close):
            button.setAccessibleName(button.text())
        buttons.addButton(self.back, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(lambda: self._save(self._own()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.about)
        layout.addWidget(scrolling(inside, wraps=True), stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.problem.hide()
        self.resize(620, 460)
