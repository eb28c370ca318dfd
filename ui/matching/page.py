"""The Match page: babies on the left, donors for one of them in the middle, the map on the right."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import NextStep
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.matching.weights import Weights
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.errors import NotFoundError
from coordinator.services.families import recipients
from coordinator.services.matching.scoring import ranking_policy
from ui.cases.next_step import take_step
from ui.desk import Desk
from ui.matching.acts import MatchActs
from ui.matching.arrangement import Arrangement
from ui.matching.baby_banner import BabyBanner
from ui.matching.columns import baby_columns
from ui.matching.donor_list import DonorList
from ui.matching.family_header import FamilyHeader
from ui.matching.found import Found, find
from ui.matching.holds_panel import HoldsPanel
from ui.matching.map_panel import MatchMap
from ui.matching.order_dialogs import OrderDialogs
from ui.matching.why_not_panel import WhyNotPanel
from ui.matching.why_panel import WhyPanel
from ui.roads import RoadAsker
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.tables.columns import PreparedRows
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel


class MatchingPage(QWidget):
    """Choosing a baby ranks the donors; choosing a donor shows why; Ctrl+Enter holds.

    It opens on the family who needs milk first, with the cursor at its donors.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._found: Found | None = None
        self.order = OrderDialogs(desk, self)
        self._wanted_donor = ""
        self._are_families_read = False
        self.babies_model: RowTableModel[RecipientSummary] = RowTableModel(
            baby_columns(desk.today), lambda r: r.code, lambda r: f"{r.code} {r.phone} {r.email}"
        )
        self.babies = ListPane(
            self.babies_model, "match-babies", title=self.tr("Families"), settings=desk.settings
        )
        self.babies.put_search_below()
        self.babies.begin_at_first()
        self.babies.set_empty(
            self.tr("No recipients yet. Add one, or open the requests you have."),
            self.tr("To the recipients"),
        )
        self.babies.fill_wanted.connect(lambda: self._desk.page_wanted.emit("recipients", ""))
        self.donors = DonorList(desk)
        self.model, self.strip = self.donors.matches, self.donors.strip
        self.header, self.banner = FamilyHeader(desk), BabyBanner()
        self.why, self.holds, self.why_not = WhyPanel(desk), HoldsPanel(desk), WhyNotPanel(desk)
        self.map = MatchMap(desk)
        self.acts = MatchActs(desk, self._settled, self)
        self._roads = RoadAsker(desk, self._rank_again)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read families and, for the one chosen, the donors again."""
        database, today = self._desk.database, self._desk.today()
        prepare = self.babies_model.prepare
        self._desk.read(lambda: prepare(recipients.list_to_match(database, today)), self._show_babies)
        if self._code:
            self._rank(self._code)

    def show_family(self, code: str) -> None:
        """Look for milk for the family with *code*; of a donor or a lot ask who could use it."""
        if letter_of(code) is not CodeLetter.RECIPIENT:
            self.order.who_could_use(code)
            return
        self.babies.table.choose(code)
        self._rank(code)
        self.donors.setFocus()  # the family is chosen; what comes next is a donor

    def _match_with(self, family: str, donor: str) -> None:
        """Go to *family*, with *donor* chosen once its donors are there."""
        self._wanted_donor = donor
        self.show_family(family)

    def _show_babies(self, found: PreparedRows[RecipientSummary]) -> None:
        self._are_families_read = True
        self.babies_model.set_prepared(found)
        if self._code and self.babies.table.chosen_key != self._code:
            self.babies.table.choose(self._code)  # asked for before the families were read
        elif not self._code and self.babies_model.rowCount():
            self.babies.table.choose(self.babies_model.key_at(0))
        self._leave_empty_donors()

    def _leave_empty_donors(self) -> None:
        """Wait at the families where the donors are waited at and there are none."""
        if self.donors.hasFocus() and self._entrance() is self.babies:
            self.babies.setFocus()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Why, holds and why not the others"))
        self.tabs.tabBar().setAccessibleName(self.tr("About this match"))
        self.tabs.addTab(self.why, self.tr("Why"))
        self.tabs.addTab(self.holds, self.tr("On hold"))
        self.tabs.addTab(self.why_not, self.tr("Why not"))
        self.parts = Arrangement(
            self.header, self.banner, self.babies, self.donors, self.tabs, self.map, self
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.parts)

    def _connect(self) -> None:
        focus_goes_to(self, self._entrance)
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self._show_again)
        self.babies.table.row_chosen.connect(self._on_family_chosen)
        self.babies.table.row_opened.connect(self._on_family_opened)
        self.donors.table.row_opened.connect(lambda _: self._go_to_form())
        self.donors.table.row_chosen.connect(lambda code: self._choose(str(code)))
        self.map.pin_chosen.connect(self.donors.table.choose)
        self.header.step_wanted.connect(self._take_step)
        acts = self.acts
        self.why.hold_wanted.connect(acts.hold)
        self.why.asked.done.connect(self._go_on)
        self.why.score.how_wanted.connect(self.order.explain)
        self.why.who_wanted.connect(self.order.who_could_use)
        self.order.match_wanted.connect(self._match_with)
        self.order.weights_moved.connect(self._weigh)
        self.why.aside_wanted.connect(self._set_aside)
        self.why.take_back_wanted.connect(acts.take_back)
        for panel in (self.why, self.why_not):
            panel.overrule_wanted.connect(acts.overrule)
            panel.decide_wanted.connect(acts.decide)
        acts.held.connect(self._held)
        acts.refused.connect(self._not_held)
        for keys, slot in (
            ("Ctrl+Return", self.why.hold_now),
            ("Ctrl+Enter", self.why.hold_now),
            ("Ctrl+Backspace", self._set_aside),
            ("Ctrl+J", self._go_to_question),
            ("Ctrl+Shift+L", self._go_to_families),
        ):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _entrance(self) -> QWidget:
        """Return what takes the focus given to the page: the donors, or the families if there are none."""
        is_known = self._is_settled or (self._are_families_read and not self.babies_model.total)
        return self.babies if is_known and not self.model.rowCount() else self.donors

    def _go_to_families(self) -> None:
        self.parts.show_families(on=True)
        self.babies.setFocus()

    def _on_family_chosen(self, code: object) -> None:
        if code != self._code:
            self._rank(str(code))

    def _on_family_opened(self, code: object) -> None:
        """Rank the donors for a family that Enter was pressed on, and go to them."""
        self._on_family_chosen(code)
        self.parts.show_families(on=False)
        self.donors.setFocus()

    def _go_to_form(self) -> None:
        """Go from the donor to the ounces that are held."""
        self.tabs.setCurrentWidget(self.why)
        self.why.volume.editor.setFocus()

    def _go_to_question(self) -> None:
        """Go to what is asked of the donor, else of the family, to answer it in place."""
        if self.tabs.currentWidget() is not self.why or not self.why.asked.begin():
            self._go_on()

    def _go_on(self) -> None:
        """Go to what is asked of the family, else to the milk to hold: the donor has answered all."""
        if not self.header.begin_questions():
            self.why.hold.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rank(self, code: str) -> None:
        if code != self._code and self.tabs.currentWidget() is self.holds:
            self.tabs.setCurrentWidget(self.why)  # what was on hold is about the family before
        self._code = code
        database, today = self._desk.database, self._desk.today()
        self._desk.runner.run(
            lambda: find(database, code, today, self.donors.prepare),
            self._show,
            partial(self._miss, code),
            what=self.tr("Looking for milk"),
        )

    def _rank_again(self) -> None:
        if self._code:
            self._rank(self._code)

    def _miss(self, code: str, error: Exception) -> None:
        """Show nobody when the family is gone (an undo, another window); say anything else."""
        if not isinstance(error, NotFoundError):
            self._desk.complain(error)
        elif code == self._code:
            self._code, self._found = "", None
            self._show_nobody()
            gone = self.tr("{code} is not in use any more.").format(code=code)
            choose = self.tr("Choose a family to see who could help.")
            self.donors.set_empty(f"{gone} {choose}")

    def _show_nobody(self) -> None:
        """Take off everything that was about the family before."""
        self.banner.hide()
        self.header.show_nobody()
        self.donors.show_nobody()
        self.why.show_match(None)
        self.holds.show_holds([])
        self.why_not.show_nobody()
        self.map.show_nobody()
        self._count_tabs(0, 0)
        self.parts.set_family(is_chosen=False)

    def _show(self, found: Found) -> None:
        ranking, before = found.ranking, self._found
        if found.code != self._code:
            return
        is_another = before is None or before.code != found.code
        self._found = found
        self.order.show_weights(found.scored.weights)
        self.header.show_family(found.family, found.case)
        self.banner.show_ranking(ranking, self.header.asks)
        self.why.want(found.wanted)
        nobody = self.tr("Nobody with free milk could be suggested.")
        rests = self.tr("Nobody is suggested while {code} is paused.").format(code=found.code)
        self.donors.set_empty(rests if ranking.seeker.is_paused else nobody)
        self.donors.show_found(found)
        why_not = found.scored.why_not
        self.why_not.show_why_not(why_not, ranking.not_a_fit, found.code)
        self._count_tabs(len(found.holds), why_not.everybody - len(why_not.fitting))
        chosen = self.donors.table.chosen_key
        if (chosen is None or is_another) and self.model.rowCount():
            self.donors.table.choose(self.model.key_at(0))
        if self._wanted_donor:
            self.donors.table.choose(self._wanted_donor)
            self._wanted_donor = ""
        self._choose(str(self.donors.table.chosen_key or ""))
        self._leave_empty_donors()
        self._show_holds(found, lost=not is_another and before is not None and bool(before.holds))
        self.parts.set_family(is_chosen=True)
        self._roads.ask(found.unasked)

    def _show_holds(self, found: Found, *, lost: bool) -> None:
        """Show what is on hold; where the last of it was *lost*, go back to where it was held."""
        at = self.window().focusWidget()
        was_there = at is not None and self.holds.isAncestorOf(at)
        self.holds.show_holds(found.holds, found.reached, found.case.strands)
        if lost and not found.holds and self.tabs.currentWidget() is self.holds:
            self.tabs.setCurrentWidget(self.why)
            if was_there:
                self.donors.setFocus()

    def _count_tabs(self, held: int, left: int) -> None:
        self.tabs.setTabText(1, self.tr("On hold ({count})").format(count=held))
        self.tabs.setTabText(2, self.tr("Why not ({count})").format(count=left))

    def _show_again(self) -> None:
        self.model.refresh_texts()
        if self._found is not None:
            self._show(replace(self._found, rows=self.donors.prepare(self._found.scored)))

    @property
    def _is_settled(self) -> bool:
        """Whether the donors on screen are those of the family chosen, and not still of the one before."""
        return self._settled() is not None

    def _settled(self) -> Found | None:
        """Return what is on screen, once it is about the family chosen."""
        found = self._found
        return found if found is not None and found.code == self._code else None

    def _choose(self, code: str) -> None:
        if self._found is not None:
            match = self._found.match(code)
            self.why.show_match(match)
            self.why.show_score(self._found.scored, match)
            self.map.show_ranking(self._found.ranking, match)

    def _held(self, code: str) -> None:
        self.holds.go_on(code)
        self.tabs.setCurrentWidget(self.holds)

    def _not_held(self, sentence: str) -> None:
        self.why.hold.setEnabled(True)
        self._desk.complained.emit(sentence)

    def _set_aside(self) -> None:
        self.acts.set_aside(self.donors.table.chosen_key)

    def _weigh(self, weights: Weights) -> None:
        """Put the donors on screen in the order of *weights*; nothing is read for it."""
        found = self._settled()
        if found is None:
            return
        scored = found.scored.weighed(weights, ranking_policy())
        self._found = replace(found, scored=scored, rows=self.donors.prepare(scored))
        self.donors.show_found(self._found)
        chosen = self._found.match(self.donors.table.chosen_key)
        self.why.show_score(scored, chosen)

    def _take_step(self, step: NextStep) -> None:
        """Take the next step of the case; whom it rings about a hold is reached in the line of that hold."""
        ring = partial(self._go_to_hold, step.hold_code) if step.hold_code else self._desk.family_wanted.emit
        left = self._found.left_behind if self._found is not None else {}
        take_step(self._desk, step, ring, left, self)

    def _go_to_hold(self, hold: str, whom: str) -> None:
        """Go to the line of *hold*; one that is not on its way any more leads to the family of *whom*."""
        if self.holds.stand_on(hold):
            self.tabs.setCurrentWidget(self.holds)
        else:
            self._desk.family_wanted.emit(whom)
