"""What was left behind for a family: told with its two ways on, plan it again or let it go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.milk.fates import Fate
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements.planning_again import plan_again as hold_again
from coordinator.services.pickups import left_behind as service
from ui.desk import Desk
from ui.families.every_ounce_forms import FateForm
from ui.families.passing_on import ask_whom
from ui.theme import SPACE, set_role
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, text_label

_SHORT = 2
"""So many are shown above a family's pane; more would push it off a small screen."""


def left_behind_parts(one: LeftBehind, display: Display) -> tuple[str, ...]:
    """Return how much stayed where and when, and what of it can still be had."""
    amount = translate("LeftBehind", "{amount} of {lot}").format(
        amount=display.volume(one.volume), lot=one.lot_code
    )
    when = translate("LeftBehind", "{day} with {pickup}").format(
        day=show_date(one.on), pickup=one.pickup_code
    )
    nobody = translate("LeftBehind", "nobody was home") if one.nobody_home else ""
    free = ""
    if one.with_driver:
        words = translate("LeftBehind", "{amount} with {who} since {day}")
        who = one.driver_code or translate("LeftBehind", "the volunteer")
        free = words.format(amount=display.volume(one.with_driver), who=who, day=show_date(one.on))
    elif one.free < one.volume:
        words = translate("LeftBehind", "only {amount} of it is still free")
        gone = translate("LeftBehind", "nothing of it is free any more")
        free = words.format(amount=display.volume(one.free)) if one.free else gone
    return tuple(part for part in (amount, when, nobody, free) if part)


def plan_again(desk: Desk, one: LeftBehind) -> None:
    """Hold the milk for the family once more, and go on to plan it."""
    today = desk.today()
    said = translate("LeftBehind", "What {hold} left behind is on hold again for {family}.")
    desk.write(
        partial(hold_again, desk.database, one.hold_code, today),
        partial(desk.page_wanted.emit, "pickups"),
        said=said.format(hold=one.hold_code, family=one.recipient_name),
    )


def went_back(desk: Desk, one: LeftBehind) -> None:
    """Write down that what the volunteer had is with the donor."""
    said = translate("LeftBehind", "What {hold} left behind is with {donor}, and free.")
    desk.write(
        partial(service.went_back, desk.database, one.hold_code, desk.today()),
        said=said.format(hold=one.hold_code, donor=one.donor_name),
    )


def ask_fate(desk: Desk, one: LeftBehind, parent: QWidget) -> None:
    """Ask what became of what the volunteer had."""
    form = FateForm(desk, one.lot_code, one.with_driver, parent.window(), left_by=one.hold_code)
    form.fate.set_value(Fate.DISCARDED)
    form.show_at_its_size()


class LetGoDialog(QDialog):
    """Asks why what was left behind is let go; a refusal keeps what was typed."""

    def __init__(self, desk: Desk, one: LeftBehind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._one = one
        self.setWindowTitle(self.tr("Let go what {hold} left behind").format(hold=one.hold_code))
        self.reason = LineField(hint=self.tr("She has enough now"))
        self.reason.set_name(self.tr("Why it is let go"))
        self.reason.edited.connect(self.reason.set_value)
        self.problem = text_label("", "problem")
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = buttons.addButton(self.tr("Let go"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.save_button, "main")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        whose = f"{one.donor_name} → {one.recipient_name}"
        about = " · ".join((whose, *left_behind_parts(one, desk.display)))
        why = self.tr("Nothing will remind you of it. Why? Only you will see that; Undo brings it back.")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        for widget in (text_label(about, "strong"), text_label(why), self.reason, self.problem, buttons):
            layout.addWidget(widget)
        self.reason.setFocus()

    def _refused(self, sentence: str) -> None:
        self.save_button.setEnabled(True)
        self.problem.setText(sentence)
        self.problem.show()

    # Overrides of Qt.

    def accept(self) -> None:
        """Let it go, and close once that is written down."""
        database, code, today = self._desk.database, self._one.hold_code, self._desk.today()
        reason = self.reason.typed()
        self.save_button.setEnabled(False)
        self._desk.write(
            partial(service.let_go, database, code, reason, today),
            lambda _: super(LetGoDialog, self).accept(),
            failed=self._refused,
            said=self.tr("Let go what {hold} left behind.").format(hold=code),
        )


class LeftBehindList(QWidget):
    """What was left behind for one family; not there while nothing was."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Sequence[LeftBehind] = ()
        self.rows = Rows("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(self.rows)
        desk.display.changed.connect(lambda: self.show_left(self._shown))

    def show_left(self, left: Sequence[LeftBehind]) -> None:
        """Show these instead."""
        self._shown = left
        rows: list[QWidget] = [self._row(one) for one in left[:_SHORT]]
        if len(left) > _SHORT:
            more = self.tr("and {count} more")
            rows.append(text_label(more.format(count=len(left) - _SHORT), "quiet"))
        self.rows.set_rows(rows)
        self.setVisible(bool(left))

    def _row(self, one: LeftBehind) -> Row:
        heading = self.tr("Left behind: {donor}").format(donor=one.donor_name)
        lines = [" · ".join(left_behind_parts(one, self._desk.display))]
        row = Row(heading, lines, code=one.donor_code)
        again = row.add_button(self.tr("Plan again"), plan_again_name(one))
        again.setEnabled(bool(one.at_hand))
        again.clicked.connect(partial(plan_again, self._desk, one))
        other = row.add_button(self.tr("To another family…"), pass_on_name(one))
        other.setEnabled(bool(one.at_hand))
        other.clicked.connect(partial(ask_whom, self._desk, one, self))
        if one.with_driver:
            row.setToolTip(one.custody_note)
            back = row.add_button(self.tr("With the donor"), went_back_name(one))
            back.clicked.connect(partial(went_back, self._desk, one))
            fate = row.add_button(self.tr("Discarded…"), fate_name(one))
            fate.clicked.connect(partial(ask_fate, self._desk, one, self))
            return row
        go = row.add_button(self.tr("Let go…"), let_go_name(one))
        go.clicked.connect(partial(ask_to_let_go, self._desk, one, self))
        return row


def ask_to_let_go(desk: Desk, one: LeftBehind, parent: QWidget) -> None:
    """Open the dialog that asks why, over the window of *parent*."""
    LetGoDialog(desk, one, parent.window()).open()


def pass_on_name(one: LeftBehind) -> str:
    """Return what the button is called for screen readers."""
    return translate("LeftBehind", "Give what {hold} left behind to another family").format(
        hold=one.hold_code
    )


def plan_again_name(one: LeftBehind) -> str:
    """Return what the button is called for screen readers."""
    return translate("LeftBehind", "Plan again what {hold} left behind").format(hold=one.hold_code)


def went_back_name(one: LeftBehind) -> str:
    """Return what the button is called for screen readers."""
    return translate("LeftBehind", "What {hold} left behind is with the donor").format(hold=one.hold_code)


def fate_name(one: LeftBehind) -> str:
    """Return what the button is called for screen readers."""
    return translate("LeftBehind", "Say what became of what {hold} left behind").format(hold=one.hold_code)


def let_go_name(one: LeftBehind) -> str:
    """Return what the button is called for screen readers."""
    return translate("LeftBehind", "Let go what {hold} left behind").format(hold=one.hold_code)
