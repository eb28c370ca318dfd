"""What one side is told before its yes, to read aloud, and below it what it chose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.agreements.choices import ChoiceHow, ChoiceKind, HomeHeating, Said, Scan
from coordinator.domain.agreements.disclosed import since_words
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.informed_choice import as_text
from coordinator.services.agreements import choices as service
from coordinator.services.agreements.letters import save_letter
from ui.cases.reading_text import ReadingText
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField, DateField
from ui.widgets.file_dialogs import choose_file, choose_target
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.step_button import StepButton

_SIZE: Final = QSize(920, 620)
_FORM_CHARACTERS: Final = 42


class ChoiceDialog(QDialog):
    """The text at the left, in large type; at the right how it chose. Enter is its yes.

    Nothing is recorded before *Chose yes* or *Chose no* is pressed; a refusal keeps what was typed.
    """

    def __init__(self, desk: Desk, hold: str, side: Side, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._hold, self._side = desk, hold, side
        self._to_tell: service.ToTell | None = None
        self._scan: Scan | None = None
        self.setWindowTitle(
            self.tr("Before the donor says yes")
            if side is Side.DONOR
            else self.tr("Before the family says yes")
        )
        self.changed = text_label("", "ask")
        self.text = ReadingText()
        self.reading: QScrollArea = scrolling(self.text, wraps=True)
        self.reading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reading.setAccessibleName(self.tr("What to read aloud"))
        self.copy_button = QPushButton(self.tr("Copy text"))
        self.save_button = QPushButton(self.tr("Save letter (PDF)…"))
        self.how = ChoiceField([(one, str(one.words)) for one in ChoiceHow])
        self.by = LineField()
        self.told_on = DateField(desk.today)
        self.on = DateField(desk.today)
        self.heats = ChoiceField(
            [(None, self.tr("not asked")), *((one, str(one.words)) for one in HomeHeating)]
        )
        self.paper = text_label(self.tr("No paper attached."), "quiet")
        self.attach_button = QPushButton(self.tr("Attach a paper…"))
        self.stands = text_label("", "quiet")
        self.problem = text_label("", "problem")
        self.yes_button = StepButton(self.tr("Chose yes"))
        self.no_button = StepButton(self.tr("Chose no"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self.resize(self.sizeHint())
        self._fill()

    def _fill(self) -> None:
        for day in (self.told_on, self.on):
            day.set_value(self._desk.today())
        for field in self._fields:
            field.edited.connect(field.set_value)
        for label in (self.changed, self.stands, self.problem):
            label.hide()
        self._allow(is_ready=False)
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(service.to_tell, database, self._hold, self._side, today), self._show)

    def _show(self, found: service.ToTell) -> None:
        self._to_tell, informed = found, found.informed
        self.text.show_letter(found.letter)
        self.by.set_value(informed.name)
        choice = informed.choice
        if informed.asks_again and choice is not None:
            words = self.tr("Tell this first, {since}.")
            self.changed.setText(words.format(since=since_words(choice.told_on, informed.changes)))
            self.changed.show()
            self.heats.set_value(choice.heats)
        if informed.yes_on is not None:
            self.stands.setText(self._stands())
            self.stands.show()
            self.no_button.setText(self.tr("Withdraws"))
        self._allow(is_ready=True)
        QTimer.singleShot(0, self, partial(self.reading.setFocus, Qt.FocusReason.OtherFocusReason))

    def _stands(self) -> str:
        """Return what is noted of this side already."""
        informed = self._to_tell.informed if self._to_tell else None
        if informed is None or informed.yes_on is None:
            return ""
        if informed.choice is None:
            words = self.tr("{name} said yes on {day}; what was told before is not recorded.")
            return words.format(name=informed.name, day=show_date(informed.yes_on))
        words = self.tr("{name} chose yes on {day} ({how}), told by the text of {version}.")
        return words.format(
            name=informed.choice.chosen_by,
            day=show_date(informed.choice.chosen_on),
            how=informed.choice.how.words,
            version=informed.choice.text_version,
        )

    @property
    def _fields(self) -> tuple[ChoiceField | LineField, ...]:
        return (self.how, self.by, self.told_on, self.on, self.heats)

    def _allow(self, *, is_ready: bool) -> None:
        for button in (
            self.copy_button,
            self.save_button,
            self.attach_button,
            self.yes_button,
            self.no_button,
        ):
            button.setEnabled(is_ready)

    def _copy(self) -> None:
        if self._to_tell is not None:
            QGuiApplication.clipboard().setText(as_text(self._to_tell.letter))
            self._desk.said.emit(self.tr("Copied. Paste it into your message."))

    def _save(self) -> None:
        proposed = Path.home() / f"{self._hold}-{self._side.value}.pdf"
        target = choose_target(self, self.tr("Save the letter"), proposed, self.tr("PDF files (*.pdf)"))
        if target is not None:
            work = partial(
                save_letter, self._desk.database, self._hold, self._side, target.path, self._desk.today()
            )
            said = self.tr("Saved the letter as {file}.").format(file=target.path.name)
            self._desk.runner.run(work, lambda _: self._desk.said.emit(said), self._refuse_error)

    def _attach(self) -> None:
        kinds = self.tr("Scanned papers (*.pdf *.png *.jpg *.jpeg)")
        path = choose_file(self, self.tr("Attach the signed paper"), Path.home(), kinds)
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Read the scanned paper at *path*, to be kept with the choice."""
        self._desk.runner.run(partial(service.scan_of, path), self._take_scan, self._refuse_error)

    def _take_scan(self, scan: Scan) -> None:
        self._scan = scan
        self.problem.hide()
        self.paper.setText(self.tr("{file}, kept in the network's file").format(file=scan.name))
        if self.how.value is ChoiceHow.SPOKEN:
            self.how.set_value(ChoiceHow.SIGNED)

    def _record(self, kind: ChoiceKind) -> None:
        for field in self._fields:
            field.leave()
        if any(field.message.text() for field in self._fields) or self._to_tell is None:
            return
        today = self._desk.today()
        said = Said(
            self._side,
            kind,
            self.on.value or today,
            self.how.value,
            self.by.value or "",
            self.told_on.value,
            self.heats.value if self._side is Side.FAMILY else None,
            self._scan,
            self._to_tell.told,
        )
        self._allow(is_ready=False)
        work = partial(service.record_choice, self._desk.database, self._hold, said, today)
        self._desk.write(work, lambda _: self.accept(), failed=self._refuse, said=self._said(kind))

    def _said(self, kind: ChoiceKind) -> str:
        name = self._to_tell.informed.name if self._to_tell else ""
        if kind is ChoiceKind.YES:
            return self.tr("Recorded: {name} chose yes.").format(name=name)
        return self.tr("Recorded: {name} does not want to. The milk is free again.").format(name=name)

    def _choose_no(self) -> None:
        is_given = self._to_tell is not None and self._to_tell.informed.yes_on is not None
        self._record(ChoiceKind.WITHDREW if is_given else ChoiceKind.NO)

    def _refuse(self, sentence: str) -> None:
        self._allow(is_ready=True)
        self.problem.setText(sentence)
        self.problem.show()

    def _refuse_error(self, error: BaseException) -> None:
        self._refuse(explain(error))

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.attach_button.clicked.connect(self._attach)
        self.yes_button.clicked.connect(lambda *_: self._record(ChoiceKind.YES))
        self.no_button.clicked.connect(self._choose_no)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        set_role(self.yes_button, "main")
        form = FieldForm()
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        form.add(self.tr("Chosen by"), self.by)
        form.add(self.tr("How"), self.how)
        if self._side is Side.FAMILY:
            form.add(self.tr("Pasteurises"), self.heats)
        form.add(self.tr("Told on"), self.told_on)
        form.add(self.tr("Chose on"), self.on)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, SPACE, 0)
        for widget in (form, self.paper, self.attach_button, self.stands):
            down.addWidget(widget)
        down.addStretch()
        form_area = scrolling(right, wraps=True)
        form_area.setMinimumWidth(self.fontMetrics().averageCharWidth() * _FORM_CHARACTERS)
        middle = QHBoxLayout()
        middle.setSpacing(SPACE_LARGE)
        middle.addWidget(self.reading, stretch=3)
        middle.addWidget(form_area, stretch=1)
        buttons = QWidget()
        across = FlowLayout(buttons)
        for button in (
            self.yes_button,
            self.no_button,
            self.copy_button,
            self.save_button,
            self.close_button,
        ):
            button.setAutoDefault(False)
            across.addWidget(button)
        self.attach_button.setAutoDefault(False)
        self.yes_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.changed)
        layout.addLayout(middle, stretch=1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    # Overrides of Qt.

    def sizeHint(self) -> QSize:
        """Have room to read a screenful, and never more than the window it stands over."""
        over = self.parentWidget()
        wanted = _SIZE.expandedTo(super().sizeHint())
        return wanted.boundedTo(over.window().size()) if over is not None else wanted


def tell_and_choose(desk: Desk, hold: str, side: Side, parent: QWidget) -> ChoiceDialog:
    """Show what *side* is told before its yes to *hold* and record its choice, over *parent*'s window."""
    dialog = ChoiceDialog(desk, hold, side, parent.window())
    dialog.open()
    return dialog


def withdrawal(desk: Desk, hold: str, side: Side) -> tuple[str, Callable[[], object]]:
    """Return the words and the doing of one side's withdrawal: its milk is free at once."""
    words = translate("Choice", "Donor withdraws")
    if side is Side.FAMILY:
        words = translate("Choice", "Family withdraws")
    said = translate("Choice", "{hold}: withdrawn, its milk is free again.").format(hold=hold)
    work = partial(service.withdraw, desk.database, hold, side, desk.today())
    return words, partial(desk.write, work, said=said)


def telling_words(side: Side) -> str:
    """Return what stands on the button that opens the dialog."""
    if side is Side.DONOR:
        return translate("Choice", "Tell the donor…")
    return translate("Choice", "Tell the family…")
