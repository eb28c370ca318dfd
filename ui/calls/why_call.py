"""Why this call: what would be promised with it and without it, for whom, by which answers."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coordinator.domain.planning.network import Hoped
from coordinator.domain.worklist.openings import Opened
from coordinator.services.planning.hoping import HopeLine
from coordinator.services.planning.why_call import ForBaby, WhyCall, why_call
from ui.calls.hopes_dialog import HopesDialog
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import Rows, text_label

_PERCENT = 100


class WhyCallPane(QWidget):
    """What a call opens, in a line; one click says why. Nothing where the plan says nothing of it.

    Beside the reasons a button leads to the plan, where whoever shows the call gives its code.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._home, self._calls = 0, frozenset[int]()
        self._opens: Opened | None = None
        self._code = ""
        self.opens = text_label("", "strong")
        self.why = QPushButton(self.tr("Why this call"), autoDefault=False)
        self.why.setCheckable(True)
        self.why.setAccessibleName(self.why.text())
        self.why.toggled.connect(self._turn)
        self.hopes = QPushButton(self.tr("What we hope for…"), autoDefault=False)
        self.hopes.setAccessibleName(self.hopes.text())
        self.hopes.clicked.connect(self._open_hopes)
        self.plan = QPushButton(self.tr("The plan…"), autoDefault=False)
        self.plan.setAccessibleName(self.tr("The plan with this call"))
        self.plan.clicked.connect(lambda *_: self._desk.page_wanted.emit("plan", self._code))
        self.rows = Rows(self.tr("Being worked out…"))
        self._lay_out()
        self.show_call(0, None, ())

    def show_call(self, home: int, opens: Opened | None, calls: Collection[int], *, code: str = "") -> None:
        """Show what the call to *home* opens among the *calls* of the plan; the reasons stay as they are.

        With its *code* the plan can be gone to, which stands on the first proposal for or from it.
        """
        self._code = code
        is_same = (home, opens, frozenset(calls)) == (self._home, self._opens, self._calls)
        if home != self._home:
            self.why.setChecked(False)
        self.plan.setVisible(self.why.isChecked() and bool(code))
        self._home, self._opens, self._calls = home, opens, frozenset(calls)
        words = opens.words(self._desk.display.volume_unit) if opens is not None else ""
        self.opens.setText(self.tr("Opens {what}.").format(what=words) if opens is not None else "")
        self.setVisible(opens is not None)
        if self.why.isChecked() and not is_same:
            self._read()

    def _turn(self, on: bool) -> None:
        self.rows.setVisible(on)
        self.hopes.setVisible(on)
        self.plan.setVisible(on and bool(self._code))
        if on:
            self.rows.set_rows([])
            self._read()

    def _read(self) -> None:
        if self._opens is not None:
            desk, home = self._desk, self._home
            work = partial(why_call, desk.database, home, self._calls, desk.today(), desk.kept)
            desk.planner.run(work, partial(self._show, home), desk.complain)

    def _show(self, home: int, found: WhyCall | None) -> None:
        if home != self._home or not self.why.isChecked():
            return
        if found is None:
            self.rows.set_rows([text_label(self.tr("Nothing waits for this call any more."), "quiet")])
            return
        said = [self._in_all(found), *map(self._of_baby, found.babies)]
        said += [self._of_answer(*one) for one in found.hoped]
        if found.call.besides:
            words = self.tr("Asked in the same call, and holds up nothing: {questions}")
            said.append(words.format(questions="; ".join(map(str, found.call.besides))))
        self.rows.set_rows([text_label(line, "quiet" if at else "") for at, line in enumerate(said)])

    def _in_all(self, found: WhyCall) -> str:
        words = self.tr("With this call {amount} could be promised, without it {less}.")
        if found.others == 1:
            words = self.tr("With this call and 1 other {amount} could be promised, without it {less}.")
        elif found.others:
            words = self.tr(
                "With this call and {count} others {amount} could be promised, without it {less}."
            )
        volume = self._desk.display.volume
        return words.format(count=found.others, amount=volume(found.with_it), less=volume(found.without))

    def _of_baby(self, one: ForBaby) -> str:
        volume = self._desk.display.volume
        words = self.tr("{name}: {amount} with it, {less} without")
        return words.format(name=one.name, amount=volume(one.with_it), less=volume(one.without))

    def _of_answer(self, one: Hoped, hope: HopeLine | None) -> str:
        """Say a question that milk waits for, and how likely its answer is as hoped."""
        if hope is None:
            return self.tr("Milk waits for: {question}").format(question=one.question)
        words = self.tr("Milk waits for: {question} · hoped {share} of 100 times, our own choice.")
        if hope.used != hope.ours:
            words = self.tr("Milk waits for: {question} · hoped {share} of 100 times, as you set it.")
        elif hope.is_heard:
            words = self.tr(
                "Milk waits for: {question} · hoped {share} of 100 times: {as_hoped} of {answers} were so."
            )
        return words.format(
            question=one.question,
            share=round(hope.used * _PERCENT),
            as_hoped=hope.as_hoped,
            answers=hope.answers,
        )

    def _open_hopes(self) -> None:
        dialog = HopesDialog(self._desk, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _lay_out(self) -> None:
        buttons = QWidget()
        across = FlowLayout(buttons)
        across.addWidget(self.why)
        across.addWidget(self.hopes)
        across.addWidget(self.plan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addWidget(self.opens)
        layout.addWidget(buttons)
        layout.addWidget(self.rows)
        for widget in (self.rows, self.hopes, self.plan):
            widget.hide()
