"""What comes of asking one side of a hold: its yes, that it was asked, and the text to ask it with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import MessageKind, Side
from coordinator.sayings import Saying
from coordinator.services.agreements.asking import record_asked
from coordinator.services.agreements.holds import message_text, record_yes
from ui.cases.choice_dialog import tell_and_choose, telling_words
from ui.desk import Desk
from ui.translation import translate

Choice = tuple[str, Callable[[], object]]
"""What can be done: its words and the doing."""


def note_yes(desk: Desk, hold: str, side: Side, on: date | None = None) -> Callable[[], object]:
    """Return the work that notes one side's yes, said today or on the day *on*."""
    return partial(record_yes, desk.database, hold, side, on or desk.today())


def ask_before_words(asks: Sequence[Saying]) -> str:
    """Return what is still to be asked about milk before it is handed over."""
    words = translate("Asking", "Before it is handed over, ask: {what}")
    return words.format(what="; ".join(map(str, asks)))


def ways_of_asking(
    desk: Desk, hold: str, side: Side, parent: QWidget, asked_on: date | None = None
) -> tuple[Choice, ...]:
    """Return that *side* said yes, what it is told first, that it was asked, and the text to ask it with.

    Who copies that text has asked: it is noted, unless *asked_on* says that it was noted today already.
    """
    is_donor = side is Side.DONOR
    yes = translate("Asking", "Donor said yes") if is_donor else translate("Asking", "Family said yes")
    copy = partial(ask_by_message, desk, hold, side)
    if asked_on == desk.today():
        copy = partial(copy_message, desk, hold, _asks(side))
    asked = partial(record_asked, desk.database, hold, side, desk.today())
    return (
        (yes, partial(desk.write, note_yes(desk, hold, side))),
        (telling_words(side), partial(tell_and_choose, desk, hold, side, parent)),
        (translate("Asking", "Asked today"), partial(desk.write, asked)),
        (translate("Asking", "Copy text"), copy),
    )


def ask_by_message(desk: Desk, hold: str, side: Side) -> None:
    """Put the text that asks *side* on the clipboard, and note that it was asked by message today."""

    def note(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        said = translate("Asking", "Copied. Paste it into your message; it is noted that you asked today.")
        asked = partial(record_asked, desk.database, hold, side, desk.today(), ContactKind.MESSAGE)
        desk.write(asked, said=said)

    desk.read(partial(message_text, desk.database, hold, _asks(side), None), note)


def _asks(side: Side) -> MessageKind:
    return MessageKind.ASK_DONOR if side is Side.DONOR else MessageKind.ASK_FAMILY


def copy_message(desk: Desk, hold: str, kind: MessageKind, side: Side | None = None) -> None:
    """Put the text of a message about *hold* on the clipboard, and say so."""
    said = translate("Asking", "Copied. Paste it into your message.")
    text = partial(message_text, desk.database, hold, kind, side)
    desk.read(text, partial(put_on_clipboard, desk, said))


def put_on_clipboard(desk: Desk, said: str, text: str) -> None:
    """Put *text* on the clipboard, and say *said*."""
    QGuiApplication.clipboard().setText(text)
    desk.said.emit(said)
