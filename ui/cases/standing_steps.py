"""What can be done about the next day of a standing pair: one button, and the rest of its menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.agreements.rhythms import day_words
from coordinator.domain.agreements.standing_pairs import StandingState
from coordinator.services.agreements import renewing, standing_pairs
from ui.cases.standing_dialog import About, StandingDialog, about_offer
from ui.desk import Desk
from ui.translation import translate

Choice = tuple[str, Callable[[], object]]
"""A menu entry: its words and what it does."""


def both_say_yes(desk: Desk, pair: str, on: date) -> None:
    """Note both yeses to one day; its milk is held and agreed, as one step."""
    said = translate("Standing", "Both said yes to {day}; its milk is agreed.").format(day=day_words(on))
    desk.write(partial(renewing.renew, desk.database, pair, on, desk.today()), said=said)


def standing_steps(desk: Desk, one: Renewal, parent: QWidget) -> list[Choice]:
    """Return what else can be done about a pair, beside its one button."""
    pair, on, found = one.pair, one.on, list[Choice]()
    is_asked = on is not None and one.proposal is not None and one.proposal.is_possible
    if is_asked and on is not None:
        found += _asking(desk, one, on, parent)
    if on is not None and pair.state is StandingState.ACTIVE:
        skip = translate("Standing", "Skip {day}").format(day=day_words(on))
        work = partial(standing_pairs.skip_day, desk.database, pair.code, on, desk.today())
        found.append((skip, partial(desk.write, work)))
    found += _bringing_back(desk, one)
    both = partial(desk.pair_wanted.emit, pair.donor_code, pair.recipient_code)
    found.append((translate("Standing", "What passed between the two…"), both))
    change = partial(change_pair, desk, one, parent)
    found.append((translate("Standing", "Change the standing pair…"), change))
    is_paused = pair.state is StandingState.PAUSED
    going = standing_pairs.resume_standing if is_paused else standing_pairs.pause_standing
    words = translate("Standing", "Go on") if is_paused else translate("Standing", "Pause the pair")
    found.append((words, partial(desk.write, partial(going, desk.database, pair.code, desk.today()))))
    end = partial(standing_pairs.end_standing, desk.database, pair.code, desk.today())
    found.append((translate("Standing", "End the pair"), partial(desk.write, end)))
    return found


def _asking(desk: Desk, one: Renewal, on: date, parent: QWidget) -> list[Choice]:
    code, found = one.pair.code, list[Choice]()
    if one.proposal is not None and one.proposal.is_ready:
        hold = partial(renewing.hold_for_day, desk.database, code, on, desk.today())
        found.append((translate("Standing", "Hold it and ask"), partial(desk.write, hold)))
    else:
        all_the_same = partial(hold_all_the_same, desk, one, parent)
        found.append((translate("Standing", "Hold it all the same…"), all_the_same))
    for side, words in (
        (Side.DONOR, translate("Standing", "Copy the question to the donor")),
        (Side.FAMILY, translate("Standing", "Copy the question to the family")),
    ):
        text = partial(renewing.renewal_text, desk.database, code, on, side, desk.today())
        found.append((words, partial(desk.read, text, partial(_copied, desk))))
    return found


def _bringing_back(desk: Desk, one: Renewal) -> list[Choice]:
    """Return the days to come that were skipped, to be asked about again."""
    words, found = translate("Standing", "Bring {day} back"), list[Choice]()
    for on in sorted(day for day in one.pair.skipped if day >= desk.today()):
        work = partial(standing_pairs.bring_day_back, desk.database, one.pair.code, on, desk.today())
        found.append((words.format(day=day_words(on)), partial(desk.write, work)))
    return found


def hold_all_the_same(desk: Desk, one: Renewal, parent: QWidget) -> None:
    """Say what is to be asked first, and hold the milk once she says so; both are asked as ever."""
    if one.proposal is None or one.on is None:
        return
    asked = translate("Standing", "{whom}: {question}")
    asks = [asked.format(whom=ask.whom.words, question=ask.question) for ask in one.proposal.standing.asks]
    box = QMessageBox(parent.window())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("Standing", "Not ready"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    words = translate("Standing", "{standing}. Hold the milk for {day} all the same? Both are still asked.")
    standing = one.proposal.standing.words
    box.setText(words.format(standing=standing, day=day_words(one.on)))
    box.setInformativeText("\n".join(asks))
    yes = box.addButton(translate("Standing", "Hold it"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    hold = partial(renewing.hold_for_day, desk.database, one.pair.code, one.on, desk.today(), is_said=True)
    yes.clicked.connect(lambda *_: desk.write(hold))
    box.open()


def change_pair(desk: Desk, one: Renewal, parent: QWidget) -> None:
    """Open the dialog with what the two agreed on."""
    pair = one.pair
    about = About(pair.donor_code, pair.donor_name, pair.recipient_code, pair.recipient_name, pair.code)
    StandingDialog(desk, about, pair.agreed, parent.window()).open()


def make_pair(desk: Desk, hold: str, parent: QWidget) -> None:
    """Open the dialog that makes the two families of a hold a standing pair, with the same as last time."""
    from coordinator.services.agreements.standing_offers import StandingOffer, offer_after  # noqa: PLC0415

    def show(offer: StandingOffer | None) -> None:
        if offer is None:
            desk.said.emit(translate("Standing", "These two are a standing pair already."))
        else:
            StandingDialog(desk, about_offer(offer), offer.agreed, parent.window()).open()

    desk.read(partial(offer_after, desk.database, hold, desk.today()), show)


def _copied(desk: Desk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.said.emit(translate("Standing", "Copied. Paste it into your message."))
