"""How many pairs are ready, one call away, a clinician's or wait: before and after what a network decides.

``python -m tests.benchmarks.bench_standings``: the sample region, and ten in which the same answers belong to
other donors and babies. No time is measured; ``--small`` takes the sample region alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from coordinator.bootstrap import make_network, open_database
from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.families.babies import Baby
from coordinator.domain.matching.matches import LotPart, Offer, Seeker
from coordinator.domain.matching.ranking import judge
from coordinator.domain.policies.deciding import as_decided
from coordinator.domain.policies.decisions import PRENATAL, Decides, NetworkDecision
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import known_disclosures
from coordinator.domain.suitability.standing import StandingKind, standing_of, together
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.sample.samples import open_sample_region

TODAY = date(2026, 11, 28)
REGIONS = 10
HOME = (
    "health",
    "must_avoid",
    "medicine_ok",
    "nicotine_ok",
    "gestation_weeks",
    "clinician",
    "clinician_agreed_on",
)
MADE = (
    NetworkDecision(Decides.PANEL, PRENATAL, "Rae Finch", TODAY, "as the board said"),
    NetworkDecision(
        Decides.FIGURE, "cannabis_wait", "Rae Finch", TODAY, "ours", 30, "days after the last use"
    ),
    *(
        NetworkDecision(Decides.NAME, name, "Dr. Fox", TODAY, "LactMed", is_clinician=True)
        for name in ("Zyrtec", "mini pill", "sertraline", "amoxicillin", "fenugreek", "blessed thistle")
    ),
)
"""What an ordinary coordinator would decide: a panel, a figure, and six names with a clinician."""


@dataclass(frozen=True)
class Region:
    """Families and the donors with milk free, each with all her answers."""

    seekers: tuple[Seeker, ...]
    offers: tuple[Offer, ...]


def main(arguments: Sequence[str]) -> int:
    """Print a line for each region and what was decided."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    regions = 0 if parser.parse_args(arguments).small else REGIONS
    sample = the_sample()
    say("Decided:", "; ".join(f"{one.words} ({one.by})" for one in MADE))
    for name, region in (
        ("sample", sample),
        *((f"{n}", dealt_anew(sample, n)) for n in range(1, regions + 1)),
    ):
        for when, decided in (("before", ()), ("after", MADE)):
            milk, pairs = counted(region, decided)
            say(f"{name:>6} {when:>6}", in_words(milk), "| with the baby's own:", in_words(pairs))
    return 0


def say(*words: str) -> None:
    sys.stdout.write(f"{' '.join(words)}\n")


def in_words(counts: Counter[StandingKind]) -> str:
    """Return the counts of every standing, in their order."""
    return ", ".join(f"{kind.words.casefold()} {counts[kind]}" for kind in StandingKind if counts[kind])


def the_sample() -> Region:
    """Return the sample region as it opens."""
    with TemporaryDirectory() as folder:
        database = open_database(make_network(Path(folder) / "network.db"))
        open_sample_region(database, TODAY)
        rankings = [rank_donors(database, one.code, TODAY) for one in list_recipients(database, TODAY)]
        database.dispose()
    found = {match.code: match.offer for one in rankings for match in (*one.matches, *one.not_a_fit)}
    offers = tuple(replace(offer, is_own=False) for _, offer in sorted(found.items()))
    return Region(tuple(one.seeker for one in rankings), offers)


def dealt_anew(region: Region, seed: int) -> Region:
    """Return the region with the answers of each question dealt to other donors and other babies."""
    random = Random(seed)
    held = [(*offer.disclosures.facts, *offer.disclosures.mentioned) for offer in region.offers]
    hands: list[list[Fact]] = [[] for _ in held]
    for kind in FactKind:
        answers = [[fact for fact in facts if fact.kind is kind] for facts in held]
        random.shuffle(answers)
        for hand, told in zip(hands, answers, strict=True):
            hand.extend(told)
    offers = (told_by(offer, tuple(hand)) for offer, hand in zip(region.offers, hands, strict=True))
    return Region(tuple(others(region.seekers, random)), tuple(offers))


def told_by(offer: Offer, facts: tuple[Fact, ...]) -> Offer:
    known = offer.disclosures
    return replace(offer, disclosures=known_disclosures(facts, known.policy, known.traits))


def others(seekers: Sequence[Seeker], random: Random) -> Iterator[Seeker]:
    dealt = {name: [getattr(one.baby, name) for one in seekers] for name in HOME}
    for answers in dealt.values():
        random.shuffle(answers)
    for at, seeker in enumerate(seekers):
        baby: Baby = replace(seeker.baby, **{name: answers[at] for name, answers in dealt.items()})
        yield replace(seeker, baby=baby)


def counted(
    region: Region, decided: tuple[NetworkDecision, ...]
) -> tuple[Counter[StandingKind], Counter[StandingKind]]:
    """Return how the donors' milk stands for each family, and the pairs with what is the baby's own."""
    milk, pairs = Counter[StandingKind](), Counter[StandingKind]()
    for offer in region.offers:
        policy: Policy = as_decided(offer.disclosures.policy, decided)
        known = offer.disclosures
        facts = (*known.facts, *known.mentioned)
        asked = replace(offer, disclosures=known_disclosures(facts, policy, known.traits))
        for seeker in region.seekers:
            best: LotPart = judge(asked, seeker, TODAY)[0]
            own = standing_of(judge_baby(seeker.baby, policy, TODAY), TODAY)
            if own.kind is StandingKind.REFER:
                continue
            standing = standing_of(best.verdict, TODAY)
            milk[standing.kind] += 1
            pairs[together(standing, own).kind] += 1
    return milk, pairs


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
