"""The standing pairs of a family or donor in its pane, each with its next day, and a way to make one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.renewals import Renewal
from coordinator.services.agreements import standing_pairs as service
from coordinator.services.agreements.standing_offers import StandingOffer, offer_for
from ui.cases.standing_dialog import StandingDialog, about_offer
from ui.cases.standing_steps import both_say_yes, standing_steps
from ui.desk import Desk
from ui.theme import SPACE, set_role
from ui.translation import translate
from ui.widgets.rows import Row, Rows, left_aligned


@dataclass(frozen=True)
class _Found:
    """What a pane shows."""

    pairs: tuple[Renewal, ...]
    offer: StandingOffer | None


class StandingList(QWidget):
    """Not there while there is neither a pair nor milk that one could be made of."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._found = _Found((), None)
        self.rows = Rows("")
        self.make_button = QPushButton()
        self.make_button.clicked.connect(self._make)
        self._make_holder = left_aligned(self.make_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(self.rows)
        layout.addWidget(self._make_holder)
        desk.display.changed.connect(self._show)
        self.hide()

    def show_code(self, code: str) -> None:
        """Read the pairs of the family or donor with *code*, and show them."""
        if code != self._code:
            self._code = code
            self.hide()  # nobody else's pair stands there meanwhile
        database, today = self._desk.database, self._desk.today()

        def read() -> _Found:
            pairs = service.renewals(database, today, of=code)
            return _Found(pairs, offer_for(database, code, today))

        self._desk.read(read, partial(self._take, code))

    def _take(self, code: str, found: _Found) -> None:
        if code == self._code:
            self._found = found
            self._show()

    def _show(self) -> None:
        found = self._found
        self.rows.set_rows([standing_row(self._desk, one, self) for one in found.pairs])
        self.rows.setVisible(bool(found.pairs))
        if found.offer is not None:
            offer = found.offer
            words = self.tr("Make {donor} and {family} a standing pair…")
            words = words.format(donor=offer.donor_name, family=offer.recipient_name)
            self.make_button.setText(self.tr("Make this a standing pair…"))
            self.make_button.setAccessibleName(words)
            self.make_button.setToolTip(words)
        self._make_holder.setVisible(found.offer is not None)
        self.setVisible(bool(found.pairs) or found.offer is not None)

    def _make(self) -> None:
        offer = self._found.offer
        if offer is not None:
            StandingDialog(self._desk, about_offer(offer), offer.agreed, self.window()).open()


def standing_row(desk: Desk, one: Renewal, parent: QWidget) -> Row:
    """Return a pair as a row: what was agreed, its next day, one button, and a menu with the rest."""
    pair, unit = one.pair, desk.display.volume_unit
    words = str(one.words(unit))
    sentence = words[:1].upper() + words[1:]
    row = Row(
        f"{pair.donor_name} → {pair.recipient_name}",
        (str(pair.agreed.words(unit)), sentence),
        code=pair.code,
    )
    step, match = one.next, partial(desk.page_wanted.emit, "matching", pair.recipient_code)
    if step.act is Act.RENEW and step.on is not None:
        called = translate("Standing", "Both say yes: {code}").format(code=pair.code)
        yes = row.add_button(str(step.words), called)
        set_role(yes, "main")
        yes.clicked.connect(partial(both_say_yes, desk, pair.code, step.on))
    elif step.act is Act.FIND_MILK:
        called = translate("Standing", "Open {code} on Match").format(code=step.code)
        look = row.add_button(translate("Standing", "See what is asked"), called)
        look.clicked.connect(lambda *_: match())
    called = translate("Standing", "More about the standing pair {code}").format(code=pair.code)
    more = row.add_button(translate("Standing", "More"), called)
    menu = QMenu(more)
    for entry, slot in standing_steps(desk, one, parent):
        menu.addAction(entry, slot)
    more.setMenu(menu)
    return row


def pairs_of(renewals: Sequence[Renewal], code: str) -> list[Renewal]:
    """Return those of *renewals* that are about the family or donor with *code*."""
    return [one for one in renewals if code in {one.pair.donor_code, one.pair.recipient_code}]
