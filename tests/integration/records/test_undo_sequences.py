"""Whatever order actions, undos and redos come in, each step back restores what was there before."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coordinator.db.database import Database
from coordinator.db.facts import FactRow
from coordinator.db.recipients import SetAsideRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.families import households
from coordinator.services.matching import ranking
from coordinator.services.records import history
from coordinator.services.screening import facts
from tests.builders import NOW, TODAY
from tests.integration.records.test_undo import Dump, dump
from tests.pickup_builders import Region, a_region

DONORS, FAMILIES = ("D-0001", "D-0002"), ("R-0001", "R-0002")
WORDS = st.text(alphabet="aé\n\\\"'🍼 ", max_size=5)


class Undoing(RuleBasedStateMachine):
    """A model of two stacks of dumps beside the real network."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="milkrun-undo-")
        path = Path(self.folder.name) / "network.db"
        shutil.copyfile(self.template, path)
        self.database = Database.open(path, clock=lambda: NOW)
        self.mine = Database.open(path, clock=lambda: NOW, origin="window")
        self.befores: list[Dump] = []
        self.afters: list[Dump] = []

    @initialize()
    def begin(self) -> None:
        self.region: Region = a_region(self.database)
        self.now = dump(self.database)

    def teardown(self) -> None:
        self.mine.dispose()
        self.database.dispose()
        self.folder.cleanup()

    def act(self, service: Callable[..., object], *arguments: object) -> None:
        try:
            service(self.mine, *arguments)
        except UserError:
            assert dump(self.database) == self.now
            return
        changed = dump(self.database)
        if changed != self.now:
            self.befores.append(self.now)
            self.afters.clear()
        self.now = changed

    @rule(code=st.sampled_from(DONORS + FAMILIES), field=st.sampled_from(("notes", "town")), words=WORDS)
    def change(self, code: str, field: str, words: str) -> None:
        self.act(households.change_profile, code, field, words)

    @rule(donor=st.sampled_from(DONORS), presence=st.sampled_from(Presence))
    def record(self, donor: str, presence: Presence) -> None:
        self.act(facts.record_fact, donor, Fact(FactKind.ILLNESS, presence), TODAY)

    @rule(newest=st.booleans())
    def forget(self, newest: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        with self.database.reading() as session:
            order = FactRow.id.desc() if newest else FactRow.id
            fact_id = session.scalars(sa.select(FactRow.id).order_by(order)).first()
        if fact_id is not None:
            self.act(facts.remove_fact, "D-0001", fact_id)

    @rule(donor=st.sampled_from(DONORS), family=st.sampled_from(FAMILIES))
    def set_aside_or_back(self, donor: str, family: str) -> None:
        with self.database.reading() as session:
            is_aside = session.scalar(sa.select(sa.func.count()).select_from(SetAsideRow))
        self.act(ranking.bring_back if is_aside else ranking.set_aside, family, donor)

    @rule(lot=st.integers(0, 1), family=st.sampled_from(FAMILIES), ounces=st.integers(1, 30))
    def hold(self, lot: int, family: str, ounces: int) -> None:
        self.act(holds.hold_milk, family, self.region.lots[lot], Volume.from_oz(ounces), TODAY)

    @rule(hold=st.integers(0, 3), side=st.sampled_from(Side))
    def take_back_yes(self, hold: int, side: Side) -> None:
        self.act(holds.take_back_yes, self.region.holds[hold], side)

    @rule(hold=st.integers(0, 3))
    def release(self, hold: int) -> None:
        self.act(holds.release_hold, self.region.holds[hold])

    @precondition(lambda self: self.befores)
    @rule()
    def undo(self) -> None:
        history.undo(self.mine)
        self.afters.append(self.now)
        self.now = self.befores.pop()
        assert dump(self.database) == self.now

    @precondition(lambda self: self.afters)
    @rule()
    def redo(self) -> None:
        history.redo(self.mine)
        self.befores.append(self.now)
        self.now = self.afters.pop()
        assert dump(self.database) == self.now

    @invariant()
    def what_is_offered_fits(self) -> None:
        state = history.undo_state(self.mine)
        assert (state.undo is not None, state.redo is not None) == (bool(self.befores), bool(self.afters))


@pytest.mark.usefixtures("no_network")
def test_any_sequence_of_actions_undos_and_redos_restores_every_value(migrated_file: Path) -> None:
    Undoing.template = migrated_file
    run_state_machine_as_test(
        Undoing, settings=settings(max_examples=12, stateful_step_count=30, deadline=None, print_blob=True)
    )
