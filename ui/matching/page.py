"""The Match page: babies on the left, donors for one of them in the middle, the map on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.checks import paused_words
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.roads import RoadQuestion
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.matching.proposing import Wanted
from coordinator.domain.matching.ranking import Match, Ranking
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.recipients import Recipient, RecipientSummary
from coordinator.domain.milk.splitting import CountedPart
from coordinator.domain.policies.verdicts import Reason, VerdictKind
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.errors import NotFoundError
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.reaching import Reached, reached
from coordinator.services.driving import drive_times
from coordinator.services.families import recipients
from coordinator.services.matching import ranking as matching
from coordinator.services.matching.proposing import wanted_by
from coordinator.services.suitability import overruling
from ui.desk import Desk
from ui.matching.columns import baby_columns, match_columns
from ui.matching.decide_form import DecideOnceForm
from ui.matching.family_header import FamilyHeader
from ui.matching.folded import FoldedPanel
from ui.matching.holds_panel import HoldsPanel
from ui.matching.map_panel import MatchMap
from ui.matching.overrule_form import OverruleForm
from ui.matching.reason_list import Told
from ui.matching.standing_strip import StandingStrip
from ui.matching.why_panel import WhyPanel
from ui.roads import RoadAsker
from ui.theme import SPACE, change_role, set_role
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.frame.tab_order import controls_in, focus_goes_to
from ui.widgets.rows import text_label
from ui.widgets.tables.columns import PreparedRows
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel

_MAP_FROM_PX = 1500
"""From so wide a window on the map stands beside the donors; below, it takes room that their lines need."""
_LEAST_MAP_LINES = 4
"""So low may the map behind its tab be: the window of an old laptop in large letters is no higher for it."""


@dataclass(frozen=True)
class _Found:
    """What is shown for one family."""

    ranking: Ranking
    holds: list[Hold]
    rows: PreparedRows[Match]
    unasked: RoadQuestion | None
    family: Recipient
    case: Case
    wanted: Wanted | None
    reached: Mapping[str, Reached]


class MatchingPage(QWidget):
    """Choosing a baby ranks the donors; choosing a donor shows why; Ctrl+Enter holds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._found: _Found | None = None
        self.form: OverruleForm | None = None
        self.decide_form: DecideOnceForm | None = None
        self.babies_model: RowTableModel[RecipientSummary] = RowTableModel(
            baby_columns(desk.today), lambda r: r.code, lambda r: f"{r.code} {r.phone} {r.email}"
        )
        self.babies = ListPane(
            self.babies_model, "match-babies", title=self.tr("Families"), settings=desk.settings
        )
        self.babies.put_search_below()
        self.babies.begin_at_first()
        self.babies.set_empty(self.tr("No recipients yet. Add one, or open the requests you have."))
        self.model: RowTableModel[Match] = RowTableModel(match_columns(desk.display), lambda m: m.code)
        self.donors = ListPane(
            self.model,
            "match-donors",
            title=self.tr("Donors"),
            filters=self._filters(),
            settings=desk.settings,
        )
        self.donors.set_empty(self.tr("Choose a family to see who could help."))
        self.header = FamilyHeader(desk)
        self.strip = StandingStrip()
        self.banner = text_label("")
        set_role(self.banner, "ask")
        self.why = WhyPanel(desk)
        self.holds = HoldsPanel(desk)
        self.folded = FoldedPanel(desk)
        self.map = MatchMap(desk)
        self._roads = RoadAsker(desk, self._rank_again)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Why, holds and who is not a fit"))
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
        """Look for milk for the family with *code*."""
        self.babies.table.choose(code)
        self._rank(code)
        self.donors.setFocus()  # the family is chosen; what comes next is a donor

    def _show_babies(self, found: PreparedRows[RecipientSummary]) -> None:
        self.babies_model.set_prepared(found)
        if self._code and self.babies.table.chosen_key != self._code:
            self.babies.table.choose(self._code)  # asked for before the families were read

    def _filters(self) -> tuple[Filter, ...]:
        return (
            Filter(self.tr("Ready"), lambda m: m.standing.kind is StandingKind.READY),
            Filter(self.tr("Within reach"), lambda m: m.reach.name == "WITHIN"),
            Filter(self.tr("Knows this family"), lambda m: m.offer.past is not None),
        )

    def _connect(self) -> None:
        focus_goes_to(self, lambda: self.babies)
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self._show_again)
        self.babies.table.row_chosen.connect(self._on_family_chosen)
        self.babies.table.row_opened.connect(self._on_family_opened)
        self.donors.table.row_opened.connect(lambda _: self._go_to_form())
        self.donors.table.row_chosen.connect(lambda code: self._choose(str(code)))
        self.map.pin_chosen.connect(self.donors.table.choose)
        self.strip.first_wanted.connect(self.donors.table.choose)
        self.why.hold_wanted.connect(self._hold)
        self.why.asked.done.connect(self._go_on)
        self.why.aside_wanted.connect(self._set_aside)
        self.why.overrule_wanted.connect(self._overrule)
        self.folded.overrule_wanted.connect(self._overrule)
        self.why.decide_wanted.connect(self._decide)
        self.why.take_back_wanted.connect(self._take_back)
        copy = QAction(self.tr("Copy phone"), self)
        copy.setShortcut(QKeySequence("Ctrl+Shift+C"))
        copy.triggered.connect(self._copy_phone)
        self.donors.table.set_row_actions((copy,))
        for keys, slot in (
            ("Ctrl+Return", self.why.hold_now),
            ("Ctrl+Enter", self.why.hold_now),
            ("Ctrl+Backspace", self._set_aside),
            ("Ctrl+J", self._go_to_question),
        ):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_family_chosen(self, code: object) -> None:
        if code != self._code:
            self._rank(str(code))

    def _on_family_opened(self, code: object) -> None:
        """Rank the donors for a family that Enter was pressed on, and go to them."""
        self._on_family_chosen(code)
        self.donors.setFocus()

    def _copy_phone(self) -> None:
        """Put the phone of the donor chosen on the clipboard."""
        matches = self._found.ranking.matches if self._found is not None else ()
        match = next((one for one in matches if one.code == self.donors.table.chosen_key), None)
        if match is not None and match.offer.phone:
            phone = national_phone(match.offer.phone)
            QGuiApplication.clipboard().setText(phone)
            self._desk.said.emit(self.tr("Copied {what}.").format(what=phone))

    def _go_to_form(self) -> None:
        """Go from the donor to the ounces that are held."""
        self.tabs.setCurrentWidget(self.why)
        self.why.volume.editor.setFocus()

    def _go_to_question(self) -> None:
        """Go to what is asked of the donor, else of the family, to answer it in place."""
        if self.tabs.currentWidget() is self.why and self.why.asked.begin():
            return
        self._go_on()

    def _go_on(self) -> None:
        """Go to what is asked of the family, else to the milk to hold: the donor has answered all."""
        asked = self.header.questions
        first = next(controls_in(asked), None) if asked.isVisible() else None
        (first or self.why.hold).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rank(self, code: str) -> None:
        if code != self._code and self.tabs.currentWidget() is self.holds:
            self.tabs.setCurrentWidget(self.why)  # what was on hold is about the family before
        self._code = code
        database, today = self._desk.database, self._desk.today()
        self._desk.runner.run(
            lambda: _find(database, code, today, self.model.prepare),
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
        self.strip.show_matches(())
        self.model.set_rows([])
        self.why.show_match(None)
        self.holds.show_holds([])
        self.folded.show_nobody()
        self.map.show_nobody()
        self._count_tabs(0, 0)

    def _show(self, found: _Found) -> None:
        ranking = found.ranking
        if ranking.seeker.code != self._code:
            return
        is_another = self._found is None or self._found.ranking.seeker.code != ranking.seeker.code
        self._found = found
        self.header.show_family(found.family, found.case)
        self.strip.show_matches(ranking.matches)
        self.why.want(found.wanted)
        self._say_about_baby(ranking)
        nobody = self.tr("Nobody with free milk could be suggested.")
        rests = self.tr("Nobody is suggested while {code} is paused.").format(code=ranking.seeker.code)
        self.donors.set_empty(rests if ranking.seeker.is_paused else nobody)
        self.model.set_prepared(found.rows)
        self.holds.show_holds(found.holds, found.reached)
        self.folded.show_ranking(ranking)
        self._count_tabs(len(found.holds), len(ranking.not_a_fit))
        chosen = self.donors.table.chosen_key
        if (chosen is None or is_another) and self.model.rowCount():
            self.donors.table.choose(self.model.key_at(0))
        self._choose(str(self.donors.table.chosen_key or ""))
        self._roads.ask(found.unasked)

    def _count_tabs(self, held: int, unfit: int) -> None:
        self.tabs.setTabText(1, self.tr("On hold ({count})").format(count=held))
        self.tabs.setTabText(2, self.tr("Not a fit ({count})").format(count=unfit))

    def _show_again(self) -> None:
        self.model.refresh_texts()
        if self._found is not None:
            self._show(replace(self._found, rows=self.model.prepare(self._found.ranking.matches)))

    @property
    def _is_settled(self) -> bool:
        """Whether the donors on screen are those of the family chosen, and not still of the one before."""
        return self._found is not None and self._found.ranking.seeker.code == self._code

    def _choose(self, code: str) -> None:
        if self._found is None:
            return
        ranking = self._found.ranking
        match = next((m for m in ranking.matches if m.code == code), None)
        self.why.show_match(match)
        self.map.show_ranking(ranking, match)

    def _say_about_baby(self, ranking: Ranking) -> None:
        verdict, seeker = ranking.baby_verdict, ranking.seeker
        referred = verdict.kind is VerdictKind.REFER
        found = [reason for reason in verdict.reasons if reason.kind >= VerdictKind.ASK]
        lines = [reason.text for reason in found if referred or not self._is_asked_above(reason)]
        words = (
            self.tr("Referred, not matched: {why}")
            if referred
            else self.tr("Ask first about this baby: {why}")
        )
        if seeker.is_paused and not referred:
            words, lines = "{why}", [str(paused_words(seeker.code))]
        self.banner.setVisible(bool(lines))
        change_role(self.banner, "problem" if referred else "ask")
        self.banner.setText(words.format(why="; ".join(lines)) if lines else "")

    def _is_asked_above(self, reason: Reason) -> bool:
        """Whether the reason says only that a question of the header is not answered."""
        return reason.topic in self.header.asks and reason.said.code.endswith("_unanswered")

    def _hold(
        self, lot: Lot, volume: Volume | None, bags: int | None, only_from: date | CountedPart | None
    ) -> None:
        if not self._is_settled:
            return
        hold = partial(
            agreements.hold_milk,
            self._desk.database,
            self._code,
            lot.code,
            volume or Volume(),
            self._desk.today(),
            bags=bags,
            only_from=only_from,
        )
        self._desk.write(hold, self._held, failed=self._not_held)

    def _held(self, code: str) -> None:
        self.tabs.setCurrentIndex(1)
        self.holds.go_on(code)
        words = self.tr(
            "Held for {family}: nobody else is offered this milk now. Ask the donor and the family."
        )
        self._desk.said.emit(words.format(family=self._family_name()))

    def _family_name(self) -> str:
        return self._found.ranking.seeker.name if self._found is not None else self._code

    def _not_held(self, sentence: str) -> None:
        self.why.hold.setEnabled(True)
        self._desk.complained.emit(sentence)

    def _set_aside(self) -> None:
        donor = self.donors.table.chosen_key
        if donor is not None and self._is_settled:
            self._desk.write(
                partial(matching.set_aside, self._desk.database, self._code, str(donor)),
                said=self.tr("{name} is not suggested for this family any more.").format(
                    name=self._name(donor)
                ),
            )

    def _name(self, donor: object) -> str:
        """Return how a donor on the page is called."""
        matches = self._found.ranking.matches if self._found is not None else ()
        return next((match.name for match in matches if match.code == donor), str(donor))

    def _overrule(self, told: Told) -> None:
        """Ask who decided otherwise."""
        if self._is_settled:
            self.form = OverruleForm(self._desk, told, self)
            self._open(self.form)

    def _decide(self, told: Told) -> None:
        """Ask who decided it for every donor."""
        if self._is_settled and told.offered:
            self.decide_form = DecideOnceForm(self._desk, told.offered, told.reason.text, self)
            self._open(self.decide_form)

    def _open(self, form: FormDialog) -> None:
        form.finished.connect(self._on_form_closed)
        form.show_at_its_size()

    def _on_form_closed(self) -> None:
        self.form = self.decide_form = None

    def _take_back(self, overruling_id: int) -> None:
        self._desk.write(
            partial(overruling.take_back, self._desk.database, overruling_id),
            said=self.tr("Taken back: the reason stands again. Undo brings the decision back."),
        )

    def _lay_out(self) -> None:
        self.tabs.tabBar().setAccessibleName(self.tr("About this match"))
        self.tabs.addTab(self.why, self.tr("Why"))
        self.tabs.addTab(self.holds, self.tr("On hold"))
        self.tabs.addTab(self.folded, self.tr("Not a fit"))
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        middle = QWidget(self._across)
        top = QVBoxLayout(middle)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(SPACE)
        top.addWidget(self.banner)
        top.addWidget(self.strip)
        self._stack = QSplitter(Qt.Orientation.Vertical, middle)
        self._stack.addWidget(self.donors)
        self._stack.addWidget(self.tabs)
        self._stack.setSizes([300, 300])
        self._stack.setChildrenCollapsible(False)
        top.addWidget(self._stack, stretch=1)
        self.banner.setContentsMargins(SPACE, 0, SPACE, 0)
        self.banner.hide()
        for widget in (self.babies, middle, self.map):
            self._across.addWidget(widget)
        # A name and a day, in whatever letters.
        families_px = max(272, self.fontMetrics().averageCharWidth() * 38)
        self._across.setSizes([families_px, 604, 290])
        for part, stretch in enumerate((0, 3, 2)):
            self._across.setStretchFactor(part, stretch)
        self._across.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._across, stretch=1)
        self.header.stackUnder(self._across)  # Tab goes by the order of the children

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the map beside the donors, or behind a tab where there is no room."""
        super().resizeEvent(event)
        is_narrow = self.window().width() < _MAP_FROM_PX
        is_tab = self.tabs.indexOf(self.map) >= 0
        if is_narrow and not is_tab:
            self.tabs.addTab(self.map, self.tr("Map"))
            self.map.setMinimumHeight(self.fontMetrics().height() * _LEAST_MAP_LINES)
        elif not is_narrow and is_tab:
            self.tabs.removeTab(self.tabs.indexOf(self.map))
            self._across.addWidget(self.map)
            self.map.show()


def _find(
    database: Database, code: str, today: date, prepare: Callable[[Iterable[Match]], PreparedRows[Match]]
) -> _Found:
    ranking = matching.rank_donors(database, code, today)
    holds = agreements.holds(database, today, recipient=code)
    unasked = drive_times.about_ranking(database, ranking)
    family, case = recipients.recipient(database, code, today), case_of(database, code, today)
    homes = reached(database, [hold.code for hold in holds])
    wanted = wanted_by(database, family.runway, today)
    return _Found(ranking, holds, prepare(ranking.matches), unasked, family, case, wanted, homes)
