"""Who answers what is to be asked: the donor, the family, a clinician, or the network once for everybody.

Each "ask first" has a code, and every code stands in one table here: a new rule is put into it, or a test
fails. What stands in none counts as a clinician's, so that nothing new makes a match ready by being new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.policies.verdicts import Reason
from coordinator.sayings import Saying, saying


class Whom(StrEnum):
    """Who can answer. The network answers once, for every donor, by a decision; nobody what only waits."""

    DONOR = "donor"
    FAMILY = "family"
    CLINICIAN = "clinician"
    NETWORK = "network"
    NOBODY = "nobody"

    @property
    def words(self) -> Saying:
        """Who, in words."""
        return _WHOM_WORDS[self]


_WHOM_WORDS = {
    Whom.DONOR: saying("the donor"),
    Whom.FAMILY: saying("the family"),
    Whom.CLINICIAN: saying("a clinician"),
    Whom.NETWORK: saying("this network"),
    Whom.NOBODY: saying("nobody"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to be asked before the milk goes: of whom, and the reason that asks it.

    ``until``: no answer is needed for milk of that day or later, and it lies ahead.
    """

    whom: Whom
    reason: Reason
    until: date | None = None

    @property
    def question(self) -> Saying:
        """The question in few words, where the reason's own have more than that; else the reason's."""
        said = self.reason.said
        short = _SHORT.get(said.code)
        return replace(short, params=said.params) if short else said


def asked(reason: Reason, today: date) -> Ask:
    """Return of whom a reason that asks something is asked, and until when it waits.

    A wait that lies ahead is waited for; of milk of days that are over a person decides.
    """
    whom, end = _whom(reason), reason.during.end
    waits = reason.said.code in _WAITS and end is not None and end > today
    return Ask(whom, reason, end if waits else None)


def _whom(reason: Reason) -> Whom:
    code = reason.said.code
    if code == "event.open":
        return Whom.CLINICIAN if reason.topic == FactKind.ILLNESS.value else Whom.DONOR
    if code == "caffeine":
        amount = dict(reason.said.params).get("amount")
        return Whom.CLINICIAN if isinstance(amount, str) else Whom.DONOR
    return ANSWERED_BY.get(code, Whom.CLINICIAN)


_DONORS = (
    "unanswered", "not_clear", "days_unanswered", "none_since", "mentioned", "some_bags", "caffeine",
    "alcohol.how_much", "event.open", "contact.first", "contact.unknown", "lot.undated", "heat.not_clear",
    "heat.some_refused", "freezer.unanswered", "freezer.deep_unanswered", "freezer.may_be_too_long",
    "freezer.deep_may_be_too_long", "thawed.when", "thawed.ahead", "thawed.before_expressed", "dates.ahead",
    "dates.birth_ahead", "dates.older_than_baby", "dairy.contradiction", "dairy.unanswered",
    "dairy.unanswered_vegan", "foods.days_unanswered", "foods.free_and_eats", "foods.left_out",
    "foods.not_avoided", "foods.unanswered", "blood.asks_when", "blood.missing", "blood.none",
    "blood.one_in_pregnancy", "blood.pregnancy", "blood.results_wanted", "blood.some_in_pregnancy",
    "blood.some_not_made", "blood.too_old", "blood.which", "household.may_be_own_milk",
)  # fmt: skip
_FAMILIES = (
    "nicotine.ask_family", "medicine.ask_family", "medicine.family_decides", "medicine.vaccine",
    "baby.avoids_unanswered", "baby.born_unanswered", "baby.expected", "baby.health_unanswered",
    "baby.health_unanswered_mentions", "baby.weeks_unanswered",
)  # fmt: skip
_CLINICIANS = (
    "medicine.undecided", "medicine.undecided_dated", "medicine.herb", "medicine.lasts",
    "medicine.lasts_unknown", "cannabis.ask", "cannabis.refused", "nicotine.ask", "nicotine.refused",
    "alcohol.too_much", "event.wait", "event.illness", "travel", "heat.refused", "freezer.refused",
    "freezer.too_long", "baby.needs_clinician",
)  # fmt: skip
_NETWORKS = (
    "event.unknown", "alcohol.unknown", "heat.unknown", "freezer.unknown", "fresh.unknown", "thawed.unknown",
    "foods.stopped", "foods.left_out_unknown", "blood.age_unknown", "blood.panel_unknown",
)  # fmt: skip
_TABLE = (
    (Whom.DONOR, _DONORS),
    (Whom.FAMILY, _FAMILIES),
    (Whom.CLINICIAN, _CLINICIANS),
    (Whom.NETWORK, _NETWORKS),
    (Whom.NOBODY, ("donor.rests",)),
)
ANSWERED_BY: Mapping[str, Whom] = {code: whom for whom, codes in _TABLE for code in codes}
"""Who answers each question, by the code of what is said. The network: what no profile knows."""

_WAITS = frozenset(
    {
        "event.wait",
        "event.illness",
        "cannabis.ask",
        "cannabis.refused",
        "nicotine.ask",
        "nicotine.refused",
        "medicine.lasts",
        "medicine.herb",
        "foods.left_out",
        "donor.rests",
    }
)
"""What is past after a time, so that milk of later days is not asked about."""

_SHORT: Mapping[str, Saying] = {
    "unanswered": saying("{what:title}?", what=""),
    "not_clear": saying("{what:title}: what was meant?", what=""),
    "blood.which": saying("which infections, HTLV among them?"),
    "blood.some_in_pregnancy": saying("{names}: tested?", names=""),
    "blood.one_in_pregnancy": saying("{name}: tested?", name=""),
    "blood.missing": saying("{names}: tested?", names=""),
    "foods.not_avoided": saying("would she stop {food}?", food=""),
    "foods.unanswered": saying("does she eat {food}?", food=""),
    "dairy.unanswered": saying("does she eat dairy?"),
    "lot.undated": saying("pumped when?"),
    "freezer.unanswered": saying("which freezer?"),
    "nicotine.ask_family": saying("{what}: does the family agree?", what=""),
    "medicine.undecided": saying("takes {what}: does a clinician agree?", what=""),
    "medicine.undecided_dated": saying("{what}: does a clinician agree?", what=""),
    "baby.health_unanswered": saying("at home and well?"),
    "baby.avoids_unanswered": saying("what must the baby avoid?"),
}
