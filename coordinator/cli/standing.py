"""``milkrun standing``: pairs that agreed once on how much and how often, and each next day of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.rhythm_words import read_rhythm
from coordinator.domain.agreements.rhythms import day_words
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.errors import UserError
from coordinator.sayings import as_written, joined, saying
from coordinator.services.agreements import renewing
from coordinator.services.agreements import standing_pairs as service
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from coordinator.cli.json_documents import Document
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.renewals import Renewal
    from coordinator.domain.agreements.rhythms import Rhythm
    from coordinator.domain.agreements.standing_pairs import Proposal, StandingPair


def listed(task: Task) -> None:
    """List the pairs that have not ended, each with its next day and the milk for it."""
    found = service.renewals(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([of_renewal(one) for one in found]))
        return
    if not found:
        task.say(saying("No standing pairs."))
    unit = settings(task.database).volume_unit
    headers = (saying("Code"), saying("Donor"), saying("Family"), saying("Agreed"), saying("Next"))
    rows = [
        (
            one.pair.code,
            one.pair.donor_name,
            one.pair.recipient_name,
            one.pair.agreed.words(unit),
            one.words(unit),
        )
        for one in found
    ]
    for line in table(headers, rows) if rows else ():
        task.say(line)


def add(task: Task) -> None:
    """Note what two families agreed on."""
    words = task.words
    agreed = _agreed(task, _rhythm(words.every), words.volume)
    code = service.add_standing(task.database, words.donor, words.recipient, agreed, task.today)
    said = agreed.words(settings(task.database).volume_unit)
    task.say(saying("{code}: {agreed}. Nothing is held yet.", code=code, agreed=said))
    _say_left_out(task, sorted(_pair(task, code).skipped))


def change(task: Task) -> None:
    """Change what a pair agreed on; what is not said stays."""
    words, pair = task.words, _pair(task, task.words.code)
    was = pair.agreed
    agreed = Agreed(
        words.volume or was.volume,
        was.is_a_day if words.volume is None else not words.a_pickup,
        _rhythm(words.every) if words.every else was.rhythm,
        words.first or was.first_on,
        words.until or was.ends_on,
    )
    left_out = service.change_standing(task.database, pair.code, agreed, task.today)
    said = agreed.words(settings(task.database).volume_unit)
    task.say(saying("{code}: {agreed}.", code=pair.code, agreed=said))
    _say_left_out(task, left_out)


def _say_left_out(task: Task, left_out: Sequence[date]) -> None:
    if left_out:
        days = joined(", ", map(day_words, left_out))
        task.say(saying("Left out, as the milk held before lasts longer: {days}.", days=days))


def hold(task: Task) -> None:
    """Hold the milk of the next day, so that both are asked."""
    _held(task, renewing.hold_for_day)


def yes(task: Task) -> None:
    """Note that both said yes to the next day."""
    _held(task, renewing.renew)


def _held(task: Task, do: Callable[..., tuple[str, ...]]) -> None:
    code, on = task.words.code, _day(task)
    held = do(task.database, code, on, task.today, is_said=task.words.all_the_same)
    pair = _pair(task, code)
    task.say(saying("{code}, {on}: {holds}.", code=pair.code, on=str(on), holds=held))


def text(task: Task) -> None:
    """Print the one question about one day to one side."""
    on, side = _day(task), Side(task.words.side)
    task.say(as_written(renewing.renewal_text(task.database, task.words.code, on, side, task.today)))


def skip(task: Task) -> None:
    """Leave one day out, or bring it back."""
    if task.words.back:
        on = task.words.on
        if on is None:
            raise UserError(saying("Say which day comes back, such as --on 2026-12-12."))
        service.bring_day_back(task.database, task.words.code, on, task.today)
        task.say(saying("{on} is asked about again.", on=str(on)))
        return
    on = _day(task)
    service.skip_day(task.database, task.words.code, on, task.today)
    task.say(saying("{on} is left out; the rhythm goes on.", on=str(on)))


def pause(task: Task) -> None:
    """Propose nothing until it goes on."""
    service.pause_standing(task.database, task.words.code, task.today)
    task.say(saying("{code} is paused.", code=task.words.code.upper()))


def resume(task: Task) -> None:
    """Let a paused pair go on."""
    service.resume_standing(task.database, task.words.code, task.today)
    task.say(saying("{code} goes on.", code=task.words.code.upper()))


def end(task: Task) -> None:
    """End a pair."""
    service.end_standing(task.database, task.words.code, task.today)
    task.say(saying("{code} has ended; what is held stays held.", code=task.words.code.upper()))


def _agreed(task: Task, rhythm: Rhythm, volume: object) -> Agreed:
    words = task.words
    return Agreed(volume, not words.a_pickup, rhythm, words.first or task.today, words.until)  # type: ignore[arg-type] # argparse gives a Volume


def _rhythm(text: str) -> Rhythm:
    found = read_rhythm(text)
    if found is None:
        raise UserError(
            saying(
                "“{text}” is not understood; say “every other Saturday” or “first Friday of the month”.",
                text=text,
            )
        )
    return found


def _pair(task: Task, code: str) -> StandingPair:
    return service.pair_of(task.database, code)


def _day(task: Task) -> date:
    """Return the day that is meant: the one told, else the pair's next."""
    pair = _pair(task, task.words.code)
    on: date | None = task.words.on or pair.next_on(task.today)
    if on is None:
        raise UserError(saying("{pair} has no day to come.", pair=pair.code))
    return on


def of_renewal(one: Renewal) -> Document:
    """Return a pair, what it agreed on, and its next day."""
    pair, agreed, step = one.pair, one.pair.agreed, one.next
    return {
        "code": pair.code,
        "donor": pair.donor_code,
        "recipient": pair.recipient_code,
        "ounces": round(agreed.volume.oz, 1),
        "a_day": agreed.is_a_day,
        "rhythm": str(agreed.rhythm.words),
        "first_on": agreed.first_on.isoformat(),
        "ends_on": agreed.ends_on.isoformat() if agreed.ends_on else None,
        "state": pair.state.value,
        "skipped": [on.isoformat() for on in sorted(pair.skipped)],
        "next_on": one.on.isoformat() if one.on else None,
        "renew_by": one.renew_by.isoformat() if one.renew_by else None,
        "due": one.is_due,
        "turn": one.turn.value,
        "since": one.since.isoformat() if one.since else None,
        "next": step.act.value,
        "milk": _of_proposal(one.proposal) if one.proposal else None,
    }


def _of_proposal(found: Proposal) -> Document:
    return {
        "wanted_oz": round(found.wanted.oz, 1),
        "ounces": round(found.volume.oz, 1),
        "lacks_oz": round(found.lacks.oz, 1),
        "ready": found.is_ready,
        "standing": found.standing.kind.name.lower(),
        "hindered": str(found.hindered) or None,
        "lots": [
            {
                "lot": part.lot_code,
                "ounces": round(part.volume.oz, 1),
                "only_from": part.only_from.isoformat() if part.only_from else None,
            }
            for part in found.parts
        ],
    }
