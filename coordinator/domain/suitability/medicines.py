"""Medicines, supplements and herbs: nothing is cleared but by a person, who is named with the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.facts.medicine_names import is_supplement, medicine_key
from coordinator.domain.families.babies import Willing
from coordinator.domain.intervals import Interval
from coordinator.domain.policies.decisions import NetworkDecision
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT
from coordinator.domain.suitability.findings import (
    Finding,
    Findings,
    days_not_told,
    found,
    not_clear,
    relying,
    unanswered,
    waiting,
    with_dates,
)
from coordinator.domain.vocabulary import vocabulary, words_of
from coordinator.sayings import Saying, coded, saying

KINDS = (FactKind.MEDICINE, FactKind.SUPPLEMENT, FactKind.HERB)


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
        findings += days_not_told(told, kind.words)
        for fact in told:
            findings += _one(fact, decided.get(medicine_key(fact.subject)), policy, willing)
    return tuple(findings)


def waits_for_decision(fact: Fact, decisions: Iterable[MedicineDecision], policy: Policy) -> bool:
    """Whether *fact* is something she takes or took that a person must decide about and nobody has."""
    name = medicine_key(fact.subject)
    return (
        fact.kind in KINDS
        and fact.presence is Presence.YES
        and name not in policy.supplements.keys() | policy.herbs | policy.no_decision.keys()
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
        yield from relying(policy.supplements[name], fact.kind.value, [fact.during])
    elif name in policy.herbs and not _is_decided_herb(fact, name, policy, willing):
        value = policy["herbs"]
        during, past = waiting(fact, policy["medicine_wait"])
        what = with_dates(fact.subject, fact)
        said = coded("medicine.herb", "takes {what}: an herb this policy does not want", what=what)
        yield found(value.otherwise, fact.kind.value, said, during=during, fact=fact, value=value)
        yield from relying(policy["medicine_wait"], fact.kind.value, past)
    elif decision is not None:
        yield from _decided(fact, decision, policy, willing)
    elif name in policy.no_decision:
        yield from _by_the_network(fact, policy.no_decision[name], policy, willing)
    else:
        yield from _undecided(fact, policy, willing)


def _is_decided_herb(fact: Fact, name: str, policy: Policy, willing: Willing | None) -> bool:
    """Whether the network decided about an herb that the profile only asks about.

    A family that wants no medicine, where the herb was told as one, is asked as before.
    """
    is_unwanted = willing is Willing.NO and fact.kind is FactKind.MEDICINE
    return name in policy.no_decision and policy["herbs"].otherwise is ASK and not is_unwanted


def _by_the_network(
    fact: Fact, decided: NetworkDecision, policy: Policy, willing: Willing | None
) -> Iterator[Finding]:
    """Yield what the network's decision about a name says: the family is told, and of a medicine asked."""
    is_unwanted = willing is Willing.NO and fact.kind is FactKind.MEDICINE
    if is_unwanted or not is_supplement(fact.subject):
        decision = MedicineDecision(decided.subject, Decided.NO_OBJECTION, decided.by, decided.on)
        yield from _decided(fact, decision, policy, willing)
        return
    said = coded(
        "medicine.no_decision",
        "takes {what}: needs no decision in this network ({who}), and the family is told",
        what=with_dates(fact.subject, fact),
        who=decided.who,
    )
    yield found(IF, fact.kind.value, said, during=fact.during, fact=fact, rule="medicine")


def _undecided(fact: Fact, policy: Policy, willing: Willing | None) -> Iterator[Finding]:
    topic = fact.kind.value
    what = fact.subject or _ONE[fact.kind]
    if willing is Willing.NO and fact.kind is FactKind.MEDICINE:
        yield _unwanted(fact, what)
    else:
        dated = with_dates(what, fact)
        said = (
            coded("medicine.undecided_dated", "{what}: nobody has decided yet", what=dated)
            if fact.is_dated
            else coded("medicine.undecided", "takes {what}: nobody has decided yet", what=dated)
        )
        yield found(ASK, topic, said, during=fact.during, fact=fact, rule="medicine")
    yield from _afterwards(fact, what, policy)


_ONE = {
    FactKind.MEDICINE: saying("a medicine"),
    FactKind.SUPPLEMENT: saying("a supplement"),
    FactKind.HERB: saying("a herb"),
}


def _afterwards(fact: Fact, what: str | Saying, policy: Policy) -> Iterator[Finding]:
    """Yield the "ask" for the days after the last dose, for as long as it may last in milk.

    How long depends on the medicine, so that the policy may know no time: then every later day is asked.

    Source:
        Mid-Atlantic Mothers' Milk Bank, "Donate": it asks for medicines back to one month before the oldest
        milk and names no time after which one is gone; https://midatlanticmilkbank.org/donate/.
    """
    if fact.end is None:
        return
    wait = policy["medicine_wait"]
    during, past = waiting(fact, wait)
    said = (
        coded(
            "medicine.lasts",
            "{what} ended on {on} and may last in milk: milk of {first} or later is past that",
            what=what,
            on=fact.end,
            first=during.end,
        )
        if during.end
        else coded(
            "medicine.lasts_unknown",
            "{what} ended on {on} and may last in milk: how long is not known, ask",
            what=what,
            on=fact.end,
        )
    )
    after = Interval(fact.end, during.end)
    yield found(ASK, fact.kind.value, said, during=after, fact=fact, value=wait)
    yield from relying(wait, fact.kind.value, past)


def _is_vaccine(name: str) -> bool:
    """Whether *name* is a vaccine, which not every family that wants no medicine means."""
    return words_of(name) in vocabulary().phrases(("vaccines",))


def _unwanted(fact: Fact, what: str | Saying) -> Finding:
    dated = with_dates(what, fact)
    if _is_vaccine(fact.subject):
        said = coded(
            "medicine.vaccine",
            "{what}: a vaccine; ask whether the family means it by no medicine",
            what=dated,
        )
        return found(ASK, fact.kind.value, said, during=fact.during, fact=fact, rule="medicine")
    said = (
        coded("medicine.unwanted_dated", "{what}: family wants no medicine", what=dated)
        if fact.is_dated
        else coded("medicine.unwanted", "takes {what}; family wants no medicine", what=dated)
    )
    return found(
        NOT_A_FIT,
        fact.kind.value,
        said,
        during=fact.during,
        fact=fact,
        rule="medicine",
        together=saying("take a medicine the family does not want"),
    )


def _decided(
    fact: Fact, decision: MedicineDecision, policy: Policy, willing: Willing | None
) -> Iterator[Finding]:
    """Yield what a decision says of the days with the medicine, and of those after it.

    Only "no objection" speaks for the days after, too; for a family that wants none they are asked.
    """
    what, topic = fact.subject, fact.kind.value
    is_unwanted = willing is Willing.NO and fact.kind is FactKind.MEDICINE
    if is_unwanted:
        yield _unwanted(fact, what)
    elif decision.decision is Decided.NOT_A_FIT:
        said = coded(
            "medicine.decided_against",
            "takes {what}; decided not to give it ({by}, {on})",
            what=with_dates(what, fact),
            by=decision.by,
            on=decision.on,
        )
        together = saying("take {what}", what=what)
        yield found(NOT_A_FIT, topic, said, during=fact.during, fact=fact, rule="medicine", together=together)
    else:
        yield _left_to_the_family(fact, decision, policy, willing)
    if is_unwanted or decision.decision is Decided.NOT_A_FIT:
        yield from _afterwards(fact, what, policy)


def _left_to_the_family(
    fact: Fact, decision: MedicineDecision, policy: Policy, willing: Willing | None
) -> Finding:
    """Return what a decision that leaves the family a choice says: ask it, or tell it."""
    what, who, during = with_dates(fact.subject, fact), _who(decision), fact.during
    kind = ASK
    if decision.decision is Decided.ASK_FAMILY:
        # What the family decides about, it decides for as long as it may last in the milk.
        during, _ = waiting(fact, policy["medicine_wait"])
    if decision.decision is Decided.ASK_FAMILY and willing not in {Willing.YES, Willing.IF_COMPATIBLE}:
        said = coded(
            "medicine.family_decides", "takes {what}: the family decides ({who})", what=what, who=who
        )
    elif willing in {None, Willing.ASK}:
        said = coded(
            "medicine.ask_family",
            "takes {what}, nothing against it ({who}): ask the family",
            what=what,
            who=who,
        )
    else:
        kind = IF
        said = coded(
            "medicine.cleared",
            "takes {what}: nothing against it ({who}), and the family is told",
            what=what,
            who=who,
        )
    return found(kind, fact.kind.value, said, during=during, fact=fact, rule="medicine")


def _who(decision: MedicineDecision) -> Saying:
    return saying("{name}, {on}", name=decision.by, on=decision.on)
