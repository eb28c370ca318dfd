"""``milkrun match``: donors for a family, or families for a donor or a lot, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from coordinator.cli import json_documents, ranking_json
from coordinator.cli.tables import amount, plain_spaces
from coordinator.domain.agreements.checks import paused_words
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.driving.minutes import drive_words
from coordinator.domain.matching.told import told_of
from coordinator.domain.places.positions import format_distance
from coordinator.sayings import Saying, as_written, joined, saying
from coordinator.services.driving import drive_times
from coordinator.services.matching.helping import score_families
from coordinator.services.matching.scoring import score_donors
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.matching.matches import Match
    from coordinator.domain.matching.scored import ScoredDonors, ScoredFamilies
    from coordinator.domain.matching.scoring import Placed, Score
    from coordinator.domain.matching.why_not import WhyNot
    from coordinator.domain.settings import Settings

_FROM_A_DONOR = frozenset({CodeLetter.DONOR, CodeLetter.LOT})


def match(task: Task) -> None:
    """Rank who could help a family, or whom a donor or a lot could; under each every reason."""
    code = task.words.code.upper()
    using = settings(task.database)
    if letter_of(code) in _FROM_A_DONOR:
        families = score_families(task.database, code, task.today)
        _tell(task, ranking_json.of_families(families), _families(families, using))
        return
    found = score_donors(task.database, code, task.today)
    question = drive_times.about_ranking(task.database, found.ranking)
    if question is not None:
        told = drive_times.ask(question)
        if told.sentence:
            task.complain(told.sentence)
        found = score_donors(task.database, code, task.today)
    _tell(task, ranking_json.of_donors(found), _donors(found, using))


def _tell(task: Task, document: json_documents.Document, lines: Iterator[Saying | str]) -> None:
    if task.words.json:
        task.say_document(json_documents.written(document))
        return
    for line in lines:
        task.say(line)


def _donors(found: ScoredDonors, using: Settings) -> Iterator[Saying | str]:
    ranking = found.ranking
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
    placed = {one.code: one for one in found.placed}
    for kind, matches in groupby(ranking.matches, key=lambda one: one.pair.kind):
        yield saying("{standing}:", standing=kind.words)
        for one in matches:
            yield _line(one, using)
            yield from _why_here(found.scores[one.code], placed[one.code])
            yield from (f"         {reason.text}" for reason in one.verdict.reasons)
    yield from (saying("Not a fit: {why}", why=folded.text) for folded in ranking.folded)
    if ranking.set_aside:
        aside = joined(", ", (donor.donor_code for donor in ranking.set_aside))
        yield saying("Set aside: {donors}", donors=aside)
    yield from _left_out(found.why_not)


def _families(found: ScoredFamilies, using: Settings) -> Iterator[Saying | str]:
    about = saying("{code} {name}", code=found.donor, name=found.donor_name)
    if found.lot:
        about = saying("{lot} of {donor}", lot=found.lot, donor=about)
    yield saying("{milk}: who could use this?", milk=about)
    placed = {one.code: one for one in found.placed}
    for kind, matches in groupby(found.matches, key=lambda one: one.pair.kind):
        yield saying("{standing}:", standing=kind.words)
        for one in matches:
            yield _family_line(one, using)
            yield from _why_here(found.scores[one.seeker.code], placed[one.seeker.code])
    yield from _left_out(found.why_not)


def _why_here(score: Score, placed: Placed) -> Iterator[Saying | str]:
    """Yield why a match stands where it stands among those that stand alike."""
    told = joined(" · ", [part.said for part in score.parts])
    if placed.tied:
        told = saying("{parts} · a tie with {codes}", parts=told, codes=joined(", ", placed.tied))
    yield saying("         {parts}", parts=told)


def _left_out(why_not: WhyNot) -> Iterator[Saying | str]:
    """Yield why not the others: the counts, and under each who they are and what would change it."""
    yield saying("{counts}.", counts=why_not.said)
    for group in why_not.groups:
        yield saying("  {count}:", count=group.said)
        for one in group.left:
            yield saying(
                "    {code}  {name}: {why}; {step}", code=one.code, name=one.name, why=one.why, step=one.step
            )


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


def _family_line(one: Match, using: Settings) -> Saying:
    seeker, need = one.seeker, saying("need not known")
    if seeker.need is not None:
        need = saying("{amount} a day", amount=amount(seeker.need.expected, using.volume_unit))
    return saying(
        "{code}  {name}: {need}; {where}, {reach}. {standing}",
        code=seeker.code,
        name=seeker.name,
        need=need,
        where=_where(one, using),
        reach=one.reach.words,
        standing=told_of(one),
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
