"""What a coordinator at random notes beside milk: who decided, who signed, what was answered, what is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from coordinator.domain.agreements.holds import Side
from coordinator.domain.driving.odometers import Odometer
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.babies import Willing
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.families import households, recipients
from coordinator.services.imports import told_answers
from coordinator.services.matching import ranking
from coordinator.services.milk import lots
from coordinator.services.pickups import planning, settling
from coordinator.services.policies import profiles
from coordinator.services.screening import call_list, facts
from coordinator.services.settings import values
from coordinator.services.suitability import overruling
from tests.books.model import Ledger, Row

if TYPE_CHECKING:
    from tests.books.machine import Choose, Coordinator


class NothingToDoError(Exception):
    """The action drawn needs something that is not there."""


WORDS: Final = (
    "no",
    "yes",
    "none",
    "not sure",
    "120 oz in 30 bags",
    "2026-09-01 to 2026-10-15",
    "Dover, NH 03820",
)
"""What people answer; most of it does not fit most questions."""


def rule_against(it: Coordinator, choose: Choose) -> None:
    """Let a family want nothing of what a donor takes, so that there is something to overrule."""
    code = it.code(choose, "recipient", _living)
    if choose.number(0, 1):
        households.change_profile(it.database, code, "medicine_ok", choose.one(tuple(Willing)))
    else:
        households.change_profile(it.database, code, "must_avoid", choose.one(("dairy", "", "soy, egg")))


def overrule(it: Coordinator, choose: Choose) -> None:
    """Note that a parent or a clinician decided, of one lot or of all."""
    code = it.code(choose, "recipient", _living)
    ranked = ranking.rank_donors(it.database, code, it.today)
    reasons = [
        (match, reason)
        for match in ranked.not_a_fit
        for reason in match.verdict.reasons
        if reason.kind is VerdictKind.NOT_A_FIT
    ]
    if not reasons:
        raise NothingToDoError
    match, reason = choose.one(reasons)
    lot = choose.one(("", it.code(choose, "lot", _living)))
    decided = Overruling(
        reason.rule,
        code,
        choose.one(tuple(OverruledBy)),
        "Dr. Fox",
        it.today - timedelta(days=choose.number(-1, 3)),
        reason.text,
        match.code,
        lot,
    )
    it.tell(code, match.code, lot, reason.rule)
    overruling.record_overruling(it.database, decided, it.today)


def take_overruling_back(it: Coordinator, choose: Choose) -> None:
    """Take a decision back."""
    overruling.take_back(it.database, it.an_id(choose, "overruling"))


def answer(it: Coordinator, choose: Choose) -> None:
    """Note what somebody answered to a question."""
    number, words = it.an_id(choose, "question"), choose.one(WORDS)
    it.tell(number, words)
    told_answers.answer_question(it.database, number, words, it.today, on_phone=bool(choose.number(0, 1)))


def answer_of_donor(it: Coordinator, choose: Choose) -> None:
    """Note what a donor said of something."""
    donor, kind, words = it.code(choose, "donor"), choose.one(tuple(FactKind)), choose.one(WORDS)
    it.tell(donor, kind, words)
    told_answers.record_answer(it.database, donor, kind, words, it.today)


def sign(it: Coordinator, choose: Choose) -> None:
    """Sign for a donor, or take a signature back."""
    donor = it.code(choose, "donor")
    if choose.number(0, 2):
        call_list.sign(it.database, donor, choose.one(("Ann Poe", "Bo Ek", "")), it.today)
    else:
        call_list.take_back_signature(it.database, donor, it.an_id(choose, "sign_off"))


def end_pause(it: Coordinator, choose: Choose) -> None:
    """Open a donor again before the end of her pause."""
    call_list.end_deferral(it.database, it.code(choose, "donor"), it.an_id(choose, "deferral"), it.today)


def set_unit_or_profile(it: Coordinator, choose: Choose) -> None:
    """Change what the whole network goes by."""
    what = choose.number(0, 3)
    it.tell(what)
    if what == 0:
        values.change_setting(it.database, "hold_days", str(choose.number(-1, 30)))
    elif what == 1:
        values.change_setting(it.database, "volume_unit", choose.one(("oz", "ml")))
    elif what == 2:
        profiles.use_profile(
            it.database, choose.one(tuple(one.key for one in profiles.profiles(it.database)))
        )
    else:
        profile = choose.one(tuple(one.key for one in profiles.profiles(it.database)))
        profiles.copy_profile(it.database, profile, "Our own", it.today)


def place(it: Coordinator, choose: Choose) -> None:
    """Put a family, or a meeting, somewhere on the map."""
    latitude = 43 + choose.number(0, 900) / 1000
    if choose.number(0, 1) and it.rows["pickup"]:
        where = choose.one((None, Position(latitude, -70.9, Precision.BY_HAND)))
        planning.set_meeting_position(it.database, it.code(choose, "pickup"), where)
    else:
        code = it.code(choose, choose.one(("donor", "recipient", "driver")))
        households.set_position(it.database, code, latitude, -70.9)


def talk(it: Coordinator, choose: Choose) -> None:
    """Set a missing answer aside, or write a note of a family."""
    code = it.code(choose, choose.one(("donor", "recipient")))
    topic = choose.one((*(kind.value for kind in FactKind), "zip_code", "volume", "expressed_to"))
    it.tell(code, topic)
    facts.set_missing_aside(it.database, code, topic, it.today)


def settle_with_odometer(it: Coordinator, choose: Choose) -> None:
    """Settle a run of today, and keep what the odometer showed; a doubtful one is taken now and then."""
    agreed = {row["id"] for row in it.rows["hold"] if row["state"] == "agreed"}
    loaded = {row["pickup_id"] for row in it.rows["pickup_load"] if row["hold_id"] in agreed}
    code = it.code(choose, "pickup", lambda row: row["state"] == "planned" and row["id"] in loaded)
    shown = Odometer(100.0, 100.0 + choose.one((choose.number(-3, 40), 5000)))
    it.tell(code, shown.driven_miles)
    settling.settle(it.database, code, None, it.today, odometer=shown, sure=bool(choose.number(0, 1)))


def all_of_it(it: Coordinator, choose: Choose) -> None:
    """Hold all that is free of a lot, agree to it, and see it listed so."""
    family, lot = it.code(choose, "recipient", _living), it.code(choose, "lot", _living)
    free = Ledger(it.rows, it.today).standing(lot)[0]
    it.tell(family, lot, free)
    hold = holds.hold_milk(it.database, family, lot, Volume(free), it.today)
    it.look(changed=True)
    for side in Side:
        holds.record_yes(it.database, hold, side, it.today)
        it.look(changed=True)


def compare_lists(it: Coordinator, choose: Choose) -> None:
    """See that the lists tell of each lot, hold and family what the rows do."""
    ledger = Ledger(it.rows, it.today)
    for row in lots.list_lots(it.database, it.today):
        lot = row.lot
        told = tuple(one.microlitres for one in (lot.free, lot.held, lot.delivered, lot.lost))
        it.same(f"{lot.code} as listed", told, ledger.standing(lot.code))
    listed = {one.code for one in holds.holds(it.database, it.today)}
    it.same("the open holds", listed, ledger.open_holds())
    if choose.number(0, 1):
        family = it.code(choose, "recipient", _living)
        it.same("the family", recipients.recipient(it.database, family, it.today).code, family)


def _living(row: Row) -> bool:
    return bool(row["archived_on"] is None)


MORE: Final[dict[str, Callable[[Coordinator, Choose], None]]] = {
    "family will not take it": rule_against,
    "reason overruled": overrule,
    "overruling taken back": take_overruling_back,
    "question answered": answer,
    "answer recorded": answer_of_donor,
    "signed": sign,
    "pause ended": end_pause,
    "network set": set_unit_or_profile,
    "placed": place,
    "missing set aside": talk,
    "settled with an odometer": settle_with_odometer,
    "all of it agreed": all_of_it,
    "lists compared": compare_lists,
}
