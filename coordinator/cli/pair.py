"""``milkrun pair`` and ``asked-after``: two families who share milk, and how it went with the milk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.cli.json_documents import written
from coordinator.domain.agreements.asked_after import Answers, Signs, Taste, Tolerated
from coordinator.domain.agreements.asking_after_words import ASK_CLINICIAN
from coordinator.domain.agreements.lending import Lending, LentBy, Thing
from coordinator.domain.agreements.pair import owed_words
from coordinator.domain.agreements.thank_you import Named
from coordinator.domain.volume import format_volume
from coordinator.sayings import Saying, joined, plural, saying
from coordinator.services.agreements import asking, pair_changes, thanking
from coordinator.services.agreements.pairs import pair as pair_of
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.pair import Pair, PairEvent
    from coordinator.domain.agreements.pair_forecast import Estimate
    from coordinator.domain.volume import Volume

SIGNS: Final = {"none": Signs.NONE, "rash": Signs.RASH, "other": Signs.OTHER, "both": Signs.BOTH}


def pair(task: Task) -> None:
    """Show the page of two, once what was asked for is written down."""
    words, database, today = task.words, task.database, task.today
    two = (words.donor, words.recipient)
    if words.note:
        pair_changes.add_note(database, *two, words.note, today)
    if words.lent:
        lending = Lending(LentBy(words.by), Thing(words.thing), words.lent, words.on or today, words.whose)
        pair_changes.lend(database, *two, lending, today)
    if words.back is not None:
        pair_changes.give_back(database, words.back, words.on or today, today)
    if words.pause is not None:
        pair_changes.pause_pair(database, *two, words.pause, today)
    if words.resume is not None:
        pair_changes.resume_pair(database, *two, words.resume, today)
    if words.card is not None:
        named = Named.CODES if words.codes else Named.FIRST_NAMES
        thanking.save_card(database, *two, words.card, today, named, gentle=words.gentle)
        task.say(str(words.card))
        return
    found = pair_of(database, *two, today)
    if words.json:
        task.say_document(written(of_pair(found)))
        return
    _say(task, found)


def asked_after(task: Task) -> None:
    """Note how it went with the milk a family got, or show what to ask."""
    words = task.words
    if words.text:
        task.say(asking.asked_after_text(task.database, words.family, task.today))
        return
    answers = Answers(
        Tolerated(words.tolerated) if words.tolerated else None,
        Taste(words.taste) if words.taste else None,
        SIGNS[words.signs] if words.signs else None,
        words.words,
    )
    on = words.on or task.today
    found = asking.record_asked_after(task.database, words.family, on, answers=answers, donor=words.donor)
    task.say(
        plural(
            "{code} was asked on {day} after {n} delivery.",
            "{code} was asked on {day} after {n} deliveries.",
            found.count,
            code=words.family.upper(),
            day=str(on),
        )
    )
    if found.asks_clinician:
        task.say(saying("Read this to the family: “{words}”", words=ASK_CLINICIAN))
    if found.paused:
        task.say(saying("Paused with {donors} until it is resumed with a reason.", donors=found.paused))


def _say(task: Task, found: Pair) -> None:
    unit = settings(task.database).volume_unit

    def much(volume: Volume) -> str:
        return format_volume(volume, unit).replace("\u00a0", " ")

    task.say(joined(" → ", (found.donor.name, found.recipient.name)))
    if found.pause is not None:
        task.say(saying("{what}.", what=found.pause.words))
    task.say(
        plural(
            "{much} came in {n} delivery.",
            "{much} came in {n} deliveries.",
            found.deliveries,
            much=much(found.delivered),
        )
    )
    for month, volume in found.by_month:
        task.say(f"  {month:%Y-%m}  {much(volume)}")
    task.say(saying("{what}.", what=found.forecast.words))
    for one in (found.forecast.runs_out, found.forecast.has_enough):
        task.say(joined(": ", filter(None, (one.words, one.how))))
    for lent in found.lent:
        task.say(saying("{what} (number {id})", what=lent.words, id=lent.id))
    if owed := owed_words(found):
        task.say(saying("{what}.", what=owed))
    for event in found.events:
        task.say(_line(event))


def _line(event: PairEvent) -> Saying:
    parts = (str(event.on), event.words, event.code, event.private)
    return joined("  ", [part for part in parts if part])


def of_pair(found: Pair) -> Document:
    """Return the page of two as a document."""
    return {
        "donor": found.donor.code,
        "recipient": found.recipient.code,
        "ounces": _oz(found.delivered),
        "deliveries": found.deliveries,
        "by_month": [{"month": f"{month:%Y-%m}", "ounces": _oz(volume)} for month, volume in found.by_month],
        "minutes": None if found.minutes is None else round(found.minutes),
        "room_oz": None if found.room is None else _oz(found.room),
        "next": {"words": str(found.forecast.words), "by": _day(found.forecast.by)},
        "runs_out": _estimate(found.forecast.runs_out),
        "has_enough": _estimate(found.forecast.has_enough),
        "paused": None if found.pause is None else {"on": str(found.pause.on), "why": found.pause.why.value},
        "ask_after": None if found.asking is None else str(found.asking.due_on),
        "standing": [one.pair.code for one in found.standing],
        "lent": [
            {
                "id": one.id,
                "by": one.lent_by.value,
                "thing": one.thing.value,
                "count": one.count,
                "on": str(one.lent_on),
                "back_on": _day(one.back_on),
            }
            for one in found.lent
        ],
        "bags_owed": found.bags_owed,
        "events": [
            {
                "on": str(one.on),
                "kind": one.kind.value,
                "words": str(one.words),
                "ounces": None if one.volume is None else _oz(one.volume),
                "code": one.code or None,
            }
            for one in found.events
        ],
    }


def _estimate(one: Estimate) -> Document:
    return {"on": _day(one.on), "words": str(one.words), "how": str(one.how)}


def _day(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _oz(volume: Volume) -> float:
    return round(volume.oz, 3)
