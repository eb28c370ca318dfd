"""``milkrun match``, ``hold``, ``release``, ``yes`` and ``holds``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import amount, figure, plain_spaces, table
from coordinator.domain.agreements.checks import paused_words
from coordinator.domain.agreements.holds import Side
from coordinator.domain.driving.minutes import drive_words
from coordinator.domain.matching.told import told_of
from coordinator.domain.milk.splitting import CountedPart, LaterPart, counted_of, free_of_counted, part_from
from coordinator.domain.places.positions import format_distance
from coordinator.errors import NotFoundError, UserError
from coordinator.sayings import Saying, as_written, joined, saying
from coordinator.services.agreements import holds
from coordinator.services.driving import drive_times
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.milk import lots as milk
from coordinator.services.pickups import planning
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from datetime import date

    from coordinator.cli.task import Task
    from coordinator.domain.agreements.holds import Hold
    from coordinator.domain.matching.matches import Match
    from coordinator.domain.matching.ranking import Ranking
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
        raise UserError(saying("Say --all or --bags, not both: all of it is in all its bags."))
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
    task.say(_held(made, unit))


def _held(made: Hold, unit: VolumeUnit) -> Saying:
    volume = amount(made.volume, unit)
    milk = saying(
        "{amount} of {lot} ({donor}) for {family}",
        amount=saying("about {amount}", amount=volume) if made.is_about else volume,
        lot=made.lot_code,
        donor=made.donor_code,
        family=made.recipient_code,
    )
    if made.only_from:
        milk = saying("{milk}, only bags dated {day} or later", milk=milk, day=str(made.only_from))
    return saying(
        "{code}: {milk}; it ends after {day} unless both say yes.",
        code=made.code,
        milk=milk,
        day=str(made.expires_on),
    )


def release(task: Task) -> None:
    """Give the milk of a hold back."""
    holds.release_hold(task.database, task.words.hold)
    task.say(saying("{code} is released; its milk is free again.", code=task.words.hold.upper()))


def yes(task: Task) -> None:
    """Note a donor's or family's yes to a hold, or a driver's to a pickup."""
    code, side, on = task.words.code.upper(), task.words.side, task.words.on or task.today
    if side == "driver":
        planning.record_driver_yes(task.database, code, on)
        task.say(saying("{code}: the driver said yes on {day}.", code=code, day=str(on)))
        return
    holds.record_yes(task.database, code, Side(side), on)
    found = next(h for h in holds.holds(task.database, task.today, open_only=False) if h.code == code)
    said = _said_yes(Side(side), on)
    if found.is_agreed:
        task.say(saying("{code}: {said}; both have, so it is agreed.", code=code, said=said))
    elif side == "donor":
        task.say(saying("{code}: {said}; the family is still to be asked.", code=code, said=said))
    else:
        task.say(saying("{code}: {said}; the donor is still to be asked.", code=code, said=said))


def _said_yes(side: Side, on: date) -> Saying:
    if side is Side.DONOR:
        return saying("the donor said yes on {day}", day=str(on))
    return saying("the family said yes on {day}", day=str(on))


def list_holds(task: Task) -> None:
    """List holds that keep their milk today."""
    found = holds.holds(task.database, task.today)
    if task.words.json:
        task.say_document(json_documents.written([json_documents.of_hold(one) for one in found]))
        return
    unit = settings(task.database).volume_unit
    headers = (
        saying("Hold"),
        unit.value,
        saying("Lot"),
        saying("Donor"),
        saying("For"),
        saying("State"),
        saying("Ends"),
        saying("Donor yes"),
        saying("Family yes"),
        saying("Pickup"),
        saying("Only from"),
        saying("Counted"),
    )
    rows = [
        (
            h.code,
            figure(h.volume, unit),
            h.lot_code,
            h.donor_code,
            h.recipient_code,
            h.state.words,
            None if h.is_agreed else h.expires_on,
            h.donor_yes_on,
            h.family_yes_on,
            h.pickup_code,
            h.only_from,
            saying("about") if h.is_about else None,
        )
        for h in found
    ]
    for line in table(headers, rows, (unit.value,)) if rows else [saying("No milk is held.")]:
        task.say(line)


def _lot(task: Task, code: str) -> Lot:
    wanted = code.upper()
    for row in milk.list_lots(task.database, task.today):
        if row.lot.code == wanted:
            return row.lot
    raise NotFoundError(code)


def _counted(only_from: date | None, counted: Volume) -> CountedPart:
    if only_from is None:
        raise UserError(saying("Say from which day on these were counted, with --from."))
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
        raise UserError(
            saying("The bags of {lot} were not counted; say how many ounces, with --oz.", lot=lot.code)
        )
    return whole.volume if bags == whole.bags else lot.volume.share(bags, lot.bags)


def _ranked(ranking: Ranking, using: Settings) -> Iterator[Saying | str]:
    seeker = ranking.seeker
    need = saying("need not known")
    if ranking.need:
        need = saying("{amount} a day", amount=amount(ranking.need.expected, using.volume_unit))
    yield saying(
        "{code} {name}: {need}. {verdict}.",
        code=seeker.code,
        name=seeker.name,
        need=need,
        verdict=ranking.baby_verdict.kind.words,
    )
    yield from (f"  {reason.text}" for reason in ranking.baby_verdict.reasons)
    if seeker.is_paused:
        yield f"  {paused_words(seeker.code)}"
    for kind, matches in groupby(ranking.matches, key=lambda one: one.pair.kind):
        yield saying("{standing}:", standing=kind.words)
        for one in matches:
            yield _line(one, using)
            yield from (f"         {reason.text}" for reason in one.verdict.reasons)
    yield from (saying("Not a fit: {why}", why=folded.text) for folded in ranking.folded)
    if ranking.set_aside:
        aside = joined(", ", (donor.donor_code for donor in ranking.set_aside))
        yield saying("Set aside: {donors}", donors=aside)


def _line(one: Match, using: Settings) -> Saying:
    part = one.parts[0] if one.parts else None
    standing = told_of(one)
    if part and part.words:
        standing = saying("{standing} ({lot}: {only})", standing=standing, lot=part.lot.code, only=part.words)
    return saying(
        "{code}  {name}, {town}: {amount} in {lots}; {where}, {reach}. {standing}",
        code=one.code,
        name=one.name,
        town=one.town,
        amount=amount(one.free, using.volume_unit),
        lots=joined(", ", (lot.code for lot in one.lots)),
        where=_where(one, using),
        reach=one.reach.words,
        standing=standing,
    )


def _where(one: Match, using: Settings) -> Saying:
    if one.offer.position is None and one.offer.place_label:
        return as_written(one.offer.place_label)
    if one.miles is None or one.minutes is None:
        return saying("place not known")
    miles = plain_spaces(format_distance(one.miles, using.distance_unit, exact=one.is_exact))
    drive = drive_words(one.minutes, one.road_host, exact=one.is_exact)
    if one.crosses_water:
        return saying("{distance}, {drive}, check the road", distance=miles, drive=drive)
    return saying("{distance}, {drive}", distance=miles, drive=drive)
