"""Answers that cannot both be so: asked, and until one of them is put right the milk waits.

They are looked for each time in what is stored, so that changing either answer settles them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.food_names import DAIRY, food_key
from coordinator.domain.facts.wording import quoted
from coordinator.domain.intervals import Interval, shifted
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import ASK
from coordinator.domain.suitability.findings import Finding, Findings, found
from coordinator.domain.vocabulary import vocabulary, words_of
from coordinator.sayings import NOTHING, Saying, coded, saying

COLOSTRUM = "colostrum"
"""The word in the note of bags that were pumped before the birth."""


def is_colostrum(lot: Lot) -> bool:
    """Whether the note of a lot says that it was pumped before the birth."""
    return COLOSTRUM in lot.note.casefold()


def of_dates(lot: Lot, baby_born: date | None, on: date) -> Findings:
    """Return the "ask" for bags that lie ahead or are older than her own baby; a day of grace for clocks."""
    if lot.expressed_from is None or lot.expressed_to is None:
        return ()
    ahead = lot.expressed_to > shifted(on, 1) or (baby_born is not None and baby_born > shifted(on, 1))
    is_older = baby_born is not None and lot.expressed_from < shifted(baby_born, -1) and not is_colostrum(lot)
    return tuple(_of_dates(baby_born, on)) if ahead or is_older else ()


def _of_dates(born: date | None, on: date) -> Iterator[Finding]:
    said = coded("dates.ahead", "bags are dated on days that lie ahead: ask which day is right")
    yield found(ASK, "expressed_to", said, during=Interval(shifted(on, 2), None), rule="contradiction")
    if born is not None and born > shifted(on, 1):
        yield found(
            ASK,
            "baby_born",
            coded(
                "dates.birth_ahead",
                "her baby's birth date ({born}) lies ahead: ask which day is right",
                born=born,
            ),
            rule="contradiction",
        )
    elif born is not None:
        said = coded(
            "dates.older_than_baby",
            "older than her baby ({born}): ask which date is right, or note “{word}” with the bags",
            born=born,
            word=COLOSTRUM,
        )
        during = Interval(None, shifted(born, -1))
        yield found(ASK, "expressed_from", said, during=during, rule="contradiction")


def of_dairy(facts: Iterable[Fact]) -> Findings:
    """Return the "ask" where she eats no dairy and her other answers say that she may eat some."""
    known = tuple(facts)
    words = dairy_contradiction(known)
    if not words:
        return ()
    said = coded("dairy.contradiction", "{what}: ask which", what=words)
    return (found(ASK, FactKind.DAIRY.value, said, rule="contradiction"),)


def dairy_contradiction(facts: Iterable[Fact]) -> Saying:
    """Return what contradicts a plain "no" to dairy, in words; empty if nothing does."""
    known = tuple(facts)
    if not any(f.kind is FactKind.DAIRY and f.presence is Presence.NO for f in known):
        return NOTHING
    foods = [f for f in known if f.kind in {FactKind.FOOD, FactKind.FOOD_AVOIDED}]
    eaten = _dairies(f for f in foods if f.kind is FactKind.FOOD and f.presence is Presence.YES)
    if eaten:
        return saying("no dairy, and eats {foods}", foods=quoted(eaten))
    avoided = [f for f in foods if f.kind is FactKind.FOOD_AVOIDED and f.presence is Presence.YES]
    if any(food_key(f.subject) in {DAIRY, "vegan"} for f in avoided):
        return NOTHING
    some = quoted(_dairies(avoided))
    return saying("no dairy, and of dairy avoids only {foods}", foods=some) if some else NOTHING


def _dairies(facts: Iterable[Fact]) -> list[str]:
    """Return the subjects that are dairy or a food made of it."""
    known, dairy = vocabulary().lists["foods"].phrases, vocabulary().covered(DAIRY)
    return [f.subject for f in facts if (one := known.get(words_of(f.subject))) and one.key in dairy]
