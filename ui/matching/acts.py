"""What is done about a donor on the Match page: hold her milk, set her aside, decide about a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import CountedPart
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.matching import ranking as matching
from coordinator.services.suitability import overruling
from ui.desk import Desk
from ui.matching.decide_form import DecideOnceForm
from ui.matching.found import Found
from ui.matching.overrule_form import OverruleForm
from ui.matching.reason_list import Told
from ui.widgets.fields.form_dialog import FormDialog


class MatchActs(QObject):
    """Acts for the family on screen; *settled* returns it, or nothing while another is still looked for.

    ``held(code)`` when milk is on hold, ``refused(sentence)`` when it is not.
    """

    held = Signal(str)
    refused = Signal(str)

    def __init__(self, desk: Desk, settled: Callable[[], Found | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._settled, self._window = desk, settled, parent
        self.form: OverruleForm | None = None
        self.decide_form: DecideOnceForm | None = None

    def hold(
        self, lot: Lot, volume: Volume | None, bags: int | None, only_from: date | CountedPart | None
    ) -> None:
        """Hold milk of *lot* for the family."""
        found = self._settled()
        if found is None:
            return
        work = partial(
            hold_milk,
            self._desk.database,
            found.code,
            lot.code,
            volume or Volume(),
            self._desk.today(),
            bags=bags,
            only_from=only_from,
        )
        self._desk.write(work, partial(self._held, found.ranking.seeker.name), failed=self.refused.emit)

    def _held(self, family: str, code: str) -> None:
        self.held.emit(code)
        words = self.tr(
            "Held for {family}: nobody else is offered this milk now. Ask the donor and the family."
        )
        self._desk.said.emit(words.format(family=family))

    def set_aside(self, donor: object) -> None:
        """Suggest *donor* no more for the family."""
        found = self._settled()
        if donor is None or found is None:
            return
        match = found.match(donor)
        said = self.tr("{name} is not suggested for this family any more.")
        self._desk.write(
            partial(matching.set_aside, self._desk.database, found.code, str(donor)),
            said=said.format(name=match.name if match is not None else donor),
        )

    def overrule(self, told: Told) -> None:
        """Ask who decided otherwise."""
        if self._settled() is not None:
            self.form = OverruleForm(self._desk, told, self._window)
            self._open(self.form)

    def decide(self, told: Told) -> None:
        """Ask who decided it for every donor."""
        if self._settled() is not None and told.offered:
            self.decide_form = DecideOnceForm(self._desk, told.offered, told.reason.text, self._window)
            self._open(self.decide_form)

    def take_back(self, overruling_id: int) -> None:
        """Let a reason stand again that was overruled."""
        self._desk.write(
            partial(overruling.take_back, self._desk.database, overruling_id),
            said=self.tr("Taken back: the reason stands again. Undo brings the decision back."),
        )

    def _open(self, form: FormDialog) -> None:
        form.finished.connect(self._on_form_closed)
        form.show_at_its_size()

    def _on_form_closed(self) -> None:
        self.form = self.decide_form = None
