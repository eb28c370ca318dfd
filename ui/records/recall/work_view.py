"""One recall: whom to ring at the left, the one that is rung now and the map at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from coordinator.domain.records.naming import Names, with_names
from coordinator.domain.records.recall_work import (
    ContactOutcome,
    HoldBack,
    Party,
    RecallWork,
    ToldBack,
)
from coordinator.domain.volume import Volume
from coordinator.services.families import households
from coordinator.services.recall import work as recall_work
from coordinator.services.records import in_names
from ui.desk import Desk
from ui.records.recall.head import RecallHead
from ui.records.recall.homes_map import HomesMap
from ui.records.recall.order import next_to_ring
from ui.records.recall.papers import RecallPapers
from ui.records.recall.party_card import PartyCard
from ui.records.recall.party_columns import PartyRow, party_columns, party_filters
from ui.theme import SPACE
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_TICK_MS = 1000
_WIDE = 10_000
"""Both halves ask for more than there is: they get the same."""
_A_MINUTE = timedelta(minutes=1)
_SPLIT = "splits/recall-work"


@dataclass(frozen=True)
class _Found:
    """What is read for the page in one go."""

    work: RecallWork
    does: HoldBack
    towns: dict[str, str]
    names: Names


class WorkView(QWidget):
    """Rings, notes, closes. ``left`` when all recalls are wanted, or the practice is to end.

    With *is_drill* the desk is one on a copy: the same page, and a band that says so.
    """

    left = Signal()

    def __init__(self, desk: Desk, *, is_drill: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: _Found | None = None
        self._just_noted = ""
        self.code = ""
        self.head = RecallHead(desk, is_drill=is_drill)
        self.model: RowTableModel[PartyRow] = RowTableModel(
            party_columns(desk.display), lambda row: row.party.who
        )
        self.list = ListPane(
            self.model,
            "recall-work",
            title=self.tr("Whom to ring"),
            filters=party_filters(),
            settings=desk.settings,
        )
        self.list.begin_at_first()
        self.list.set_empty(
            self.tr("None of this milk came to a family, and none is promised: nobody is to be rung.")
        )
        self.card = PartyCard(desk, self)
        self.map = HomesMap(desk)
        self.papers = RecallPapers(desk, self)
        self._clock = QTimer(self, interval=_TICK_MS)
        self._lay_out()
        self._connect()

    @property
    def work(self) -> RecallWork | None:
        """The recall on screen, once it is read."""
        return None if self._found is None else self._found.work

    def show_recall(self, code: str) -> None:
        """Show the recall with *code*."""
        if code != self.code:
            self.code, self._found, self._just_noted = code, None, ""
        self._clock.start()
        self.refresh()

    def leave(self) -> None:
        """Let the clock stand."""
        self._clock.stop()
        self.code, self._found = "", None

    def refresh(self) -> None:
        """Read the recall again; whoever is chosen stays chosen."""
        if not self.code:
            return
        self._desk.read(partial(_read, self._desk, self.code), self._show)

    def _show(self, found: _Found) -> None:
        if found.work.code != self.code:
            return
        is_new, self._found = self._found is None, found
        work = found.work
        self.head.show_work(work, found.names, found.does)
        rows = [
            PartyRow(party, place, found.towns.get(party.who, ""))
            for place, party in enumerate(work.parties, start=1)
        ]
        self.model.set_rows(rows)
        self.map.show_rows(rows, is_new=is_new)
        if is_new and rows:
            self._choose(rows[0].party.who)
        elif self._just_noted:
            self.card.call.go_on()
            self._go_on(work)
        self._show_chosen()
        if is_new and self.list.table.hasFocus():
            self._entrance().setFocus()  # it came before anything was read
        self.card.call.setEnabled(not work.is_closed)

    def _go_on(self, work: RecallWork) -> None:
        """Choose whom to ring next, unless the one just reached still has ounces open."""
        party, self._just_noted = work.party(self._just_noted), ""
        if party is not None and party.reached and party.open:
            return
        after = "" if party is None else party.who
        following = next_to_ring(work.parties, after)
        if following is not None:
            self._choose(following.who)
        elif work.may_close and not work.is_closed:
            self.head.close_button.setFocus()
            return
        self.list.table.setFocus()

    def _choose(self, code: str) -> None:
        self.list.table.choose(code)

    def _show_chosen(self, _key: object = None) -> None:
        party = self._chosen()
        self._side.setTabEnabled(0, party is not None)
        if party is None or self._found is None:
            self._scroll.hide()
            self.head.papers.name_chosen("")
            return
        is_other = party.who != self.card.code_shown
        self._scroll.show()
        self.card.show_party(self._found.work, party)
        self.head.papers.name_chosen(party.name)
        self.map.choose(party.who)
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def _chosen(self) -> Party | None:
        key = self.list.table.chosen_key
        return None if self._found is None or key is None else self._found.work.party(str(key))

    def _note_call(self, outcome: ContactOutcome, at: datetime, note: str) -> None:
        party, found, today = self._chosen(), self._found, self._desk.today()
        if party is None or found is None:
            return
        began = found.work.began_at
        if began - at < _A_MINUTE:
            at = max(at, began)  # a time is typed to the minute
        work = partial(recall_work.note_contact, self._desk.database, self.code, party.who, outcome, at, note)
        self.card.call.wait()
        self._desk.write(
            partial(work, today=today), partial(self._noted, party.who), failed=self.card.call.say
        )

    def _note_told(self, became: ToldBack, volume: Volume, note: str) -> None:
        party, today = self._chosen(), self._desk.today()
        if party is None:
            return
        work = partial(recall_work.note_told, self._desk.database, self.code, party.who, became, volume)
        self.card.call.wait()
        self._desk.write(
            partial(work, today, note, today=today),
            partial(self._noted, party.who),
            failed=self.card.call.say,
        )

    def _noted(self, who: str, _answer: object) -> None:
        self._just_noted = who
        self.card.call.clear()

    def _hold_back(self) -> None:
        work = partial(recall_work.hold_back, self._desk.database, self.code, self._desk.today())
        self._desk.write(work, self._say_held_back, failed=self.head.say)

    def _say_held_back(self, done: HoldBack) -> None:
        names = {} if self._found is None else self._found.names
        lines = done.lines(self._desk.display.volume_unit)
        self._desk.said.emit(" ".join(str(with_names(line, names)) for line in lines))
        self.list.table.setFocus()

    def _close(self) -> None:
        found = self._found
        if found is None:
            return
        if not found.work.may_close:
            self.head.refuse(found.work.against_closing(self._desk.display.volume_unit))
            following = next_to_ring(found.work.parties, "")
            if following is not None:
                self._choose(following.who)
                self.list.table.setFocus()
            return
        database = self._desk.database
        work = partial(recall_work.close_recall, database, self.code, database.clock(), self._desk.today())
        said = self.tr("{code} is closed: every ounce is answered for.").format(code=self.code)
        self._desk.write(work, failed=self.head.say, said=said)

    def _reopen(self) -> None:
        work = partial(recall_work.reopen_recall, self._desk.database, self.code)
        self._desk.write(work, failed=self.head.say)

    def _print_letters(self, whose: str) -> None:
        if self._found is not None:
            self.papers.letters(self._found.work, whose, self.card.code_shown)

    def _print_scripts(self, whose: str) -> None:
        if self._found is not None:
            self.papers.scripts(self._found.work, whose, self.card.code_shown)

    def _print_report(self, with_names: bool) -> None:
        if self._found is not None:
            self.papers.report(self._found.work, with_names=with_names)

    def _tick(self) -> None:
        if self.isVisible():
            self.head.tick()
            self.card.call.tick()

    def _connect(self) -> None:
        focus_goes_to(self, self._entrance)
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self.refresh)
        self._clock.timeout.connect(self._tick)
        self.list.table.row_chosen.connect(self._show_chosen)
        self.list.table.row_opened.connect(self._open_call)
        self.map.chosen.connect(self._choose)
        self.card.call.called.connect(self._note_call)
        self.card.call.told.connect(self._note_told)
        head = self.head
        head.left.connect(self.left)
        head.hold_back_wanted.connect(self._hold_back)
        head.close_wanted.connect(self._close)
        head.reopen_wanted.connect(self._reopen)
        head.papers.letters_wanted.connect(self._print_letters)
        head.papers.scripts_wanted.connect(self._print_scripts)
        head.papers.report_wanted.connect(self._print_report)

    def _entrance(self) -> QWidget:
        """Return what takes the focus: the first button until somebody was rung, then the list."""
        work = self.work
        is_begun = work is None or any(one.contacts or one.told for one in work.parties)
        if not is_begun and self.head.hold_back.isVisibleTo(self):
            return self.head.hold_back
        return self.list

    def _open_call(self, _key: object) -> None:
        """Go from the list into the call."""
        self._side.setCurrentIndex(0)
        self.card.call.outcomes[ContactOutcome.REACHED].setFocus()

    def _lay_out(self) -> None:
        self._scroll: QScrollArea = scrolling(self.card, wraps=True)
        self._side = QTabWidget()
        self._side.setAccessibleName(self.tr("The call and the map"))
        self._side.tabBar().setAccessibleName(self.tr("The call or the map"))
        self._side.addTab(self._scroll, self.tr("The call"))
        self._side.addTab(self.map, self.tr("Map"))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(3)
        for part in (self.list, self._side):
            self._split.addWidget(part)
            self._split.setStretchFactor(self._split.count() - 1, 1)
        self._split.setSizes([_WIDE, _WIDE])
        settings = self._desk.settings
        if settings is not None:
            state = settings.value(_SPLIT)
            if isinstance(state, QByteArray):
                self._split.restoreState(state)
            self._split.splitterMoved.connect(lambda *_: settings.setValue(_SPLIT, self._split.saveState()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.head)
        layout.addWidget(self._split, stretch=1)


def _read(desk: Desk, code: str) -> _Found:
    database, today = desk.database, desk.today()
    hits = [one.hit for one in households.family_index(database)]
    return _Found(
        recall_work.recall_work(database, code, today),
        recall_work.what_hold_back_does(database, code, today),
        {hit.code: hit.town for hit in hits},
        in_names.names_now(database),
    )
