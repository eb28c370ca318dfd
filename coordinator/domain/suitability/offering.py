"""What a network could decide once where a reason is met: offered beside it, never decided by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind
from coordinator.domain.facts.medicine_names import is_supplement, medicine_key
from coordinator.domain.intervals import covers
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.deciding import as_decided
from coordinator.domain.policies.decisions import FIGURES, PRENATAL, Decides, NetworkDecision
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, Reason
from coordinator.domain.suitability.asks import ANSWERED_BY, Whom
from coordinator.domain.suitability.blood_tests import coverage, prenatal_does
from coordinator.domain.suitability.disclosures import Disclosures
from coordinator.domain.suitability.never import is_final


@dataclass(frozen=True, slots=True)
class Offered:
    """A decision that would move a reason: about a name, a figure (``None``: one is to be typed), a panel."""

    kind: Decides
    subject: str
    figure: float | None = None
    unit: str = ""
    needs_clinician: bool = False


def decisions_for(reason: Reason, donor: Disclosures, lot: Lot) -> tuple[Offered, ...]:
    """Return what could be decided for every donor, so that *reason* is not asked of the next one."""
    if reason.kind is IF and reason.rule == "unchecked":
        return tuple(_unchecked(reason, donor.policy))
    if reason.kind not in {ASK, NOT_A_FIT}:
        return ()
    fact = next((one for one in donor.facts if one.id == reason.fact_id), None) if reason.fact_id else None
    known = tuple(_known_wait(reason, fact, donor.policy))
    if known or reason.kind is NOT_A_FIT:
        return known
    code = reason.said.code
    if code.startswith("medicine."):
        return tuple(_name(fact, code, donor.policy))
    if code in _PREGNANCY:
        return _panel(donor, lot)
    return tuple(_figure(reason, fact, donor.policy))


_NAMES = frozenset(
    {
        "medicine.undecided",
        "medicine.undecided_dated",
        "medicine.herb",
        "medicine.lasts",
        "medicine.lasts_unknown",
    }
)
_PREGNANCY = frozenset(
    {"blood.some_in_pregnancy", "blood.one_in_pregnancy", "blood.pregnancy", "blood.missing"}
)
_WAITED = frozenset(rule for rule in FIGURES if rule.endswith("_wait"))
"""Waits: what is waited for by a figure of the profile, whether it asks or refuses meanwhile."""
_WAITS_OF = {"cannabis.ask": "cannabis_wait", "nicotine.ask": "nicotine_wait"}


def _name(fact: Fact | None, code: str, policy: Policy) -> Iterator[Offered]:
    if code not in _NAMES or fact is None or not fact.subject or is_final(fact):
        return
    key = medicine_key(fact.subject)
    if key in policy.no_decision or (key in policy.herbs and policy["herbs"].otherwise is not ASK):
        return
    yield Offered(Decides.NAME, fact.subject, needs_clinician=not is_supplement(fact.subject))


def _panel(donor: Disclosures, lot: Lot) -> tuple[Offered, ...]:
    """Return the decision that a prenatal panel does, if it would be enough for some bags of a lot."""
    if donor.policy.prenatal is not None:
        return ()
    policy = as_decided(donor.policy, (*donor.policy.decided, _PANEL))
    tests = donor.by_kind.get(FactKind.BLOOD_TEST, [])
    days = prenatal_does(coverage(tests, policy), policy)
    oldest = lot.expressed_from
    is_enough = bool(days) if oldest is None else covers(days, oldest)
    return (Offered(Decides.PANEL, PRENATAL),) if is_enough else ()


_PANEL = NetworkDecision(Decides.PANEL, PRENATAL, "", date.min, "")


def _figure(reason: Reason, fact: Fact | None, policy: Policy) -> Iterator[Offered]:
    """Yield the figure that the profile does not know, of what she has stopped."""
    code, is_over = reason.said.code, fact is None or fact.end is not None
    rule = _WAITS_OF.get(code) if is_over else None
    if ANSWERED_BY.get(code) is Whom.NETWORK:
        rule = reason.rule
    if rule in FIGURES and policy[rule].value is None:
        yield Offered(Decides.FIGURE, rule, unit=policy[rule].unit)


def _known_wait(reason: Reason, fact: Fact | None, policy: Policy) -> Iterator[Offered]:
    """Yield the wait that the profile knows, of what is over, to be called this network's own figure."""
    if reason.rule not in _WAITED:
        return
    value = policy[reason.rule]
    is_over = fact is not None and fact.end is not None
    if is_over and value.decided is None and isinstance(value.value, int | float):
        yield Offered(Decides.FIGURE, reason.rule, value.value, value.unit)


def _unchecked(reason: Reason, policy: Policy) -> Iterator[Offered]:
    """Yield the figures that nobody has checked, to be confirmed as this network's."""
    for basis in reason.bases:
        value = policy[basis.rule]
        if value.rule in FIGURES and isinstance(value.value, int | float):
            yield Offered(Decides.FIGURE, value.rule, value.value, value.unit)
