"""Random work on small networks balances after every action, by two clocks and on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from coordinator.db.database import Database
from tests.books.machine import CLOCKS, Coordinator, in_zone
from tests.integration.postgresql import Server

Value = TypeVar("Value")


class Drawn:
    """Chance that hypothesis draws, and makes as simple as it can where something fails."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def number(self, low: int, high: int) -> int:
        return self._data.draw(st.integers(low, high))

    def one(self, values: Sequence[Value]) -> Value:
        return self._data.draw(st.sampled_from(values))


class Books(RuleBasedStateMachine):
    """One coordinator at work; what must be true is compared after each action."""

    template: Path
    server: Server | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="milkrun-books-")
        place = Path(self.folder.name)
        if self.server is not None:
            self.url = self.server.migrated_database()
        else:
            self.url = str(shutil.copy(self.template, place / "network.db"))
        self.database = Database.open(self.url)

    @initialize(clock=st.sampled_from(tuple(CLOCKS)))
    def begin(self, clock: str) -> None:
        self.zone = in_zone(CLOCKS[clock][0])
        self.zone.__enter__()
        self.work = Coordinator(self.database, Path(self.folder.name), clock)

    @rule(data=st.data())
    def do_something(self, data: st.DataObject) -> None:
        self.work.act(Drawn(data))

    def teardown(self) -> None:
        try:
            if hasattr(self, "work"):
                self.work.take_all_back()
        finally:
            if hasattr(self, "zone"):
                self.zone.__exit__(None, None, None)
            self.database.dispose()
            if self.server is not None:
                self.server.drop(self.url)
            self.folder.cleanup()


def run(examples: int, steps: int) -> None:
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True)
    run_state_machine_as_test(Books, settings=chosen)


def test_whatever_is_done_the_books_of_a_file_balance(migrated_file: Path) -> None:
    Books.template, Books.server = migrated_file, None
    run(examples=6, steps=25)


@pytest.mark.postgresql
def test_whatever_is_done_the_books_on_a_server_balance(postgresql: Server, migrated_file: Path) -> None:
    Books.template, Books.server = migrated_file, postgresql
    run(examples=2, steps=20)
