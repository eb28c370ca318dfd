"""One of the two families of a hold: how to reach it, what to know first, the text to paste."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.holds import Hold, HoldState, MessageKind, Side
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.households import Household
from coordinator.services.agreements.reaching import Reached
from ui.cases.asking import ask_by_message, copy_message, put_on_clipboard
from ui.cases.choice_dialog import tell_and_choose, telling_words
from ui.desk import Desk
from ui.matching.ring_words import first_words
from ui.theme import SPACE_SMALL, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import text_label

_ASKING: Final = frozenset({MessageKind.ASK_DONOR, MessageKind.ASK_FAMILY})


class HoldSide(QWidget):
    """Name, phone with copy, hours, language, last contact, and *Copy text* with what that side is sent.

    Who copies the text that asks has asked: it is noted with the day, while that side has not said yes and
    nobody asked it on that day before (*asked_on*).
    """

    def __init__(
        self,
        desk: Desk,
        hold: Hold,
        side: Side,
        reached: Reached,
        asked_on: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._hold, self._side = desk, hold.code, side
        has_said = (hold.donor_yes_on if side is Side.DONOR else hold.family_yes_on) is not None
        self._asks = hold.state is HoldState.OPEN and not has_said and asked_on != desk.today()
        self._is_gentle = reached.is_bereaved and side is Side.DONOR
        home = reached.of(side)
        line = QWidget()
        across = FlowLayout(line)
        for widget in (*self._reach(home), self._texts(home), self._telling(home)):
            across.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        first = first_words(home.read_before_ringing, is_bereaved=self._is_gentle)
        if first:
            layout.addWidget(text_label(first, "ask"))
        layout.addWidget(line)

    def _reach(self, home: Household) -> list[QWidget]:
        role = self.tr("Donor") if self._side is Side.DONOR else self.tr("Family")
        found: list[QWidget] = [Label(f"{role} {home.name}")]
        copy = QPushButton(self.tr("Copy"))
        height = copy.sizeHint().height()
        if home.phone:
            phone = national_phone(home.phone)
            found.append(Label(phone))
            set_role(found[-1], "strong")
            copy.setAccessibleName(self.tr("Copy {what}").format(what=phone))
            said = self.tr("Copied {what}.").format(what=phone)
            copy.clicked.connect(lambda *_: put_on_clipboard(self._desk, said, phone))
            found.append(copy)
        else:
            found.append(Label(self.tr("No phone number yet.")))
        for words in self._when(home):
            found.append(Label(words))
            set_role(found[-1], "quiet")
        for widget in found:
            widget.setMinimumHeight(height)
        return found

    def _when(self, home: Household) -> list[str]:
        last = self.tr("last contact: not noted yet")
        if home.last_contact_on is not None:
            last = self.tr("last contact {day}").format(day=show_date(home.last_contact_on))
        return [words for words in (home.ring_times or home.hours, home.languages, last) if words]

    def _texts(self, home: Household) -> QPushButton:
        button = QPushButton(self.tr("Copy text"))
        button.setAccessibleName(
            self.tr("Copy a message to {name} about {code}").format(name=home.name, code=self._hold)
        )
        menu = QMenu(button)
        for kind, words in self._messages():
            menu.addAction(words, partial(self._copy, kind))
        button.setMenu(menu)
        return button

    def _telling(self, home: Household) -> QPushButton:
        """Return the button that shows what this side is told before its yes, to record its choice."""
        button = QPushButton(telling_words(self._side))
        button.setAccessibleName(
            self.tr("Tell {name} about {code} and record the choice").format(name=home.name, code=self._hold)
        )
        button.clicked.connect(lambda *_: tell_and_choose(self._desk, self._hold, self._side, self))
        return button

    def _messages(self) -> Sequence[tuple[MessageKind, str]]:
        if self._side is Side.DONOR:
            ask = self.tr("Ask the donor, gently") if self._is_gentle else self.tr("Ask the donor")
            confirm = self.tr("Confirm the time to the donor")
            return ((MessageKind.ASK_DONOR, ask), (MessageKind.CONFIRM_TIME, confirm))
        return (
            (MessageKind.ASK_FAMILY, self.tr("Ask the family")),
            (MessageKind.CONFIRM_TIME, self.tr("Confirm the time to the family")),
            (MessageKind.ADDRESS, self.tr("The address, after both yeses")),
        )

    def _copy(self, kind: MessageKind) -> None:
        if kind in _ASKING and self._asks:
            ask_by_message(self._desk, self._hold, self._side)
        else:
            copy_message(self._desk, self._hold, kind, None if kind in _ASKING else self._side)
