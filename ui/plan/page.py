"""The plan: who gets which milk over the next weeks, what it hangs on, and one click to hold it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.network import Wishes
from coordinator.domain.planning.wishes import possible, with_pin
from coordinator.services.planning.accepting import Accepted, accept
from coordinator.services.planning.windows import Lack, Standing, standing_of_plan
from coordinator.services.planning.wishes import forbid, forget, pin, wishes_kept
from ui.desk import Desk
from ui.plan.ask_row import AskRow
from ui.plan.figures import FiguresStrip
from ui.plan.made import Made
from ui.plan.maker import PlanMaker
from ui.plan.proposals import Proposals
from ui.plan.save_button import SaveButton
from ui.plan.side import Side
from ui.plan.state_line import StateLine
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.frame.tab_order import focus_goes_to
from ui.widgets.label import Label
from ui.widgets.tables.empty_state import EmptyState

_LESS_THAN_SHOWN = 0.5
"""Ounces of a bag that was not counted exactly."""


class PlanPage(QWidget):
    """One click makes the plan; pins bend it, Ctrl+Enter holds what is chosen, Undo takes each step back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: Made | None = None
        self._code = ""
        self.maker = PlanMaker(desk, self)
        self.ask = AskRow(desk.settings)
        self.state = StateLine()
        self.figures = FiguresStrip(desk.display)
        self.proposals = Proposals(desk)
        self.save = SaveButton(desk)
        self.side = Side(desk)
        self.empty = EmptyState()
        self._lay_out()
        self._connect()
        self._say_empty(None)

    @property
    def made(self) -> Made | None:
        """The plan on screen."""
        return self._made

    def refresh(self) -> None:
        """Look what is wished now, and whether the plan on screen is of before."""
        database, made = self._desk.database, self._made
        if made is None:
            self._desk.read(partial(wishes_kept, database), self._show_wishes)
            return
        look = partial(standing_of_plan, database, made.ground, self._desk.today())
        self._desk.read(look, self._show_standing)

    def make(self) -> None:
        """Read the network and make the plan, close to the one on screen if there is one."""
        self.ask.keep()
        self.maker.make(self.ask.asked, self._made.amounts if self._made is not None else {})

    def show_family(self, code: str) -> None:
        """Choose the first proposal for or from *code*; the plan is made where there is none yet."""
        self._code = code
        if self._made is not None:
            self._choose_wanted()
        elif not self.maker.is_making:
            self.make()

    def hold(self, keys: list[Key]) -> None:
        """Hold what is proposed for *keys*."""
        if self._made is None:
            return
        ids = [one.proposal.id for one in self._made.rows() if one.key in keys and not one.is_held]
        self._desk.write(partial(accept, self._desk.database, ids, self._desk.today()), self._say_held)

    def pin(self, key: Key, ounces: float) -> None:
        """Keep so much of a lot for a family; of more than its freezer takes, the whole bags that fit."""
        much = ounces
        if self._made is not None:
            network = self._made.ground.gathered.network
            fits = possible(with_pin(self._made.wishes, key, ounces), network, last=key).pins.get(key, 0.0)
            much = min(ounces, fits)
        if much < ounces - _LESS_THAN_SHOWN:
            words = self.tr(
                "Only {n} oz of {lot} can be kept for {family}: no more is free, or its freezer has no room "
                "for more."
            )
            self._desk.complained.emit(words.format(n=round(much), lot=key[0], family=key[1]))
        if much:
            self._desk.write(partial(pin, self._desk.database, key, much))

    def forbid(self, keys: list[Key]) -> None:
        """Plan without these."""
        self._desk.write(partial(forbid, self._desk.database, keys))

    def let_go(self, key: Key) -> None:
        """Leave it to the plan again."""
        self._desk.write(partial(forget, self._desk.database, key))

    def _say_held(self, accepted: Accepted) -> None:
        words = self.tr("{holds} on hold. Promises shows them; Undo takes them back.")
        self._desk.said.emit(words.format(holds=", ".join(one.hold for one in accepted.held)))

    def _show_wishes(self, wishes: Wishes) -> None:
        self.side.show_wishes(wishes, self._made)

    def _show_standing(self, now: Standing) -> None:
        """Solve again where wishes or weights are others now; say it where the data are."""
        self._show_wishes(now.wishes)
        self.side.weights.show_policy(now.policy)
        made = self._made
        if made is None or self.maker.is_making:
            return
        if now.held != made.held:
            made = self._made = replace(made, held=now.held)
            self.proposals.show_made(made)
        pins = {key: much for key, much in made.wishes.pins.items() if key not in now.held}
        is_wished = (now.wishes.pins, now.wishes.forbidden) != (pins, made.wishes.forbidden)
        is_weighed = now.policy != made.ground.policy
        if now.is_of_before and not is_wished:
            self.state.say_of_before(made)
            self.save.is_of_before = True
        elif now.is_of_before or is_weighed:
            self.maker.make(made.ground.asked, made.amounts)
        elif is_wished:
            self.maker.again(made, made.ground, now.wishes)

    def _on_begun(self) -> None:
        self.state.say_working(has_plan=self._made is not None)

    def _on_ended(self) -> None:
        if self._made is None:
            self.state.say_nothing()
        else:
            self.state.say_made(self._made)
        self.refresh()

    def _on_found(self, made: Made, is_last: bool) -> None:
        self._made = made
        self._say_empty(made)
        self.figures.show_plan(made.plan)
        self.save.show_made(made)
        self.proposals.show_made(made)
        self.side.show_made(made)
        self.side.show_wishes(made.wishes, made)
        if self.ask.make.hasFocus() or self.empty.button.hasFocus():
            self.proposals.table.setFocus()
        if not made.plan.proposals:
            self.side.setCurrentWidget(self.side.unserved)
        if not is_last:
            self.state.say_first()
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        """Choose what was asked for from another page."""
        rows = () if self._made is None or not self._code else self._made.rows()
        found = (row for row in rows if self._code in {row.proposal.recipient, row.proposal.donor})
        if (row := next(found, None)) is not None:
            self.proposals.table.choose(row.key)
            self._code = ""

    def _say_empty(self, made: Made | None) -> None:
        """Show the plan, or what there has to be before there is one."""
        lack = Lack.NOTHING if made is None else made.ground.lack
        sentence, button, self._empty_leads_to = {
            Lack.NOTHING: (
                self.tr("The plan proposes who gets which milk over the next weeks, for everybody at once."),
                self.tr("Plan now"),
                "",
            ),
            Lack.FAMILIES: (
                self.tr("No families yet. Add them, or open the requests you have, then make the plan."),
                self.tr("To the recipients"),
                "recipients",
            ),
            Lack.DONORS: (
                self.tr("No donors yet. Add them, or open the offers you have, then make the plan."),
                self.tr("To the donors"),
                "donors",
            ),
            Lack.NEED: (
                self.tr(
                    "Nobody lacks milk in these weeks. Plan for more weeks, or look at who needs it next."
                ),
                self.tr("To the recipients"),
                "recipients",
            ),
            Lack.MILK: (
                self.tr(
                    "No milk is free. What donors have is promised, or they have not said what they have."
                ),
                self.tr("To the donors"),
                "donors",
            ),
        }[lack]
        self.empty.say(sentence, button)
        is_plan = made is not None and lack is Lack.NOTHING
        self.views.setCurrentWidget(self.split if is_plan else self.empty)
        for widget in (self.figures, self.how, self.save):
            widget.setVisible(is_plan)

    def _on_empty_wanted(self) -> None:
        if self._empty_leads_to:
            self._desk.page_wanted.emit(self._empty_leads_to, "")
        else:
            self.make()

    def _connect(self) -> None:
        focus_goes_to(self, self._entrance)
        self._desk.changed.connect(self.refresh)
        self._desk.display.changed.connect(self._show_again)
        self.ask.make_wanted.connect(self.make)
        self.empty.wanted.connect(self._on_empty_wanted)
        self.maker.begun.connect(self._on_begun)
        self.maker.found.connect(self._on_found)
        self.maker.news.connect(self.state.say_gap)
        self.maker.ended.connect(self._on_ended)
        self.state.stop_wanted.connect(self.maker.stop)
        self.state.again_wanted.connect(self.make)
        self.proposals.hold_wanted.connect(self.hold)
        self.proposals.pin_wanted.connect(self.pin)
        self.proposals.forbid_wanted.connect(self.forbid)
        self.proposals.let_go_wanted.connect(self.let_go)
        self.side.let_go_wanted.connect(self.let_go)
        self.proposals.chosen.connect(self.side.map.choose)
        self.side.map.chosen.connect(self.proposals.table.choose)
        self.how.clicked.connect(self._show_how)

    def _show_again(self) -> None:
        self.proposals.show_again()
        self.side.calls.model.refresh_texts()

    def _entrance(self) -> QWidget:
        """Return what takes the focus given to the page."""
        return self.proposals.table if self.proposals.model.rowCount() else self.ask.make

    def _lay_out(self) -> None:
        heading = Label(self.tr("The plan"))
        set_role(heading, "heading")
        self.by_family, self.promises = QPushButton(self.tr("By family")), QPushButton(self.tr("Promises"))
        for button, page, tip in (
            (self.by_family, "matching", self.tr("Match: one family and its donors")),
            (self.promises, "promises", self.tr("Every promise of milk on its way, by where it stands")),
        ):
            set_role(button, "tab")
            button.setAccessibleName(button.text())
            button.setToolTip(tip)
            button.clicked.connect(partial(self._go_to, page))
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        for widget in (heading, self.by_family, self.promises):
            top.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.ask, stretch=1)
        about = QVBoxLayout()
        about.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        about.setSpacing(SPACE_SMALL)
        about.addLayout(top)
        self.how = QPushButton(self.tr("How is this worked out?"))
        set_role(self.how, "status")
        for button in (self.how, self.save):
            button.setMinimumHeight(self.state.words.minimumHeight())  # their words on one line with its own
            self.state.flow.addWidget(button)
        about.addWidget(self.state)
        about.addWidget(self.figures)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        for at, part in enumerate((self.proposals, self.side)):
            self.split.addWidget(part)
            self.split.setStretchFactor(at, 3 - at)
        self.views = QStackedWidget()
        self.views.addWidget(self.empty)
        self.views.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        layout.addLayout(about)
        layout.addWidget(self.views, stretch=1)

    def _show_how(self) -> None:
        self.side.setCurrentWidget(self.side.weights)
        self.side.tabBar().setFocus()

    def _go_to(self, page: str) -> None:
        self._desk.page_wanted.emit(page, "")

    # Overrides of Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the work."""
        if event.key() == Qt.Key.Key_Escape and self.maker.is_making:
            self.maker.stop()
        else:
            super().keyPressEvent(event)
