"""What is asked before something about two families is written down: lending, pausing, going on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.lending import Lending, Lent, LentBy, Thing
from coordinator.domain.plausible import MOST_COUNTED
from coordinator.services.agreements import pair_changes
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField


@dataclass(frozen=True)
class Codes:
    """The two a form is about."""

    donor: str
    recipient: str


class LendForm(FormDialog):
    """Who lent what on which day."""

    def __init__(self, desk: Desk, codes: Codes, parent: QWidget | None = None) -> None:
        title = translate("Pair", "Something lent")
        super().__init__(desk, title, translate("Pair", "Note it"), parent)
        self._codes = codes
        self.thing = ChoiceField([(one, str(one.words)) for one in Thing])
        self.count = NumberField(1, MOST_COUNTED)
        self.lent_by = ChoiceField([(one, str(one.words)) for one in LentBy])
        self.on = DateField(desk.today)
        self.note = LineField()
        self.add(self.tr("What"), self.thing)
        self.add(self.tr("How many"), self.count)
        self.add(self.tr("Lent by"), self.lent_by)
        self.add(self.tr("On"), self.on)
        self.add(self.tr("Whose, or a note"), self.note)
        self.say(
            self.tr("Empty bags by the family count as given to the donor for hers, not as lent."), "quiet"
        )
        self.thing.set_value(Thing.COOLER)
        self.count.set_value(1)
        self.lent_by.set_value(LentBy.OTHERS)
        self.on.set_value(desk.today())

    def work(self) -> Callable[[], object]:
        """Return what writes it down."""
        desk, codes = self._desk, self._codes
        what = Lending(
            self.lent_by.value,
            self.thing.value,
            int(self.count.value or 0),
            self.on.value or desk.today(),
            self.note.typed(),
        )
        return partial(pair_changes.lend, desk.database, codes.donor, codes.recipient, what, desk.today())


class BackForm(FormDialog):
    """How many of what was lent came back, and when."""

    def __init__(self, desk: Desk, lent: Lent, parent: QWidget | None = None) -> None:
        super().__init__(desk, translate("Pair", "Back again"), translate("Pair", "It is back"), parent)
        self._lent = lent
        self.count = NumberField(1, MOST_COUNTED)
        self.on = DateField(desk.today)
        words = str(lent.words)
        self.say(words[:1].upper() + words[1:])
        self.add(self.tr("How many"), self.count)
        self.add(self.tr("On"), self.on)
        self.count.set_value(lent.count)
        self.on.set_value(desk.today())

    def work(self) -> Callable[[], object]:
        """Return what writes it down."""
        desk = self._desk
        on, count = self.on.value or desk.today(), int(self.count.value or 0)
        return partial(pair_changes.give_back, desk.database, self._lent.id, on, desk.today(), count=count)


class PauseForm(FormDialog):
    """Why no more milk is proposed for the two."""

    def __init__(self, desk: Desk, codes: Codes, parent: QWidget | None = None) -> None:
        super().__init__(desk, translate("Pair", "Pause the pair"), translate("Pair", "Pause"), parent)
        self._codes = codes
        self.reason = LineField()
        self.say(self.tr("No milk is proposed for the two until you resume it. What is held stays held."))
        self.add(self.tr("Why (private)"), self.reason)

    def work(self) -> Callable[[], object]:
        """Return what writes it down."""
        codes, today = self._codes, self._desk.today()
        return partial(
            pair_changes.pause_pair,
            self._desk.database,
            codes.donor,
            codes.recipient,
            self.reason.typed(),
            today,
        )


class ResumeForm(FormDialog):
    """What has changed, such as what the clinician said."""

    def __init__(self, desk: Desk, codes: Codes, parent: QWidget | None = None) -> None:
        super().__init__(desk, translate("Pair", "Resume the pair"), translate("Pair", "Resume"), parent)
        self._codes = codes
        self.why = LineField()
        self.say(self.tr("Milk may be proposed for the two again. Say what has changed."))
        self.add(self.tr("Why (private)"), self.why)

    def work(self) -> Callable[[], object]:
        """Return what writes it down."""
        codes, today = self._codes, self._desk.today()
        return partial(
            pair_changes.resume_pair,
            self._desk.database,
            codes.donor,
            codes.recipient,
            self.why.typed(),
            today,
        )
