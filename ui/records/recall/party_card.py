"""The home that is rung now: how to reach it, what came of the call, its hand-overs, and what to say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.records.recall import MilkGiven, NotGiven, Recall
from coordinator.domain.records.recall_script import CallScript
from coordinator.domain.records.recall_work import Contact, Party, PartyKind, RecallWork, Told
from coordinator.domain.volume import Volume
from coordinator.services.paper.recall_papers import call_script
from ui.desk import Desk
from ui.families.call_card import OfFamily, family_reader
from ui.families.reach_lines import ReachLines
from ui.records.recall.call_part import CallPart
from ui.records.recall.party_columns import contact_words
from ui.records.recall.words import days_words
from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Rows, text_label


class PartyCard(QWidget):
    """One of those to ring; ``call`` is where it is noted. *keys_in* is where its letters work."""

    def __init__(self, desk: Desk, keys_in: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._party: Party | None = None
        self.name = text_label("", "heading")
        self.code = text_label("", "quiet")
        self.read_first = text_label("", "ask")
        self.reach = ReachLines(desk)
        self.phone = text_label("", "strong")
        self.call = CallPart(desk, keys_in)
        self.sums = text_label("", "strong")
        self.noted = Rows(self.tr("Nobody has rung yet."), apart=SPACE_SMALL)
        self.came = Rows(self.tr("Nothing of it any more."), apart=SPACE_SMALL)
        self.what_came = text_label("", "strong")
        self.script = Rows("", apart=SPACE_SMALL)
        self._script_of: object = None
        self._lay_out()

    @property
    def code_shown(self) -> str:
        """The code of whom the card is about."""
        return "" if self._party is None else self._party.who

    def show_party(self, work: RecallWork, party: Party) -> None:
        """Show *party* of the recall *work*; what is being typed stays where it is the same."""
        is_other = party.who != self.code_shown
        self._party = party
        self.name.setText(party.name)
        self.code.setText(party.who)
        self.read_first.setText(self.tr("Read before you ring: {words}").format(words=party.read_first))
        self.read_first.setVisible(bool(party.read_first))
        self.call.show_party(party)
        self.sums.setText(self._sums(party))
        self.noted.set_rows([text_label(words) for words in self._noted(party)])
        is_family = party.kind is PartyKind.FAMILY
        self.what_came.setText(self.tr("What came") if is_family else self.tr("What lies there"))
        self.came.set_rows([text_label(words) for words in self._came(work.recall, party)])
        self._read_script(work, party)
        if is_other:
            self._show_phone(party)
            self._desk.runner.run(
                family_reader(self._desk, party.who), self._show_reach, partial(self._miss, party.who)
            )

    def _read_script(self, work: RecallWork, party: Party) -> None:
        """Read what to say, again where there is other milk to speak of."""
        speaks_of = (work.code, party.who, party.home, party.not_given)
        if speaks_of == self._script_of:
            return
        self._script_of = speaks_of
        read = partial(call_script, self._desk.database, work.code, party.who, self._desk.today())
        self._desk.runner.run(read, self._show_script, lambda _: None)

    def _show_script(self, found: CallScript) -> None:
        if found.who != self.code_shown:
            return
        rows: list[QWidget] = []
        for part in found.parts:
            rows.append(text_label(str(part.heading), "small"))
            rows += [text_label(str(line)) for line in part.lines]
        rows += [text_label(str(line), "small") for line in (found.source.review, found.source.line)]
        self.script.set_rows(rows)

    def _show_phone(self, party: Party) -> None:
        """Show the number the recall has, until the family is read; it stays where there is none any more."""
        self.reach.hide()
        phone = national_phone(party.phone) if party.phone else self.tr("No phone number yet.")
        self.phone.setText(phone)
        self.phone.show()

    def _show_reach(self, record: OfFamily) -> None:
        if record.code != self.code_shown:
            return
        self.reach.show_household(record.household)
        self.reach.show()
        self.phone.hide()

    def _miss(self, who: str, error: Exception) -> None:
        """Leave the number that the recall has: the family was removed or forgotten since."""

    def _sums(self, party: Party) -> str:
        amount = self._desk.display.volume
        if not party.open:
            words = self.tr("All {due} answered for")
            if party.set_aside:
                words = self.tr("All {due} answered for, {apart} of it set aside")
        elif party.answered:
            words = self.tr("{open} of {due} not answered for yet")
        else:
            words = self.tr("{due} to answer for")
        return words.format(due=amount(party.due), open=amount(party.open), apart=amount(party.set_aside))

    def _noted(self, party: Party) -> Iterator[str]:
        """Yield what was noted, the answers first, the latest of each on top."""
        for one in reversed(party.told):
            yield self._told_words(one)
        for contact in reversed(party.contacts):
            yield self._contact_words(contact)

    def _told_words(self, one: Told) -> str:
        words = self.tr("{amount} {became}").format(
            amount=self._desk.display.volume(one.volume), became=one.became.words
        )
        return " · ".join(part for part in (words, show_date(one.on), one.note) if part)

    def _contact_words(self, contact: Contact) -> str:
        on = contact.at.astimezone().date()
        day = "" if on == self._desk.today() else show_date(on)
        return " · ".join(part for part in (day, contact_words(contact), contact.note) if part)

    def _came(self, recall: Recall, party: Party) -> Iterator[str]:
        if party.home is not None:
            for given in party.home.given:
                yield self._given_words(recall, party, given)
        for waiting in party.not_given:
            yield self._waiting_words(waiting)

    def _left_words(self, left: Volume | None) -> str:
        if left is None:
            return self.tr("ask what is left")
        return self.tr("at most {amount} left").format(amount=self._desk.display.volume(left))

    def _given_words(self, recall: Recall, party: Party, one: MilkGiven) -> str:
        amount = self._desk.display.volume
        left = recall.left_of(one)
        parts = (
            show_date(one.on),
            self.tr("{amount} of {lot}").format(amount=amount(one.volume), lot=one.lot_code),
            self.tr("{count} bags").format(count=one.bags) if one.bags else "",
            days_words(one.pumped),
            self._left_words(left) if not party.told else "",
            self.tr("received by {who}").format(who=one.received_by) if one.received_by else "",
        )
        return " · ".join(part for part in parts if part)

    def _waiting_words(self, one: NotGiven) -> str:
        words = self.tr("{amount} of {lot}, not promised")
        if one.driver_code:
            words = self.tr("{amount} of {lot}, left with {driver} by {pickup}")
        elif one.pickup_code:
            words = self.tr("{amount} of {lot}, on its way to {family} with {pickup}")
        elif one.hold_code:
            words = self.tr("{amount} of {lot}, promised to {family}")
        return words.format(
            amount=self._desk.display.volume(one.volume),
            lot=one.lot_code,
            family=one.recipient_name or one.recipient_code,
            driver=one.driver_code,
            pickup=one.pickup_code,
        )

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.addWidget(self.name, stretch=1)
        about.addWidget(self.code)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(about)
        for widget in (self.read_first, self.phone, self.reach, self.sums, self.call):
            layout.addWidget(widget)
        for heading, rows in (
            (text_label(self.tr("Noted"), "strong"), self.noted),
            (self.what_came, self.came),
            (text_label(self.tr("What to say"), "strong"), self.script),
        ):
            layout.addWidget(heading)
            layout.addWidget(rows)
        layout.addStretch(1)
