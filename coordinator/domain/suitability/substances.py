"""Nicotine, cannabis, alcohol and caffeine, as the policy and the family take them."""

from __future__ import annotations

import re

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import day, title, when
from coordinator.domain.families.babies import Willing
from coordinator.domain.intervals import ALWAYS, Interval
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import NOT_ACCEPTED
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT
from coordinator.domain.suitability.drinks import drink_sizes, drinking
from coordinator.domain.suitability.findings import (
    Finding,
    Findings,
    days_not_told,
    found,
    none_since,
    not_clear,
    relying,
    unanswered,
    waiting,
)


def nicotine(facts: list[Fact], policy: Policy, willing: Willing | None) -> Findings:
    """Return what nicotine says for a family that answered *willing* about it."""
    if not facts:
        return _if_asked(FactKind.NICOTINE, policy)
    wait = policy["nicotine_wait"]
    findings: list[Finding] = []
    for fact in facts:
        if fact.presence is Presence.YES:
            during, past = waiting(fact, wait)
            findings.append(_uses_nicotine(fact, during, policy, willing))
            findings += relying(wait, FactKind.NICOTINE.value, past)
        else:
            findings += _unclear_or_since(fact, wait)
    return (*findings, *days_not_told(facts, "nicotine", is_habit=True))


def _uses_nicotine(fact: Fact, during: Interval, policy: Policy, willing: Willing | None) -> Finding:
    topic, value = FactKind.NICOTINE.value, policy["nicotine"]
    what = "uses nicotine" if not fact.is_dated else f"nicotine, {when(fact)}"
    what += _until(fact, during, policy["nicotine_wait"])
    if value.value == NOT_ACCEPTED:
        text, together = f"{what}; this policy takes no such milk", "use nicotine"
        return found(value.otherwise, topic, text, during=during, fact=fact, value=value, together=together)
    if willing is Willing.NO:
        return found(
            NOT_A_FIT,
            topic,
            f"{what}; family wants none",
            during=during,
            fact=fact,
            value=value,
            together="use nicotine and the family wants none",
        )
    if willing is Willing.YES and value.value not in {None, "ask"}:
        text = f"{what}; the family said yes to it and is told"
        return found(IF, topic, text, during=during, fact=fact, value=value)
    whom = "ask" if value.value == "ask" else "ask the family"
    return found(ASK, topic, f"{what}: {whom}", during=during, fact=fact, value=value)


def _until(fact: Fact, during: Interval, wait: PolicyValue) -> str:
    if fact.end is None or during.end == fact.end:
        return ""
    if during.end is None:
        return ", how long it lasts in milk is not known"
    return f" and {wait.words.split(' after')[0]} after: milk of {day(during.end)} or later"


def cannabis(facts: list[Fact], policy: Policy) -> Findings:
    """Return what cannabis or CBD says; where any use ever counts, its dates do not help."""
    if not facts:
        return _if_asked(FactKind.CANNABIS, policy)
    topic, value, wait = FactKind.CANNABIS.value, policy["cannabis"], policy["cannabis_wait"]
    findings: list[Finding] = []
    for fact in facts:
        ever = fact.presence is Presence.NO and bool(fact.subject) and wait.value == "any time"
        if fact.presence is not Presence.YES and not ever:
            findings += _unclear_or_since(fact, wait)
            continue
        during, past = (ALWAYS, ()) if wait.value == "any time" else waiting(fact, wait)
        name = title(fact.subject or "cannabis or CBD") + (f", {when(fact)}" if fact.is_dated else "")
        is_refused = value.value == NOT_ACCEPTED
        text = (
            f"{name}: this policy takes no such milk"
            if is_refused
            else f"{name}{_until(fact, during, wait)}: ask"
        )
        kind = value.otherwise if is_refused else ASK
        findings.append(
            found(kind, topic, text, during=during, fact=fact, value=value, together="use cannabis")
        )
        findings += relying(wait, topic, past)
    return (*findings, *days_not_told(facts, "cannabis", is_habit=True))


def alcohol(facts: list[Fact], policy: Policy) -> Findings:
    """Return what alcohol says: bags of those hours are left out; bags carry days, so whole days count."""
    if not facts:
        return _if_asked(FactKind.ALCOHOL, policy)
    topic, value = FactKind.ALCOHOL.value, policy["alcohol_wait"]
    findings: list[Finding] = []
    for fact in facts:
        if fact.presence is not Presence.YES:
            findings += _unclear_or_since(fact, value)
            continue
        during, past = waiting(fact, value)
        dated = f", {when(fact)}" if fact.is_dated else ""
        if value.value is None:
            text = f"alcohol{dated}: how long to wait is not known, ask"
            findings.append(found(ASK, topic, text, during=during, fact=fact, value=value))
            continue
        much = _too_much(fact, policy)
        findings += [much] if much else []
        habit = "alcohol" if much else "drinks now and then"
        text = f"{habit}{dated}: bags from those hours are left out ({value.words} after a drink)"
        findings.append(found(IF, topic, text, during=during, fact=fact, value=value))
        # A habit's hours are left out whatever the day; after a dated one the wait is over.
        findings += relying(value, topic, past)
    return (*findings, *days_not_told(facts, "alcohol", is_habit=True))


def _too_much(fact: Fact, policy: Policy) -> Finding | None:
    """Return what speaks against the amount, in whatever drinks she told it; asked if it may be too much."""
    value = policy["alcohol_daily"]
    if value.value is None:
        return None
    topic, told = FactKind.ALCOHOL.value, drinking(fact.subject, fact.raw, drink_sizes(policy))
    if told.spirits_a_day is not None and told.spirits_a_day <= value.value:
        return None
    if told.spirits_a_day is not None and told.days_told:
        text = f"{told.words}, like {told.spirits_a_day:.2g} oz of spirits a day: more than {value.words}"
        return found(value.otherwise, topic, text, during=fact.during, fact=fact, value=value)
    if told.spirits_a_day is not None or told.may_be_daily:
        text = f"{told.words}: ask how much, and on how many days (at most {value.words})"
        return found(ASK, topic, text, during=fact.during, fact=fact, value=value)
    return None


def caffeine(facts: list[Fact], policy: Policy) -> Findings:
    """Return what caffeine says: more drinks a day than the policy's are asked about."""
    if not facts:
        return _if_asked(FactKind.CAFFEINE, policy)
    topic, value = FactKind.CAFFEINE.value, policy["caffeine_daily"]
    findings: list[Finding] = []
    for fact in facts:
        told = re.search(r"\d+(?:\.\d+)?", fact.subject)
        if fact.presence is Presence.UNCLEAR:
            findings.append(not_clear(fact))
        elif (
            fact.presence is Presence.YES
            and value.value is not None
            and told
            and float(told[0]) <= value.value
        ):
            findings += relying(value, topic, [fact.during])
        elif fact.presence is Presence.YES:
            text = f"caffeine, {fact.subject or 'amount not told'}: ask how many drinks a day"
            findings.append(found(ASK, topic, text, during=fact.during, fact=fact, value=value))
    return tuple(findings)


def _if_asked(kind: FactKind, policy: Policy) -> Findings:
    return (unanswered(kind),) if kind in policy.questions else ()


def _unclear_or_since(fact: Fact, wait: PolicyValue) -> Findings:
    """Return the "ask" for an unclear answer, and for the days just after a "none since"."""
    return (not_clear(fact),) if fact.presence is Presence.UNCLEAR else none_since(fact, wait)
