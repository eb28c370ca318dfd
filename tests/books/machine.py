"""A coordinator at random: every service that writes, at any hour, with a model of the books beside it."""

from __future__ import annotations

import os
import time as clocks
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import sqlalchemy as sa

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import CallOutcome, Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Role
from coordinator.domain.imports.choices import same_as
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import CountedPart
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services import today
from coordinator.services.agreements import holds as agreements
from coordinator.services.families import donors, households, merging, recipients
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.typed_in import add_family
from coordinator.services.matching import ranking
from coordinator.services.milk import lots, splitting
from coordinator.services.paper import sheets
from coordinator.services.pickups import planning
from coordinator.services.records import history
from coordinator.services.records.undoing import CannotUndoError, undo_together
from coordinator.services.screening import call_list, decisions, facts
from tests.books.decisions import MORE, NothingToDoError
from tests.books.every_ounce import EVERY_OUNCE, unaccounted
from tests.books.hand_overs import CORRECTING, HAND_OVERS
from tests.books.model import Ledger, Row, Rows
from tests.books.recalls import missed
from tests.books.told import misjudged, untold
from tests.builders import a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_driver

Value = TypeVar("Value")

CLOCKS: Final = {
    "new york": ("America/New_York", datetime(2026, 11, 22, 4, 59, tzinfo=UTC)),
    "auckland": ("Pacific/Auckland", datetime(2026, 11, 20, 19, 0, tzinfo=UTC)),
}
"""A zone, and one minute to midnight or eight in the morning of November 21 there."""


class Choose(Protocol):
    """Where chance comes from: hypothesis, which shrinks what fails, or a seeded generator."""

    def number(self, low: int, high: int) -> int:
        """Return a whole number from *low* to *high*, both included."""

    def one(self, values: Sequence[Value]) -> Value:
        """Return one of *values*, of which there are some."""


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Let this process live in *zone* for a while."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    clocks.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        clocks.tzset()


class BrokenBooksError(AssertionError):
    """The books do not balance, or an action was half done."""


class Coordinator:
    """Does one thing after another on one network and compares every row with what may be there."""

    def __init__(self, database: Database, folder: Path, clock: str) -> None:
        _, self.moment = CLOCKS[clock]
        self.database, self.folder = database, folder
        database.clock = lambda: self.moment
        self._set_up()
        database.origin = "window"
        self.rows = self.first = dump(database)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.idle = 0
        self.trail: list[str] = []

    def act(self, choose: Choose) -> None:
        """Do one thing drawn by chance; raises ``BrokenBooksError`` if the books do not balance then."""
        name = choose.one(ACTION_NAMES)
        self.trail.append(f"{self.today} {name}")
        try:
            ACTIONS[name](self, choose)
        except NothingToDoError:
            self.trail.pop()
            self.idle += 1
            return
        except UserError as refused:
            self.refused[name] += 1
            self.trail[-1] += f" refused: {refused}"
            self.look(changed=False)
        else:
            self.done[name] += 1
            self.look(changed=True)

    def look(self, *, changed: bool) -> None:
        """Compare every row with the model."""
        before, self.rows = self.rows, dump(self.database)
        if not changed and self.rows != before:
            raise BrokenBooksError("refused, and something was written")
        if faults := Ledger(self.rows, self.today).faults():
            raise BrokenBooksError("; ".join(faults))
        if faults := [*unaccounted(self), *missed(self)]:
            raise BrokenBooksError("; ".join(faults))
        self._compare_delivered(before)

    def take_all_back(self) -> int:
        """Undo everything, do it all again, and return how many steps that was."""
        last, steps = dump(self.database), 0
        if faults := [*untold(self), *misjudged(self)]:
            raise BrokenBooksError("; ".join(faults))
        while history.undo_state(self.database).undo is not None:
            history.undo(self.database)
            steps += 1
        if dump(self.database) != self.first:
            raise BrokenBooksError("undoing everything does not give the first network back")
        for _ in range(steps):
            history.redo(self.database)
        if dump(self.database) != last:
            raise BrokenBooksError("doing everything again does not give the last network back")
        return steps

    @property
    def today(self) -> date:
        """The network's day."""
        return self.database.today()

    def tell(self, *words: object) -> None:
        """Note what is being done, for whoever reads what failed."""
        self.trail[-1] += " " + " ".join(map(str, words))

    def code(self, choose: Choose, table: str, wanted: Callable[[Row], bool] = lambda _: True) -> str:
        """Return the code of a row, mostly one that is *wanted*."""
        rows = self.rows[table]
        fitting = [row["code"] for row in rows if wanted(row)]
        if not rows or (not fitting and choose.number(0, 3)):
            raise NothingToDoError
        chosen: str = choose.one(
            fitting if fitting and choose.number(0, 9) else [row["code"] for row in rows]
        )
        return chosen

    def an_id(self, choose: Choose, table: str) -> int:
        """Return the number of a row, now and then one that is not there."""
        numbers = [row["id"] for row in self.rows[table]]
        if not numbers and choose.number(0, 5):
            raise NothingToDoError
        chosen: int = choose.one((*numbers, *numbers, 99_999))
        return chosen

    def same(self, what: str, told: object, known: object) -> None:
        """Raise if the program tells something else than the rows."""
        if told != known:
            raise BrokenBooksError(f"{what}: told {told}, known {known}")

    def _set_up(self) -> None:
        with self.database.writing(SETUP) as session:
            givers = [a_donor(session, name) for name in ("Zoë Ahlberg", "Mia Quist", "Ada Lind")]
            for name in ("Inès Roy", "Linh Tran", "Noa Berg"):
                a_recipient(session, name)
            for number, giver in enumerate(givers):
                a_stored_lot(session, giver, 300 if number else 37.6)
            a_driver(session)
            a_driver(session, "Kai Moss")

    def _compare_delivered(self, before: Rows) -> None:
        """See that a delivery is written once and changed by nothing but a correction, letting go or undo."""
        if self.trail and any(f" {name}" in self.trail[-1] for name in CORRECTING):
            return
        known = {row["hold_id"]: row for row in before["delivery"]}
        for row in self.rows["delivery"]:
            if (same := known.get(row["hold_id"])) is not None and same["id"] == row["id"] and same != row:
                raise BrokenBooksError(f"delivery {row['id']} was changed")


def _ounces(choose: Choose, high: int = 120) -> Volume:
    return Volume.from_oz(choose.one((choose.number(1, high), choose.number(1, 10 * high) / 10)))


def _day(it: Coordinator, choose: Choose, back: int = 5, ahead: int = 5) -> date:
    return it.today + timedelta(days=choose.number(-back, ahead))


def _bags(choose: Choose) -> int | None:
    return choose.one((None, choose.number(0, 30)))


def _living(row: Row) -> bool:
    return bool(row["archived_on"] is None)


def _open(row: Row) -> bool:
    return row["state"] in {"open", "agreed"}


def _planned(row: Row) -> bool:
    return bool(row["state"] == "planned")


def _lot_day(choose: Choose) -> date:
    return date(2026, 8, 25) + timedelta(days=choose.number(0, 90))


def _hold(it: Coordinator, choose: Choose) -> None:
    family, lot = it.code(choose, "recipient", _living), it.code(choose, "lot", _living)
    volume, bags = _ounces(choose, 40), choose.one((None, choose.number(1, 8)))
    only_from: date | CountedPart | None = None
    if choose.number(0, 2) == 0:
        only_from = _lot_day(choose)
        if choose.number(0, 1):
            only_from = CountedPart(only_from, _ounces(choose), _bags(choose))
    it.tell(family, lot, volume.oz, bags, only_from)
    agreements.hold_milk(it.database, family, lot, volume, it.today, bags=bags, only_from=only_from)


def _release(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "hold", _open)
    it.tell(code)
    agreements.release_hold(it.database, code)


def _extend(it: Coordinator, choose: Choose) -> None:
    code, days = it.code(choose, "hold", _open), choose.one((None, choose.number(-3, 40), 10**7))
    it.tell(code, days)
    agreements.extend_hold(it.database, code, it.today, days)


def _yes(it: Coordinator, choose: Choose) -> None:
    code, side, on = it.code(choose, "hold", _open), choose.one(tuple(Side)), _day(it, choose, 9, 0)
    it.tell(code, side, on)
    agreements.record_yes(it.database, code, side, on)


def _both_yeses(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "hold", lambda row: row["state"] == "open")
    it.tell(code)
    agreements.record_yes(it.database, code, Side.DONOR, it.today)
    it.look(changed=True)
    agreements.record_yes(it.database, code, Side.FAMILY, it.today)


def _no(it: Coordinator, choose: Choose) -> None:
    code, side = it.code(choose, "hold", lambda row: row["state"] == "agreed"), choose.one(tuple(Side))
    it.tell(code, side)
    agreements.take_back_yes(it.database, code, side)


def _add_lot(it: Coordinator, choose: Choose) -> None:
    donor, first = it.code(choose, "donor", _living), choose.one((None, _lot_day(choose)))
    last = None if first is None else first + timedelta(days=choose.number(-1, 40))
    it.tell(donor, first, last)
    lot = Lot("", donor, _ounces(choose, 200), _bags(choose), first, last)
    lots.add_lot(it.database, lot)


def _change_lot(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "lot", _living)
    field = choose.one(("volume", "bags", "expressed_from", "expressed_to", "note", "is_estimate"))
    value: Any = {"volume": _ounces(choose, 200), "bags": _bags(choose), "note": "a note"}.get(field)
    if field.startswith("expressed"):
        value = _lot_day(choose)
    it.tell(code, field, value)
    lots.change_lot(it.database, code, field, value, today=it.today)


def _remove_lot(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "lot", _living)
    it.tell(code)
    lots.remove_lot(it.database, code, it.today)


def _split(it: Coordinator, choose: Choose) -> None:
    code, on = it.code(choose, "lot", _living), _lot_day(choose)
    volume, bags = choose.one((None, _ounces(choose))), _bags(choose)
    it.tell(code, on, volume, bags)
    splitting.split_lot(it.database, code, on, it.today, volume=volume, bags=bags)


def _plan(it: Coordinator, choose: Choose) -> None:
    held = sorted({it.code(choose, "hold", _open) for _ in range(choose.number(1, 3))})
    kind = choose.one((PickupKind.RUN, PickupKind.RUN, *PickupKind))
    driver = choose.one((None, it.code(choose, "driver", _living)))
    on = _day(it, choose)
    it.tell(kind, on, driver, *held)
    place = "library" if choose.number(0, 3) else ""
    planning.plan_pickup(it.database, kind, on, held, today=it.today, driver_code=driver, meeting_place=place)


def _add_hold(it: Coordinator, choose: Choose) -> None:
    code, hold = it.code(choose, "pickup", _planned), it.code(choose, "hold", _open)
    it.tell(code, hold)
    planning.add_hold(it.database, code, hold, it.today)


def _take_off(it: Coordinator, choose: Choose) -> None:
    on = {row["hold_id"]: row["pickup_id"] for row in it.rows["pickup_load"]}
    hold = it.code(choose, "hold", lambda row: row["id"] in on)
    at = next((on.get(row["id"]) for row in it.rows["hold"] if row["code"] == hold), None)
    code = next((row["code"] for row in it.rows["pickup"] if row["id"] == at), None)
    code = code or it.code(choose, "pickup")
    it.tell(hold, code)
    planning.remove_hold(it.database, code, hold)


def _stop_of(it: Coordinator, choose: Choose) -> tuple[str, int]:
    code = it.code(choose, "pickup", _planned)
    ids = {row["code"]: row["id"] for row in it.rows["pickup"]}
    stops = [row["id"] for row in it.rows["stop"] if row["pickup_id"] == ids[code]]
    return code, choose.one((*stops, 99_999))


def _move_stop(it: Coordinator, choose: Choose) -> None:
    code, stop = _stop_of(it, choose)
    it.tell(code, stop)
    planning.move_stop(it.database, code, stop, choose.number(-1, 6))


def _set_window(it: Coordinator, choose: Choose) -> None:
    code, stop = _stop_of(it, choose)
    it.tell(code, stop)
    planning.set_window(it.database, code, stop, time(choose.number(8, 12)), time(choose.number(11, 18)))


def _change_pickup(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "pickup", _planned)
    field = choose.one(("on", "starts_at", "driver_code", "kind", "meeting_place", "note"))
    value = {
        "on": _day(it, choose),
        "starts_at": time(9),
        "driver_code": choose.one(("", it.code(choose, "driver", _living))),
        "kind": choose.one(tuple(PickupKind)).value,
    }.get(field, "library")
    it.tell(code, field, value)
    planning.change_pickup(it.database, code, field, value)


def _order_again(it: Coordinator, choose: Choose) -> None:
    planning.order_again(it.database, it.code(choose, "pickup", _planned))


def _driver_yes(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "pickup", _planned)
    planning.record_driver_yes(it.database, code, choose.one((None, it.today)))


def _print(it: Coordinator, choose: Choose) -> None:
    sheets.print_pickup_sheet(it.database, it.code(choose, "pickup", _planned), it.today)


def _cancel(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "pickup", _planned)
    it.tell(code)
    planning.cancel_pickup(it.database, code)


def _settle(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "pickup", _planned)
    ids = {row["code"]: row["id"] for row in it.rows["pickup"]}
    holds = {row["id"]: row["code"] for row in it.rows["hold"]}
    on_it = [holds[row["hold_id"]] for row in it.rows["pickup_load"] if row["pickup_id"] == ids[code]]
    told, how = None, choose.number(0, 2)
    if how == 0:
        told = [_outcome(choose, hold) for hold in on_it if choose.number(0, 1)]
    elif how == 1:
        told = [Outcome(hold, nobody_home=True) for hold in on_it if choose.number(0, 1)]
    it.tell(code, told)
    planning.settle(it.database, code, told, it.today)


def _outcome(choose: Choose, hold: str) -> Outcome:
    delivered = choose.one((None, Volume(), _ounces(choose, 60)))
    rest = choose.one((Volume(), _ounces(choose, 20)))
    return Outcome(hold, delivered, bags=_bags(choose), left_behind=rest, nobody_home=not choose.number(0, 5))


def _merge(it: Coordinator, choose: Choose) -> None:
    table = choose.one(("donor", "donor", "recipient", "recipient", "driver"))
    keep, other = it.code(choose, table, _living), it.code(choose, table, _living)
    if not choose.number(0, 4):
        other = it.code(choose, "recipient", _living)
    it.tell(keep, other)
    merging.merge_households(it.database, keep, other, it.today)


def _apart(it: Coordinator, choose: Choose) -> None:
    if not it.rows["merge"]:
        raise NothingToDoError
    merge_id, sure = choose.one([row["id"] for row in it.rows["merge"]]), bool(choose.number(0, 1))
    it.tell(merge_id, sure)
    merging.take_apart(it.database, merge_id, sure=sure)


def _remove(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, choose.one(("donor", "recipient", "driver")), _living)
    it.tell(code)
    households.remove_family(it.database, code, it.today)


def _pause(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "donor", _living)
    if choose.number(0, 1):
        it.tell(code, "deferred")
        call_list.defer(it.database, code, "travels", it.today + timedelta(days=5), it.today)
    else:
        state = choose.one((DonorState.CAN_OFFER, DonorState.CAN_OFFER, *DonorState))
        it.tell(code, state)
        households.change_profile(it.database, code, "donor_state", state)


def _pause_family(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "recipient", _living)
    it.tell(code)
    households.change_profile(it.database, code, "paused", not choose.number(0, 2))


def _change_profile(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, choose.one(("donor", "recipient", "driver")), _living)
    field, value = choose.one((("notes", "a word"), ("town", "Dover"), ("zip_code", "03820"), ("phone", "")))
    it.tell(code, field)
    households.change_profile(it.database, code, field, value)


def _set_aside(it: Coordinator, choose: Choose) -> None:
    family, donor = it.code(choose, "recipient"), it.code(choose, "donor")
    it.tell(family, donor)
    (ranking.set_aside if choose.number(0, 2) else ranking.bring_back)(it.database, family, donor)


def _record_fact(it: Coordinator, choose: Choose) -> None:
    donor, kind = it.code(choose, "donor"), choose.one(tuple(FactKind))
    subject = "Zoloft" if kind is FactKind.MEDICINE else ""
    presence = choose.one((Presence.NO, Presence.NO, Presence.NO, *Presence))
    facts.record_fact(it.database, donor, Fact(kind, presence, subject), it.today)


def _remove_fact(it: Coordinator, choose: Choose) -> None:
    ids = [row["id"] for row in it.rows["fact"]]
    facts.remove_fact(it.database, it.code(choose, "donor"), choose.one((*ids, 99_999, 2**63)))


def _decide(it: Coordinator, choose: Choose) -> None:
    decided = MedicineDecision(
        "Zoloft",
        choose.one(tuple(Decided)),
        "Dr. Fox",
        it.today,
        "a reason",
        for_everyone=not choose.number(0, 2),
    )
    decisions.decide_medicine(it.database, it.code(choose, "donor"), decided, it.today)


def _ask(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, choose.one(("donor", "recipient")))
    if choose.number(0, 1):
        facts.add_question(it.database, code, "Which freezer?")
    else:
        facts.note_call(it.database, code, CallOutcome.SPOKE, it.today)


def _set_question_aside(it: Coordinator, choose: Choose) -> None:
    ids = [row["id"] for row in it.rows["question"]]
    facts.set_question_aside(it.database, choose.one((*ids, 99_999)))


def _set_stock(it: Coordinator, choose: Choose) -> None:
    code = it.code(choose, "recipient", _living)
    seen = next(row["stock"] for row in it.rows["recipient"] if row["code"] == code)
    stock = choose.one((None, _ounces(choose), Volume(-1)))
    it.tell(code, stock)
    recipients.set_stock(it.database, code, stock, it.today, seen=seen)


def _add_family(it: Coordinator, choose: Choose) -> None:
    role = choose.one(tuple(Role))
    typed = {
        "name": choose.one(("Ada Lind", "Inès Roy", "Kim Vale")),
        "zip": "03801",
        "email": "a@example.org",
    }
    add_family(it.database, role, typed, it.today)


def _import(it: Coordinator, choose: Choose) -> None:
    headers = ["Timestamp", "Name", "Email", "ZIP", "Ounces", "Bags", "Oldest milk", "Newest milk"]
    if choose.number(0, 1):
        headers = ["Timestamp", "Name", "Email", "ZIP", "Milk in your freezer now (oz)", "Baby's birth date"]
    donors_list = "Ounces" in headers
    rows = []
    for number in range(choose.number(1, 3)):
        person = choose.one(("Ada Lind", "Inès Roy", "Bo Ek"))
        first = _lot_day(choose)
        milk_told = [str(choose.number(0, 150)), str(choose.number(0, 40)), str(first), str(_lot_day(choose))]
        told = milk_told if donors_list else [str(choose.number(0, 90)), "2026-08-01"]
        email = f"{person.split()[0].casefold()}{number * choose.number(0, 1)}@example.org"
        rows.append([f"{_day(it, choose, 20, 0)} 09:00", person, email, "03801", *told])
    path = it.folder / "list.csv"
    write_table(path, headers, rows)
    kind = Role.DONOR if donors_list else Role.RECIPIENT
    it.tell(kind, rows)
    preview = preview_import(it.database, path, it.today, kind=kind)
    chosen = {
        plan.number: same_as(plan.look_alikes[0])
        for plan in preview.plans
        if plan.look_alikes and choose.number(0, 1)
    }
    run_import(it.database, preview, chosen, today=it.today, backup_folder=it.folder)


def _undo(it: Coordinator, choose: Choose) -> None:
    it.tell(history.undo(it.database))


def _redo(it: Coordinator, choose: Choose) -> None:
    it.tell(history.redo(it.database))


def _undo_older(it: Coordinator, choose: Choose) -> None:
    with it.database.reading() as session:
        query = (
            sa.select(AuditRow.id).where(AuditRow.origin == "window").order_by(AuditRow.id.desc()).limit(12)
        )
        older = list(session.scalars(query))
    if not older:
        raise NothingToDoError
    audit_id = choose.one(older)
    try:
        it.tell(audit_id, history.undo_action(it.database, audit_id))
    except CannotUndoError as refused:
        if not refused.together or choose.number(0, 1):
            raise
        it.look(changed=False)
        it.tell(audit_id, "together", refused.together)
        undo_together(it.database, refused.together)


def _wait(it: Coordinator, choose: Choose) -> None:
    it.moment += timedelta(hours=choose.one((1, 5, 24, choose.number(1, 100))))


def _read(it: Coordinator, choose: Choose) -> None:
    """Open the pages: what can be written must be shown."""
    today.today_page(it.database, it.today)
    donors.donor(it.database, it.code(choose, "donor"), it.today)
    recipients.recipient(it.database, it.code(choose, "recipient"), it.today)
    if it.rows["pickup"]:
        planning.pickup(it.database, it.code(choose, "pickup"), it.today)


ACTIONS: Final[dict[str, Callable[[Coordinator, Choose], None]]] = {
    "hold": _hold,
    "release": _release,
    "extend": _extend,
    "yes": _yes,
    "both yeses": _both_yeses,
    "yes taken back": _no,
    "lot added": _add_lot,
    "lot changed": _change_lot,
    "lot removed": _remove_lot,
    "lot split": _split,
    "pickup planned": _plan,
    "hold added": _add_hold,
    "hold taken off": _take_off,
    "stop moved": _move_stop,
    "window set": _set_window,
    "pickup changed": _change_pickup,
    "stops ordered": _order_again,
    "volunteer's yes": _driver_yes,
    "sheet printed": _print,
    "pickup cancelled": _cancel,
    "pickup settled": _settle,
    "families merged": _merge,
    "families taken apart": _apart,
    "family removed": _remove,
    "donor paused": _pause,
    "family paused": _pause_family,
    "profile changed": _change_profile,
    "donor set aside": _set_aside,
    "fact recorded": _record_fact,
    "fact removed": _remove_fact,
    "medicine decided": _decide,
    "question asked": _ask,
    "question set aside": _set_question_aside,
    "stock counted": _set_stock,
    "family added": _add_family,
    "list imported": _import,
    "undone": _undo,
    "done again": _redo,
    "older undone": _undo_older,
    "time passed": _wait,
    "pages read": _read,
    **MORE,
    **HAND_OVERS,
    **EVERY_OUNCE,
}
_WEIGHTS: Final = {
    "hold": 16,
    "both yeses": 9,
    "yes": 3,
    "pickup planned": 7,
    "pickup settled": 5,
    "settled again": 6,
    "left behind planned again": 4,
    "left behind let go": 4,
    "hold added": 3,
    "hold taken off": 2,
    "lot split": 3,
    "lot added": 3,
    "families merged": 2,
    "families taken apart": 2,
    "undone": 4,
    "older undone": 3,
    "time passed": 2,
    "told what became of milk": 3,
    "milk used": 2,
    "stop cancelled": 3,
    "collected instead": 2,
    "passed on": 3,
}
ACTION_NAMES: Final = tuple(name for name in ACTIONS for _ in range(_WEIGHTS.get(name, 1)))
"""As often as they are done, so that there is something to merge, settle and undo."""
