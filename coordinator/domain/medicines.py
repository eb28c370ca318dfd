"""Medicines, supplements and herbs: nothing is cleared but by a person, who is named with the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coordinator.domain.decisions import Decided, MedicineDecision, medicine_key
from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.findings import Finding, Findings, found, not_clear, relying, unanswered, waiting
from coordinator.domain.intervals import Interval
from coordinator.domain.policies import Policy
from coordinator.domain.recipients import Willing
from coordinator.domain.verdicts import VerdictKind
from coordinator.domain.wording import day, when

ASK, NOT_A_FIT, IF = VerdictKind.ASK, VerdictKind.NOT_A_FIT, VerdictKind.NO_OBJECTION_IF
KINDS = (FactKind.MEDICINE, FactKind.SUPPLEMENT, FactKind.HERB)
_UNDECIDED = "nobody has decided yet"


def medicine_findings(
    facts: Mapping[FactKind, list[Fact]],
    decisions: Iterable[MedicineDecision],
    policy: Policy,
    willing: Willing | None,
) -> Findings:
    """Return what a donor's medicines say for a family that answered *willing* about medicine."""
    decided = {medicine_key(one.medicine): one for one in decisions}
    findings: list[Finding] = []
    for kind in KINDS:
        told = facts.get(kind, [])
        if not told and kind in policy.questions:
            findings.append(unanswered(kind))
        for fact in told:
            findings += _one(fact, decided.get(medicine_key(fact.subject)), policy, willing)
    return tuple(findings)


def waits_for_decision(fact: Fact, decisions: Iterable[MedicineDecision], policy: Policy) -> bool:
    """Whether *fact* is something she takes or took that a person must decide about and nobody has."""
    name = medicine_key(fact.subject)
    return (
        fact.kind in KINDS
        and fact.presence is Presence.YES
        and name not in policy.supplements | policy.herbs
        and name not in {medicine_key(one.medicine) for one in decisions}
    )


def _one(
    fact: Fact, decision: MedicineDecision | None, policy: Policy, willing: Willing | None
) -> Iterator[Finding]:
    name = medicine_key(fact.subject)
    if fact.presence is Presence.UNCLEAR:
        yield not_clear(fact, fact.subject)
    elif fact.presence is Presence.NO:
        return
    elif name in policy.supplements:
        yield from relying(policy["supplements"], fact.kind.value, [fact.during])
    elif name in policy.herbs:
        value = policy["herbs"]
        during, past = waiting(fact, policy["medicine_wait"])
        text = f"takes {fact.subject}{_dates(fact)}: an herb this policy does not want"
        yield found(value.otherwise, fact.kind.value, text, during=during, fact=fact, value=value)
        yield from relying(policy["medicine_wait"], fact.kind.value, past)
    elif decision is not None:
        yield from _decided(fact, decision, willing)
    else:
        yield from _undecided(fact, policy, willing)


def _dates(fact: Fact) -> str:
    return f", {when(fact)}" if fact.is_dated else ""


def _undecided(fact: Fact, policy: Policy, willing: Willing | None) -> Iterator[Finding]:
    topic, wait = fact.kind.value, policy["medicine_wait"]
    what = fact.subject or f"a {fact.kind.value}"
    during, past = waiting(fact, wait)
    if willing is Willing.NO and fact.kind is FactKind.MEDICINE:
        yield _unwanted(fact, what)
    else:
        text = f"{what}, {when(fact)}: {_UNDECIDED}" if fact.is_dated else f"takes {what}: {_UNDECIDED}"
        yield found(ASK, topic, text, during=fact.during, fact=fact, rule="medicine")
    if fact.end is not None:
        passed = f"milk of {day(during.end)} or later is past that" if during.end else "how long is not known"
        text = f"{what} ended on {day(fact.end)} and may last in milk: {passed}"
        yield found(ASK, topic, text, during=Interval(fact.end, during.end), fact=fact, value=wait)
    yield from relying(wait, topic, past)


def _unwanted(fact: Fact, what: str) -> Finding:
    wish = "family wants no medicine"
    text = f"{what}, {when(fact)}: {wish}" if fact.is_dated else f"takes {what}; {wish}"
    return found(
        NOT_A_FIT,
        fact.kind.value,
        text,
        during=fact.during,
        fact=fact,
        rule="medicine",
        together="take a medicine the family does not want",
    )


def _decided(fact: Fact, decision: MedicineDecision, willing: Willing | None) -> Iterator[Finding]:
    what, topic = fact.subject, fact.kind.value
    who = f"{decision.by}, {day(decision.on)}"
    if willing is Willing.NO and fact.kind is FactKind.MEDICINE:
        yield _unwanted(fact, what)
    elif decision.decision is Decided.NOT_A_FIT:
        text = f"takes {what}{_dates(fact)}; decided not to give it ({who})"
        yield found(
            NOT_A_FIT, topic, text, during=fact.during, fact=fact, rule="medicine", together=f"take {what}"
        )
    elif decision.decision is Decided.ASK_FAMILY and willing not in {Willing.YES, Willing.IF_COMPATIBLE}:
        text = f"takes {what}{_dates(fact)}: the family decides ({who})"
        yield found(ASK, topic, text, during=fact.during, fact=fact, rule="medicine")
    elif willing in {None, Willing.ASK}:
        text = f"takes {what}{_dates(fact)}, nothing against it ({who}): ask the family"
        yield found(ASK, topic, text, during=fact.during, fact=fact, rule="medicine")
    else:
        text = f"takes {what}{_dates(fact)}: nothing against it ({who}), and the family is told"
        yield found(IF, topic, text, during=fact.during, fact=fact, rule="medicine")
