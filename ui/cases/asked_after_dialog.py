"""How a family was after its milk: what to ask, and what it said; an answer that worries pauses the pair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.domain.agreements.asked_after import Answers, Signs, Taste, Tolerated
from coordinator.domain.agreements.asking_after_words import ASK_CLINICIAN, WHAT_TO_ASK
from coordinator.errors import UserError
from coordinator.services.agreements import asking
from coordinator.services.families.recipients import recipient
from ui.desk import Desk
from ui.theme import set_role
from ui.translation import translate
from ui.widgets.fields.edit_field import TextField
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import left_aligned, text_label


class AskedAfterDialog(FormDialog):
    """Reads the question, takes the answers. Nothing chosen is nothing said; she may save that she asked.

    With *donor* it is about her milk alone. *name* is the family's, as it is spoken of.
    """

    def __init__(
        self,
        desk: Desk,
        code: str,
        question: str,
        donor: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        super().__init__(
            desk,
            translate("AskedAfter", "How is it going with the milk? {code}").format(code=code),
            translate("AskedAfter", "Save what was said"),
            parent,
        )
        self._code, self._donor, self._question = code, donor, question
        self._name = name or code
        not_said = (None, self.tr("not said"))
        self.tolerated = ChoiceField([not_said, *((one, _capital(one.words)) for one in Tolerated)])
        self.taste = ChoiceField([not_said, *((one, _capital(one.words)) for one in Taste)])
        self.signs = ChoiceField([not_said, *((one, _capital(one.words)) for one in Signs)])
        self.note = TextField(lines=2, hint=self.tr("in the family’s words, for your eyes"))
        if question:
            self.say(question)
            self.copy_button = QPushButton(self.tr("Copy the question"), autoDefault=False)
            self.copy_button.clicked.connect(self._copy)
            self.form.add_widget(left_aligned(self.copy_button))
        self.add(self.tr("The baby takes it"), self.tolerated)
        self.add(self.tr("Taste"), self.taste)
        self.add(self.tr("Signs"), self.signs)
        self.add(self.tr("Notes"), self.note)
        self.worry = text_label("")
        set_role(self.worry, "ask")
        self.worry.hide()
        self.add_below(self.worry)
        for field in (self.tolerated, self.taste, self.signs):
            field.edited.connect(self._tell)

    @property
    def answers(self) -> Answers:
        """What is chosen and typed."""
        said = Answers(self.tolerated.value, self.taste.value, self.signs.value)
        return Answers(said.tolerated, said.taste, said.signs, self.note.typed().strip())

    def work(self) -> Callable[[], object]:
        """Return what writes it down; what was done is said once it is."""
        answers = self.answers
        self.said = self.tr("Noted. {family} is paused with her donor until its clinician was asked.").format(
            family=self._name
        )
        if not answers.worries:
            self.said = self.tr("Noted how it goes with the milk of {family}.").format(family=self._name)
        return partial(
            asking.record_asked_after,
            self._desk.database,
            self._code,
            self._desk.today(),
            answers=answers,
            donor=self._donor,
        )

    def _tell(self, _: object) -> None:
        worries = self.answers.worries
        read = self.tr("Read this to the family: “{words}” No more milk of this donor is proposed for it.")
        self.worry.setText(read.format(words=ASK_CLINICIAN) if worries else "")
        self.worry.setVisible(worries)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._question)
        self._desk.said.emit(self.tr("Copied. Paste it into your message."))


def ask_after(desk: Desk, code: str, parent: QWidget, donor: str = "") -> None:
    """Open the answers of the family with *code*, with the question to read aloud if one is due."""
    database, today = desk.database, desk.today()

    def look() -> tuple[str, str]:
        name = recipient(database, code, today).household.name
        try:
            return name, asking.asked_after_text(database, code, today)
        except UserError:
            return name, str(WHAT_TO_ASK)  # nothing is due: a family may ring by itself

    def show(found: tuple[str, str]) -> None:
        name, question = found
        AskedAfterDialog(desk, code, question, donor, parent.window(), name=name).show_at_its_size(90)

    desk.read(look, show)


def _capital(words: object) -> str:
    said = str(words)
    return said[:1].upper() + said[1:]
