"""Milk left in the car that another family near by takes the same day: to whom, and how much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements.passing_on import NearBy, near_by, pass_on
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField, VolumeField

_MOST = 30
"""More families than anybody would ring for one bag in a car."""


def ask_whom(desk: Desk, one: LeftBehind, beside: QWidget) -> None:
    """Look who could take what was left behind, and ask which of them does."""

    def show(found: Sequence[NearBy]) -> None:
        if found:
            PassOnForm(desk, one, found, beside.window()).show_at_its_size()
        else:
            words = translate("LeftBehind", "No other family could take milk of {lot}; it is free again.")
            desk.said.emit(words.format(lot=one.lot_code))

    desk.read(lambda: near_by(desk.database, one.hold_code, desk.today()), show)


class PassOnForm(FormDialog):
    """The families are those for whom the milk is no misfit: those a call away first, then by distance."""

    def __init__(
        self, desk: Desk, one: LeftBehind, found: Sequence[NearBy], parent: QWidget | None = None
    ) -> None:
        title = translate("LeftBehind", "To another family")
        super().__init__(desk, title, translate("LeftBehind", "Both said yes: plan it"), parent)
        self._one = one
        self.family = ChoiceField([(near.code, self._words(near)) for near in found[:_MOST]])
        self.volume = VolumeField(desk.display)
        words = self.tr(
            "{donor}’s milk that was left for {family}: who takes it the same day? Ring the donor and the "
            "family first: both yeses are noted, and a run of its own is planned."
        )
        self.say(words.format(donor=one.donor_name, family=one.recipient_name))
        self.add(self.tr("To"), self.family)
        self.add(self.tr("How much"), self.volume)
        self.say(self.tr("Settle that run when it is there. Ctrl+Z takes it back."), "quiet")
        self.family.set_value(found[0].code)
        self.volume.set_value(one.at_hand)
        self.said = self.tr("Planned what {hold} left behind for another family.").format(hold=one.hold_code)

    def work(self) -> Callable[[], object]:
        """Return what plans it."""
        desk = self._desk
        return partial(
            pass_on,
            desk.database,
            self._one.hold_code,
            self.family.value,
            desk.today(),
            volume=self.volume.value,
        )

    def _words(self, near: NearBy) -> str:
        far = self.tr("place not known")
        if near.miles is not None:
            far = self._desk.display.distance(near.miles, exact=False)
        words = self.tr("{name} · {far} · {standing}")
        return words.format(name=near.name, far=far, standing=near.standing.words)
