"""``milkrun match``, ``hold``, ``release``, ``yes`` and ``holds``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import amount, figure, table
from coordinator.domain.agreements.checks import paused_words
from coordinator.domain.agreements.holds import Side
from coordinator.domain.driving.minutes import drive_words
from coordinator.domain.milk.splitting import CountedPart, LaterPart, counted_of, free_of_counted, part_from
from coordinator.domain.places.positions import format_distance
from coordinator.errors import NotFoundError, UserError
from coordinator.services.agreements import holds
from coordinator.services.driving import drive_times
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.milk import lots as milk
from coordinator.services.pickups import planning
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.task import Task
    from coordinator.domain.matching.ranking import Match, Ranking
    from coordinator.domain.milk.lots import Lot
    from coordinator.domain.settings import Settings
    from coordinator.domain.volume import Volume, VolumeUnit


def match(task: Task) -> None:
    """Rank who could help a family; under each donor every reason."""
    ranking = rank_donors(task.database, task.words.recipient, task.today)
    question = drive_times.about_ranking(task.database, ranking)
    if question is not None:
        told = drive_times.ask(question)
        if told.sentence:
            task.complain(told.sentence)
        ranking = rank_donors(task.database, task.words.recipient, task.today)
    if task.words.json:
        task.say_document(json_documents.written(json_documents.of_ranking(ranking)))
        return
    for line in _ranked(ranking, settings(task.database)):
        task.say(line)


def hold(task: Task) -> None:
    """Reserve milk of a lot: so much, so many bags' share, or all that is free and dated late enough."""
    words = task.words
    lot, unit = _lot(task, words.lot), settings(task.database).volume_unit
    volume, bags = words.volume, words.bags
    part = _counted(words.only_from, words.counted) if words.counted is not None else words.only_from
    if words.all and bags is not None:
        raise UserError("Say --all or --bags, not both: all of it is in all its bags.")
    if volume is None:
        whole = _all_free(lot, part, unit)
        volume = whole.volume if bags is None else _share(lot, whole, bags)
        bags = bags or whole.bags or None
    code = holds.hold_milk(
        task.database,
        words.recipient,
        lot.code,
        volume,
        task.today,
        bags=bags,
        only_from=part,
    )
    made = next(h for h in holds.holds(task.database, task.today) if h.code == code)
    only = f", only bags dated {made.only_from} or later" if made.only_from else ""
    about = "about " if made.is_about else ""
    task.say(
        f"{code}: {about}{amount(made.volume, unit)} of {made.lot_code} ({made.donor_code})"
        f" for {made.recipient_code}{only}; it ends after {made.expires_on} unless both say yes."
    )


def release(task: Task) -> None:
    """Give the milk of a hold back."""
    holds.release_hold(task.database, task.words.hold)
    task.say(f"{task.words.hold.upper()} is released; its milk is free again.")


def yes(task: Task) -> None:
    """Note a donor's or family's yes to a hold, or a driver's to a pickup."""
    code, side, on = task.words.code.upper(), task.words.side, task.words.on or task.today
    if side == "driver":
        planning.record_driver_yes(task.database, code, on)
        task.say(f"{code}: the driver said yes on {on}.")
        return
    holds.record_yes(task.database, code, Side(side), on)
    found = next(h for h in holds.holds(task.database, task.today, open_only=False) if h.code == code)
    if found.is_agreed:
        task.say(f"{code}: the {side} said yes on {on}; both have, so it is agreed.")
    else:
        other = "family" if side == "donor" else "donor"
        task.say(f"{code}: the {side} said yes on {on}; the {other} is still to be asked.")


def list_holds(task: Task) -> None:
    """List holds that keep their milk today."""
    found = holds.holds(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_hold(one) for one in found]))
        return
    unit = settings(task.database).volume_unit
    headers = (
        "Hold",
        unit.value,
        "Lot",
        "Donor",
        "For",
        "State",
        "Ends",
        "Donor yes",
        "Family yes",
        "Pickup",
        "Only from",
        "Counted",
    )
    rows = [
        (
            h.code,
            figure(h.volume, unit),
            h.lot_code,
            h.donor_code,
            h.recipient_code,
            h.state.value,
            None if h.is_agreed else h.expires_on,
            h.donor_yes_on,
            h.family_yes_on,
            h.pickup_code,
            h.only_from,
            "about" if h.is_about else None,
        )
        for h in found
    ]
    for line in table(headers, rows, (unit.value,)) if rows else ["No milk is held."]:
        task.say(line)


def _lot(task: Task, code: str) -> Lot:
    wanted = code.upper()
    for row in milk.list_lots(task.database, task.today):
        if row.lot.code == wanted:
            return row.lot
    raise NotFoundError(code)


def _counted(only_from: date | None, counted: Volume) -> CountedPart:
    if only_from is None:
        raise UserError("Say from which day on these were counted, with --from.")
    return CountedPart(only_from, counted)


def _all_free(lot: Lot, part: date | CountedPart | None, unit: VolumeUnit) -> LaterPart:
    """Return what can be held; where nothing of counted bags is free, all of them, to be refused with why."""
    if not isinstance(part, CountedPart):
        return part_from(lot, part)
    counted = counted_of(lot, part, unit)
    free = free_of_counted(lot, counted)
    return free if free.volume.microlitres > 0 else LaterPart(counted.volume)


def _share(lot: Lot, whole: LaterPart, bags: int) -> Volume:
    """Return what *bags* of the lot hold on average; as many as can be held hold all of it."""
    if not lot.bags:
        raise UserError(f"The bags of {lot.code} were not counted; say how many ounces, with --oz.")
    return whole.volume if bags == whole.bags else lot.volume.share(bags, lot.bags)


def _ranked(ranking: Ranking, using: Settings) -> Iterator[str]:
    seeker = ranking.seeker
    need = f"{amount(ranking.need.expected, using.volume_unit)} a day" if ranking.need else "need not known"
    yield f"{seeker.code} {seeker.name}: {need}. {ranking.baby_verdict.kind.words}."
    yield from (f"  {reason.text}" for reason in ranking.baby_verdict.reasons)
    if seeker.is_paused:
        yield f"  {paused_words(seeker.code)}"
    for one in ranking.matches:
        yield _line(one, using)
        yield from (f"         {reason.text}" for reason in one.verdict.reasons)
    yield from (f"Not a fit: {folded.text}" for folded in ranking.folded)
    if ranking.set_aside:
        yield "Set aside: " + ", ".join(donor.donor_code for donor in ranking.set_aside)


def _line(one: Match, using: Settings) -> str:
    where = "place not known"
    if one.miles is not None and one.minutes is not None:
        miles = format_distance(one.miles, using.distance_unit, exact=one.is_exact).replace("\u00a0", " ")
        where = f"{miles}, {drive_words(one.minutes, one.road_host, exact=one.is_exact)}"
        where += ", check the road" if one.crosses_water else ""
    lots = ", ".join(lot.code for lot in one.lots)
    free = amount(one.free, using.volume_unit)
    milk = f"{free} in {lots}; {where}, {one.reach}"
    part = one.parts[0] if one.parts else None
    only = f" ({part.lot.code}: {part.words})" if part and part.words else ""
    return f"{one.code}  {one.name}, {one.town}: {milk}. {one.verdict.kind.words}{only}"
