"""Where a donor stands: her state, what is still missing under the policy, pauses and signatures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.verdicts import Basis
from coordinator.domain.screening.call_list import Screening
from coordinator.domain.screening.checklist import FIRST_CONTACT, SIGN_OFFS, ChecklistItem, ItemState
from coordinator.domain.screening.donors import Donor
from coordinator.services.families import households
from coordinator.services.policies.profiles import policy_now
from coordinator.services.screening import facts
from ui import theme
from ui.desk import Desk
from ui.donors.pausing import PausePart
from ui.donors.signing import SignPart
from ui.donors.states import STATE_ICONS, state_word
from ui.families.profile_form import ProfileForm
from ui.icons import icon
from ui.policies.further import FurtherDialog
from ui.theme import SPACE
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.label import Label
from ui.widgets.rows import Row, Rows, text_label


class ScreeningPanel(QWidget):
    """The checklist proposes, the coordinator decides; what is answered stands among the answers below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: tuple[str, Screening] | None = None
        self._mark = Label()
        self.state = text_label("", "strong")
        self.proposal = text_label("", "quiet")
        self.accept = QPushButton()
        self.form = StateForm(desk)
        self.answered = text_label("", "quiet")
        self.besides = QPushButton(self.tr("Ask besides…"), autoDefault=False)
        self.besides.setAccessibleName(self.tr("Questions to ask besides, each with its source"))
        self.further: QDialog | None = None
        self.items = Rows(self.tr("Nothing is missing."))
        self.signing = SignPart(desk)
        self.pausing = PausePart(desk)
        self._lay_out()
        self.accept.clicked.connect(self._accept)
        self.besides.clicked.connect(self._read_besides)
        theme.THEME.changed.connect(self._draw_mark)

    def show_donor(self, donor: Donor) -> None:
        """Show where *donor* stands."""
        self._code = donor.code
        self.form.show_record(donor.code, donor)
        screening = donor.screening
        if screening is None or (donor.code, screening) == self._shown:
            return
        self._shown = (donor.code, screening)
        self.state.setText(state_word(screening.state, screening.paused_until))
        self._draw_mark()
        self._propose(screening)
        done = len(screening.checklist) - len(screening.open_items)
        words = self.tr("{done} of {count} answered under {policy}")
        asked = words.format(done=done, count=len(screening.checklist), policy=screening.policy_title)
        self.answered.setText(" · ".join(part for part in (asked, _asked_because(screening)) if part))
        self.items.set_rows([*self._plain_questions(screening), *self._rows_of(screening)])
        self.signing.show_screening(donor.code, screening)
        self.pausing.show_screening(donor.code, screening)

    def _propose(self, screening: Screening) -> None:
        proposed = screening.proposed
        self.proposal.setVisible(proposed is not None)
        self.accept.setVisible(proposed is not None)
        if proposed is None:
            return
        ready = self.tr("Nothing is missing any more. You decide.")
        missing = self.tr("Something is missing again. You decide.")
        self.proposal.setText(ready if proposed is DonorState.CAN_OFFER else missing)
        self.accept.setText(self.tr("Set to “{state}”").format(state=state_word(proposed)))
        self.accept.setAccessibleName(self.accept.text())

    def _plain_questions(self, screening: Screening) -> list[Row]:
        """Return one row for all that is not answered and one for all that is not clear."""
        rows = []
        for state, words in (
            (ItemState.MISSING, self.tr("Not answered")),
            (ItemState.NOT_CLEAR, self.tr("Not clear: ask again")),
        ):
            titles = [item.title for item in screening.checklist if item.state is state and _is_plain(item)]
            if titles:
                rows.append(Row(words, [", ".join(titles)]))
        return rows

    def _rows_of(self, screening: Screening) -> list[Row]:
        """Return a row for each thing with a value of its own that is open or runs out."""
        worth = [i for i in screening.checklist if i.state.is_open or i.state is ItemState.RUNS_OUT]
        return [self._row(item) for item in worth if item.topic != SIGN_OFFS and not _is_plain(item)]

    def _row(self, item: ChecklistItem) -> Row:
        # Where a full panel was tested, only how long it counts is still of interest.
        bases = item.bases[-1:] if item.on is not None else item.bases
        row = Row(
            item.title, [self._state_words(item), *(_basis_words(basis, item.title) for basis in bases)]
        )
        if item.topic == FIRST_CONTACT:
            for how, words in (
                (SpokenHow.PHONE, self.tr("Spoke by phone today")),
                (SpokenHow.IN_PERSON, self.tr("Met today")),
            ):
                row.add_button(words).clicked.connect(partial(self._note_talk, how))
        return row

    def _state_words(self, item: ChecklistItem) -> str:
        words = {
            ItemState.RUNS_OUT: self.tr("Runs out on {day}"),
            ItemState.RAN_OUT: self.tr("Ran out on {day}: ask for newer ones"),
            ItemState.NOT_CLEAR: self.tr("Not clear: ask"),
            ItemState.MISSING: self.tr("Not answered"),
            ItemState.ANSWERED: self.tr("Answered"),
        }[item.state]
        if item.topic == FIRST_CONTACT:
            words = self.tr("Nobody has spoken with her yet")
        return words.format(day=show_date(item.on) if item.on else "")

    def _accept(self) -> None:
        if self._shown is None or self._shown[1].proposed is None:
            return
        screening = self._shown[1]
        change = partial(
            households.change_profile,
            self._desk.database,
            self._code,
            "donor_state",
            screening.proposed,
            seen=screening.decided,
        )
        self._desk.write(change)

    def _note_talk(self, how: SpokenHow, *_: object) -> None:
        note = partial(facts.note_first_talk, self._desk.database, self._code, how, self._desk.today())
        self._desk.write(note, said=self.tr("Noted."))

    def _read_besides(self) -> None:
        self._desk.read(partial(policy_now, self._desk.database), self._ask_besides)

    def _ask_besides(self, policy: Policy) -> None:
        """Show what careful programs ask besides; nothing is filled in and nothing is judged by it."""
        self.further = FurtherDialog(policy, self)
        self.further.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.further.open()

    def _draw_mark(self) -> None:
        if self._shown is not None:
            size = self.fontMetrics().height()
            self._mark.setPixmap(icon(STATE_ICONS[self._shown[1].state]).pixmap(size, size))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._mark)
        top.addWidget(self.state, stretch=1)
        proposed = QHBoxLayout()
        proposed.setSpacing(SPACE)
        proposed.addWidget(self.proposal, stretch=1)
        proposed.addWidget(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addLayout(proposed)
        asked = QHBoxLayout()
        asked.setSpacing(SPACE)
        asked.addWidget(self.answered, stretch=1)
        asked.addWidget(self.besides)
        layout.addWidget(self.form)
        layout.addLayout(asked)
        for part in (self.items, self.signing, self.pausing):
            layout.addWidget(part)


class StateForm(ProfileForm):
    """Her state as the coordinator decided it, and why; the words are private."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._decided = DonorState.NEW
        private = self.tr("{state} (private)").format(state=state_word(DonorState.NOT_MATCHING))
        words = {state: state_word(state) for state in DonorState} | {DonorState.NOT_MATCHING: private}
        self.bind("donor_state", self.tr("State"), ChoiceField(tuple(words.items())), _state_of)
        self.bind("state_note", self.tr("Why (private)"), LineField(), lambda donor: donor.state_note)

    def show_record(self, code: str, record: object) -> None:
        """Show the state of a donor."""
        assert isinstance(record, Donor)  # noqa: S101 - for the type checker
        self._decided = record.state
        super().show_record(code, record)

    def _change(self, code: str, key: str, value: object, seen: object) -> Callable[[], None]:
        """Hold the change against what is stored: New and Questions are shown as the answers say."""
        return super()._change(code, key, value, self._decided if key == "donor_state" else seen)


def _state_of(donor: Donor) -> DonorState:
    return donor.screening.without_deferral if donor.screening else donor.state


def _asked_because(screening: Screening) -> str:
    """Return where the list of questions was seen; each value of its own says so in its row."""
    asked = next((b for item in screening.checklist for b in item.bases if b.rule == "questions"), None)
    return _seen(asked) if asked else ""


def _basis_words(basis: Basis, heading: str) -> str:
    title, words = str(RULES[basis.rule].title), str(basis.words)
    value = words if title == heading else f"{title}: {words}"
    return f"{value} · {_seen(basis)}"


def _seen(basis: Basis) -> str:
    return "; ".join(basis.seen_in)


def _is_plain(item: ChecklistItem) -> bool:
    """Whether it is one of the questions, with no value of its own."""
    return all(basis.rule == "questions" for basis in item.bases)


def one_under_the_other(*parts: QWidget) -> QWidget:
    """Return a widget with *parts* from the top down, for one tab."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setSpacing(SPACE)
    for part in parts:
        inner = part.layout()
        if inner is not None:
            inner.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(part)
    layout.addStretch(1)
    return holder
