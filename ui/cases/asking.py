"""What comes of asking one side of a hold: its yes, that it was asked, and the text to ask it with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication

from coordinator.domain.agreements.holds import MessageKind, Side
from coordinator.services.agreements.asking import record_asked
from coordinator.services.agreements.holds import message_text, record_yes
from ui.desk import Desk
from ui.translation import translate

Choice = tuple[str, Callable[[], object]]
"""What can be done: its words and the doing."""


def note_yes(desk: Desk, hold: str, side: Side, on: date | None = None) -> Callable[[], object]:
    """Return the work that notes one side's yes, said today or on the day *on*."""
    return partial(record_yes, desk.database, hold, side, on or desk.today())


def ways_of_asking(desk: Desk, hold: str, side: Side) -> tuple[Choice, Choice, Choice]:
    """Return that *side* said yes, that it was asked today, and copying the text to ask it with."""
    is_donor = side is Side.DONOR
    yes = translate("Asking", "Donor said yes") if is_donor else translate("Asking", "Family said yes")
    kind = MessageKind.ASK_DONOR if is_donor else MessageKind.ASK_FAMILY
    asked = partial(record_asked, desk.database, hold, side, desk.today())
    return (
        (yes, partial(desk.write, note_yes(desk, hold, side))),
        (translate("Asking", "Asked today"), partial(desk.write, asked)),
        (translate("Asking", "Copy text"), partial(copy_message, desk, hold, kind)),
    )


def copy_message(desk: Desk, hold: str, kind: MessageKind, side: Side | None = None) -> None:
    """Put the text of a message about *hold* on the clipboard, and say so."""
    said = translate("Asking", "Copied. Paste it into your message.")
    text = partial(message_text, desk.database, hold, kind, side)
    desk.read(text, partial(put_on_clipboard, desk, said))


def put_on_clipboard(desk: Desk, said: str, text: str) -> None:
    """Put *text* on the clipboard, and say *said*."""
    QGuiApplication.clipboard().setText(text)
    desk.said.emit(said)
