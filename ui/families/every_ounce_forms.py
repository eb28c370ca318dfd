"""What is asked before milk is written down as gone another way, or as used at a family's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.milk.fates import Fate, ToldFate, Used
from coordinator.domain.plausible import MOST_COUNTED
from coordinator.domain.volume import Volume
from coordinator.services.milk import fates, used
from ui.desk import Desk
from ui.translation import translate
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField, DateField, NumberField, VolumeField


class FateForm(FormDialog):
    """What became of milk of a lot that no family got: how much, when, why; *there* is what is free of it.

    Without an amount it is all of it, once that was said and the main button pressed again.

    *left_by* is the hold that left it with a volunteer, if one did.
    """

    def __init__(
        self, desk: Desk, lot: str, there: Volume, parent: QWidget | None = None, *, left_by: str = ""
    ) -> None:
        title = translate("EveryOunce", "What became of it")
        super().__init__(desk, title, translate("EveryOunce", "Note it"), parent)
        self._lot, self._there, self._left_by, self._is_asked = lot, there, left_by, False
        self.fate = ChoiceField([(one, str(one.words)) for one in Fate])
        self.volume = VolumeField(desk.display)
        self.bags = NumberField(1, MOST_COUNTED)
        self.on = DateField(desk.today)
        self.why = LineField()
        self.bank = LineField()
        words = (
            self.tr(
                "{amount} of {lot} are with the volunteer. No amount means all of it; that is asked first."
            )
            if left_by
            else self.tr("{amount} of {lot} are free. No amount means all of it; that is asked first.")
        )
        self.say(words.format(amount=desk.display.volume(there), lot=lot))
        self.add(self.tr("What became of it"), self.fate)
        self.add(self.tr("How much"), self.volume)
        self.add(self.tr("Bags, if counted"), self.bags)
        self.add(self.tr("On"), self.on)
        self.add(self.tr("Why (private)"), self.why)
        self.add(self.tr("Which milk bank"), self.bank)
        self.say(self.tr("Ctrl+Z takes it back."), "quiet")
        self.fate.set_value(Fate.KEPT)
        self.on.set_value(desk.today())
        self.volume.line.textChanged.connect(self._ask_anew)

    def work(self) -> Callable[[], object]:
        """Return what writes it down; without an amount say first how much that is."""
        desk = self._desk
        bags, volume = self.bags.value, self.volume.value
        if volume is None and self._there:
            self._ask_all()
            volume = self._there
        told = ToldFate(
            self.fate.value,
            volume,
            self.on.value or desk.today(),
            None if bags is None else int(bags),
            self.why.typed(),
            self.bank.typed(),
        )
        return partial(fates.tell_fate, desk.database, self._lot, told, desk.today(), left_by=self._left_by)

    def _ask_all(self) -> None:
        """Ask once whether it is all that is free.

        Raises:
            NotUnderstoodError: With the question, if it was not asked yet.
        """
        if self._is_asked:
            return
        self._is_asked = True
        all_of_it = self.tr("Note all {amount}").format(amount=self._desk.display.volume(self._there))
        self._name_button(all_of_it)
        words = self.tr("No amount is typed: all {amount} of {lot}? Then press “{button}”.")
        amount = self._desk.display.volume(self._there)
        raise NotUnderstoodError(words.format(amount=amount, lot=self._lot, button=all_of_it))

    def _ask_anew(self) -> None:
        """Forget the question once an amount is typed."""
        if self._is_asked:
            self._is_asked = False
            self._name_button(translate("EveryOunce", "Note it"))
            self.problem.hide()

    def _name_button(self, words: str) -> None:
        self.save_button.setText(words)
        self.save_button.setAccessibleName(words)


def ask_used(desk: Desk, code: str, name: str, parent: QWidget) -> None:
    """Ask what the family *code* did with milk it had at home."""
    UsedForm(desk, code, name, parent).show_at_its_size()


class UsedForm(FormDialog):
    """What a family did with milk it had at home: its stock follows, and what was delivered stays."""

    def __init__(self, desk: Desk, code: str, name: str, parent: QWidget | None = None) -> None:
        title = translate("EveryOunce", "Milk used at home")
        super().__init__(desk, title, translate("EveryOunce", "Note it"), parent)
        self._code = code
        self.how = ChoiceField([(one, str(one.words)) for one in Used])
        self.volume = VolumeField(desk.display)
        self.on = DateField(desk.today)
        self.note = LineField()
        self.say(self.tr("What did {name} do with milk at home?").format(name=name))
        self.add(self.tr("The milk was"), self.how)
        self.add(self.tr("How much"), self.volume)
        self.add(self.tr("On"), self.on)
        self.add(self.tr("Note"), self.note)
        self.say(
            self.tr(
                "What was spilled or thrown out comes off the milk at home. What was fed counts where it is "
                "more than expected. Ctrl+Z takes it back."
            ),
            "quiet",
        )
        self.how.set_value(Used.SPILLED)
        self.on.set_value(desk.today())

    def work(self) -> Callable[[], object]:
        """Return what writes it down."""
        desk = self._desk
        volume, on = self.volume.value or Volume(), self.on.value or desk.today()
        return partial(
            used.tell_used,
            desk.database,
            self._code,
            self.how.value,
            volume,
            on,
            desk.today(),
            note=self.note.typed(),
        )
