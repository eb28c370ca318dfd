"""Whatever is done with standing pairs, no more milk is agreed than so much a day, and one pickup more."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.bootstrap import Database, open_database
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services.agreements.holds import holds
from coordinator.services.agreements.renewing import renew
from coordinator.services.agreements.standing_pairs import (
    add_standing,
    change_standing,
    pause_standing,
    renewals,
    resume_standing,
    skip_day,
)
from coordinator.services.families.merging import merge_households
from coordinator.services.records.checks import check_network
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot

A_DAY = Volume.from_oz(5)
RHYTHMS = st.builds(Rhythm, st.integers(0, 6), st.integers(1, 3)) | st.builds(
    Rhythm, st.integers(0, 6), st.just(1), st.sampled_from(((1,), (1, 3), (-1,)))
)
DOINGS = st.lists(
    st.sampled_from(["renew", "renew", "skip", "pause", "resume", "resume second", "days"]) | RHYTHMS,
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module")
def merged_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a network in which two answers of one donor, each with a pair of one family, became one."""
    path = Path(shutil.copyfile(migrated_file, tmp_path_factory.mktemp("merged") / "network.db"))
    database = open_database(path)
    with database.writing(Action("test", "Set up")) as session:
        for name in ("Ada Lind", "Ada B. Lind"):
            a_stored_lot(session, a_donor(session, name), 900)
        a_recipient(session)
    for donor, weekday in (("D-0001", 5), ("D-0002", 6)):
        agreed = Agreed(A_DAY, is_a_day=True, rhythm=Rhythm(weekday, 2), first_on=TODAY)
        add_standing(database, donor, "R-0001", agreed, TODAY)
    merge_households(database, "D-0001", "D-0002", TODAY)
    database.dispose()
    return path


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_no_more_is_agreed_than_so_much_a_day_and_one_pickup(
    doings: list[str | Rhythm], merged_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = open_database(shutil.copyfile(merged_file, tmp_path_factory.mktemp("milk") / "network.db"))
    today = TODAY
    for doing in doings:
        today += timedelta(days=5 if doing == "days" else 0)
        with suppress(UserError):
            do_one(database, doing, today)
        going = [one for one in renewals(database, today) if one.pair.state.value == "active"]
        assert len(going) <= 1
    check_amounts(database)
    assert check_network(database).faults == ()
    database.dispose()


def do_one(database: Database, doing: str | Rhythm, today: date) -> None:
    """Do one thing about the pair that goes on."""
    one = renewals(database, today)[0]
    if isinstance(doing, Rhythm):
        change_standing(database, one.pair.code, replace(one.pair.agreed, rhythm=doing), today)
        return
    on = one.on or today
    things: dict[str, Callable[[], object]] = {
        "renew": partial(renew, database, one.pair.code, on, today),
        "skip": partial(skip_day, database, one.pair.code, on, today),
        "pause": partial(pause_standing, database, one.pair.code, today),
        "resume": partial(resume_standing, database, one.pair.code, today),
        "resume second": partial(resume_standing, database, "S-0002", today),
    }
    if doing in things:
        things[doing]()


def check_amounts(database: Database) -> None:
    """Look at every period from one agreed day to another."""
    agreed_on: dict[date, Volume] = {}
    volumes = {one.code: one.volume for one in holds(database, TODAY, open_only=False)}
    pairs = [one.pair for one in renewals(database, TODAY)]
    for pair in pairs:
        for day in pair.days:
            held = total([volumes[code] for code, state in day.holds if state is HoldState.AGREED])
            agreed_on[day.on] = agreed_on.get(day.on, Volume()) + held
    most = max(agreed_on.values(), default=Volume())
    for first, last in combinations_with_replacement(sorted(agreed_on), 2):
        within = total([much for on, much in agreed_on.items() if first <= on <= last])
        assert within <= A_DAY * ((last - first).days + 1) + most
