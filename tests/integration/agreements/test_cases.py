"""Where a case stands after every step of worked weeks: its line, whose turn, since when, what is next.

Real services on a real file; ``tests/data/worked_week.txt`` has the steps and what the case says after each.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.cases import Act, Case, CaseStep, Turn
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.domain.pickups.plans import Correction, LeftWith, Outcome, PickupKind
from coordinator.domain.today import Today
from coordinator.domain.volume import Volume
from coordinator.services.agreements import asking, holds
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.agreements.renewing import hold_for_day, renew
from coordinator.services.agreements.standing_pairs import (
    add_standing,
    pause_standing,
    resume_standing,
    skip_day,
)
from coordinator.services.families import households
from coordinator.services.families.merging import merge_households
from coordinator.services.families.recipients import recipient, set_stock
from coordinator.services.paper.sheets import print_pickup_sheet
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import let_go
from coordinator.services.records import history
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.db.old_files import DATA
from tests.pickup_builders import SETUP, a_driver

STEPS = (DATA / "worked_week.txt").read_text("utf-8")
FAMILY, PICKUP = "R-0001", "P-0001"
SATURDAY = 5


class Week:
    """A network whose days pass as the test says."""

    def __init__(self, path: Path) -> None:
        self.today = TODAY
        self.database = Database.open(path, clock=lambda: datetime.combine(self.today, time(12), UTC))

    def told(self) -> str:
        """Return what stands in the file after a step."""
        case = case_of(self.database, FAMILY, self.today)
        since = "" if case.since is None else str((case.since - TODAY).days)
        return " | ".join((case.turn.value, since, case.next.act.value, str(case.line)))

    def do(self, words: str) -> None:
        """Do what a line of the file says: the longest verb it begins with, and the rest as its words."""
        verb = max((known for known in VERBS if f"{words} ".startswith(f"{known} ")), key=len)
        VERBS[verb](self, *words[len(verb) :].split())

    def print(self) -> None:
        print_pickup_sheet(self.database, PICKUP, self.today)


def oz(amount: str) -> Volume:
    return Volume.from_oz(amount)


def after(days: str | int) -> date:
    return TODAY + timedelta(days=int(days))


def hold(week: Week, ounces: str, lot: str = "L-0001") -> None:
    holds.hold_milk(week.database, FAMILY, lot, oz(ounces), week.today)


def ask(week: Week, side: str, about: str = "H-0001") -> None:
    kind = ContactKind.MESSAGE if about == "message" else ContactKind.PHONE
    code = about if about.startswith("H") else "H-0001"
    asking.record_asked(week.database, code, Side(side), week.today, kind)


def yes(week: Week, side: str, code: str = "H-0001") -> None:
    holds.record_yes(week.database, code, Side(side), week.today)


def plan(week: Week, day: str, driver: str = "", code: str = "H-0001") -> None:
    run = PickupKind.RUN
    planning.plan_pickup(
        week.database,
        run,
        after(day),
        [code],
        today=week.today,
        driver_code=driver or None,
        starts_at=time(9),
    )


def meet(week: Week) -> None:
    kind, at, place = PickupKind.MEET, time(17, 30), "the library"
    planning.plan_pickup(
        week.database, kind, TODAY, ["H-0001"], today=week.today, starts_at=at, meeting_place=place
    )


def change(week: Week, field: str) -> None:
    value = {"starts_at": time(10), "kind": "family collects", "on": after(3)}[field]
    planning.change_pickup(week.database, PICKUP, field, value)


def settle(week: Week, what: str, ounces: str = "0") -> None:
    code = what if what.startswith("H") else "H-0001"
    at_donor = LeftWith.DONOR
    outcome = Outcome(code, left_behind=oz(ounces), nobody_home=what == "nobody", where=at_donor)
    planning.settle(week.database, PICKUP, [outcome], week.today)


def settle_again(week: Week, ounces: str) -> None:
    said = Correction("H-0001", delivered=oz(ounces), where=LeftWith.DONOR)
    planning.settle_again(week.database, PICKUP, [said], week.today)


def count(week: Week, ounces: str) -> None:
    seen = recipient(week.database, FAMILY, week.today).stock
    set_stock(week.database, FAMILY, None if ounces == "none" else oz(ounces), week.today, seen=seen)


def set_field(week: Week, code: str, field: str, value: str = "") -> None:
    health = {"hospital": "in hospital", "home": "at home and well"}
    said: object = health.get(value, value)
    households.change_profile(week.database, code, field, bool(value) if field == "paused" else said)


def standing(week: Week, a_day: str, first: str) -> None:
    agreed = Agreed(oz(a_day), is_a_day=True, rhythm=Rhythm(SATURDAY, 2), first_on=after(first))
    add_standing(week.database, "D-0001", FAMILY, agreed, week.today)


VERBS: dict[str, Callable[..., object]] = {
    "nothing": lambda _: None,
    "hold": hold,
    "release": lambda week, code: holds.release_hold(week.database, code),
    "extend": lambda week: holds.extend_hold(week.database, "H-0001", week.today),
    "ask": ask,
    "ask after": lambda week: asking.record_asked_after(week.database, FAMILY, week.today, "all well"),
    "yes": yes,
    "take back": lambda week, side: holds.take_back_yes(week.database, "H-0001", Side(side)),
    "plan": plan,
    "plan again": lambda week: plan_again(week.database, "H-0001", week.today),
    "meet": meet,
    "change": change,
    "take off": lambda week: planning.remove_hold(week.database, PICKUP, "H-0001"),
    "driver yes": lambda week: planning.record_driver_yes(week.database, PICKUP, week.today),
    "cancel": lambda week: planning.cancel_pickup(week.database, PICKUP),
    "print": Week.print,
    "settle": settle,
    "settle again": settle_again,
    "let go": lambda week: let_go(week.database, "H-0001", "she has enough", week.today),
    "count": count,
    "set": set_field,
    "standing": standing,
    "hold day": lambda week, day: hold_for_day(week.database, "S-0001", after(day), week.today),
    "renew": lambda week, day: renew(week.database, "S-0001", after(day), week.today),
    "skip": lambda week, day: skip_day(week.database, "S-0001", after(day), week.today),
    "pause pair": lambda week: pause_standing(week.database, "S-0001", week.today),
    "resume pair": lambda week: resume_standing(week.database, "S-0001", week.today),
    "merge": lambda week: merge_households(week.database, FAMILY, "D-0001", week.today),
    "undo": lambda week: history.undo(week.database),
}


@contextmanager
def a_week(tmp_path: Path, migrated_file: Path) -> Iterator[Week]:
    """Lend a network with two donors, a family whose baby is out, and a driver."""
    found = Week(Path(shutil.copyfile(migrated_file, tmp_path / "network.db")))
    with found.database.writing(SETUP) as session:
        for name, ounces in (("Zoë Ahlberg", 200), ("Mia Quist", 100)):
            a_stored_lot(session, a_donor(session, name), ounces)
        a_recipient(session, stock=Volume(), stock_on=TODAY)
        a_driver(session)
    yield found
    found.database.dispose()


@pytest.fixture
def week(tmp_path: Path, migrated_file: Path) -> Iterator[Week]:
    with a_week(tmp_path, migrated_file) as found:
        yield found


def blocks() -> dict[str, list[str]]:
    """Return the lines of the file by the title above them."""
    found: dict[str, list[str]] = {}
    for line in STEPS.splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found


def assert_in_one_place(page: Today, case: Case) -> None:
    """Check that a baby has one line, and where it is somebody else's turn, among what is waited for."""
    now = [one.code for one in page.now].count(case.code)
    waiting = [one.recipient_code for one in page.waiting].count(case.code)
    assert now + waiting <= 1
    if case.turn in {Turn.DONOR, Turn.FAMILY, Turn.DRIVER, Turn.CLINICIAN}:
        assert waiting == 1
    elif case.is_near_out and case.step not in {CaseStep.NOT_KNOWN, CaseStep.READ_FIRST, CaseStep.PAUSED}:
        assert now == 1 or case.step is CaseStep.REFERRED or case.next.act is Act.READ_FIRST


@pytest.mark.parametrize("title", blocks())
def test_the_case_says_so_at_once(week: Week, title: str) -> None:
    said = []
    for line in blocks()[title]:
        day, done = (part.strip() for part in line.split("|")[:2])
        week.today = after(day)
        week.do(done)
        said.append(f"{day} | {done} | {week.told()}")
        page = today_page(week.database, week.today)
        on_page = next(one for one in page.cases if one.code == FAMILY)
        assert on_page == case_of(week.database, FAMILY, week.today)
        assert_in_one_place(page, on_page)

    assert said == blocks()[title]
