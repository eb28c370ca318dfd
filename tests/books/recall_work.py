"""What a coordinator at random does about recalls, and what is due in each by the rows, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from coordinator.domain.records.recall import PumpedDays
from coordinator.domain.records.recall_work import ContactOutcome, PartyKind, RecallWork, ToldBack
from coordinator.domain.volume import Volume, total
from coordinator.services.recall import work
from tests.books.decisions import NothingToDoError

if TYPE_CHECKING:
    from tests.books.machine import Choose, Coordinator


def begin(it: Coordinator, choose: Choose) -> None:
    """Begin a recall of a donor, a lot or a family, of all days or of some."""
    code = it.code(choose, choose.one(("donor", "lot", "recipient")))
    first = it.today - timedelta(days=choose.number(0, 60))
    days = choose.one((PumpedDays(), PumpedDays(first, first + timedelta(days=choose.number(0, 40)))))
    it.tell(code, days)
    work.open_recall(it.database, code, days, "", it.moment, it.today)


def tell_back(it: Coordinator, choose: Choose) -> None:
    """Tell what became of milk of a recall: all that is open, some, or more than there is."""
    recall = _one(it, choose)
    parties = [one for one in work.recall_work(it.database, recall, it.today).parties if one.due]
    if not parties:
        raise NothingToDoError
    who, became = choose.one(parties).who, choose.one(tuple(ToldBack))
    volume = choose.one((None, Volume.from_oz(choose.number(0, 30))))
    it.tell(recall, who, became, volume)
    work.note_told(it.database, recall, who, became, volume, it.today, "asked twice", today=it.today)


def ring(it: Coordinator, choose: Choose) -> None:
    """Note that somebody was rung."""
    recall, who = _one(it, choose), it.code(choose, "recipient")
    it.tell(recall, who)
    work.note_contact(it.database, recall, who, choose.one(tuple(ContactOutcome)), it.moment, today=it.today)


def hold_back(it: Coordinator, choose: Choose) -> None:
    """Pause and hold back; nothing of it is promised then but what may be on the road."""
    recall = _one(it, choose)
    it.tell(recall)
    said = work.what_hold_back_does(it.database, recall, it.today)
    it.same(f"what {recall} holds back", said, work.hold_back(it.database, recall, it.today))
    left = work.what_hold_back_does(it.database, recall, it.today)
    it.same(f"what {recall} holds back once more", ((), ()), (left.donors, left.promises))


def close_or_open(it: Coordinator, choose: Choose) -> None:
    """Close a recall, or open it again."""
    recall = _one(it, choose)
    it.tell(recall)
    if choose.number(0, 3):
        work.close_recall(it.database, recall, it.moment, it.today)
        it.same(f"open ounces of {recall}", Volume(), work.recall_work(it.database, recall, it.today).open)
    else:
        work.reopen_recall(it.database, recall)


def _one(it: Coordinator, choose: Choose) -> str:
    known = [row["code"] for row in it.rows["recall"]]
    if not known:
        raise NothingToDoError
    return str(choose.one(known))


def wrongly_due(it: Coordinator) -> Iterator[str]:
    """Yield the recalls in which other amounts are due than the rows hold, or answers do not add up."""
    for row in it.rows["recall"]:
        found = work.recall_work(it.database, row["code"], it.today)
        lots = {one["code"]: one for one in it.rows["lot"] if one["code"] in found.recall.lots}
        ids = {lot["id"]: lot for lot in lots.values()}
        families = {one["id"]: one["code"] for one in it.rows["recipient"]}
        holds = {one["id"]: one for one in it.rows["hold"] if one["lot_id"] in ids}
        came: dict[str, list[Volume]] = {}
        for delivery in it.rows["delivery"]:
            hold = holds.get(delivery["hold_id"])
            if hold and delivery["delivered"] and not _begins_later(hold, row["last_day"]):
                came.setdefault(families[hold["recipient_id"]], []).append(delivery["delivered"])
        expected = {family: total(volumes) for family, volumes in came.items()}
        due = {one.who: one.due for one in found.families if one.due}
        if due != expected:
            yield f"{row['code']}: {due} is due from families, the rows say {expected}"
        if row["last_day"] is None and (fault := _wrong_elsewhere(it, found, ids)):
            yield f"{row['code']}: {fault}"
        for one in found.parties:
            if one.answered + one.open > one.due or one.answered > one.due or one.open < Volume():
                yield f"{row['code']}: {one.who} does not add up"


def _begins_later(hold: dict[str, Any], last: date | None) -> bool:
    return last is not None and hold["only_from"] is not None and hold["only_from"] > last


def _wrong_elsewhere(it: Coordinator, found: RecallWork, lots: dict[int, dict[str, Any]]) -> str:
    """Return what is wrong with the milk that came to nobody: all that was offered and has no home yet."""
    holds = {one["id"]: one["lot_id"] for one in it.rows["hold"]}
    rest = {number: lot["volume"] for number, lot in lots.items()}
    for one in it.rows["delivery"]:
        if (lot := holds[one["hold_id"]]) in rest:
            rest[lot] = rest[lot] - one["delivered"] - one["lost"]
    for one in it.rows["lot_fate"]:
        if one["lot_id"] in rest:
            rest[one["lot_id"]] = rest[one["lot_id"]] - one["volume"]
    others = [one for one in found.parties if one.kind is not PartyKind.FAMILY]
    told = [told.volume for one in others for told in one.told if told.became.is_gone]
    due, expected = total([one.due for one in others]), total([*rest.values(), *told])
    return "" if due == expected else f"{due} is due from donors and volunteers, the rows say {expected}"


RECALLING: Final[dict[str, Callable[[Coordinator, Choose], None]]] = {
    "recall begun": begin,
    "recall told back": tell_back,
    "recall rung": ring,
    "recall held back": hold_back,
    "recall closed or opened": close_or_open,
}
