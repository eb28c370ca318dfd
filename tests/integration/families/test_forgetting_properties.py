"""Whatever was done before, a forgotten family leaves the books balanced and every recall as it was."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.bootstrap import open_database
from coordinator.db.audit import first_broken_link
from coordinator.db.checks import check_session
from coordinator.db.database import Database
from coordinator.domain.records.recall import Recall
from coordinator.services.families.forgetting import forget_family, plan_to_forget
from coordinator.services.families.removing import StillNeededError
from coordinator.services.records.recalling import recall
from tests.books.machine import CLOCKS, Coordinator, Value, in_zone
from tests.integration.families.test_forgetting import by_codes


class Seeded:
    """Chance from a seed: a long history costs hypothesis one number."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def one(self, values: Sequence[Value]) -> Value:
        return self._random.choice(values)


def recalls(database: Database, work: Coordinator) -> dict[str, Recall]:
    codes = [row["code"] for table in ("donor", "recipient", "lot") for row in work.rows[table]]
    return {code: by_codes(recall(database, code, work.today)) for code in codes}


def forgettable(database: Database, work: Coordinator, choose: Seeded) -> str | None:
    """Return the code of a family of which nothing is promised."""
    codes = [row["code"] for table in ("donor", "recipient", "driver") for row in work.rows[table]]
    while codes:
        code = choose.one(tuple(codes))
        codes.remove(code)
        try:
            if plan_to_forget(database, code, work.today).forgotten_on is None:
                return str(code)
        except StillNeededError:
            continue
    return None


@settings(max_examples=2, deadline=None, print_blob=True)
@given(seed=st.integers(0, 2**32))
def test_after_any_history_books_and_recalls_are_as_they_were(migrated_file: Path, seed: int) -> None:
    choose, clock = Seeded(seed), next(iter(CLOCKS))
    with TemporaryDirectory() as folder, in_zone(CLOCKS[clock][0]):
        database = open_database(shutil.copy(migrated_file, Path(folder) / "network.db"))
        work = Coordinator(database, Path(folder), clock)
        for _ in range(20):
            work.act(choose)
        for _ in range(2):
            code = forgettable(database, work, choose)
            if code is None:
                break
            before = recalls(database, work)
            forget_family(database, code, work.today)
            work.look(changed=True)
            assert recalls(database, work) == before, code
        for _ in range(4):  # and work goes on
            work.act(choose)
        with database.reading() as session:
            assert first_broken_link(session) is None
            assert check_session(session, work.today).faults == ()
        database.dispose()
