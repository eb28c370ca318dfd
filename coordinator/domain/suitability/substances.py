"""Nicotine, cannabis, alcohol and caffeine, as the policy and the family take them."""

from __future__ import annotations

import re

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Willing
from coordinator.domain.intervals import ALWAYS, Interval
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import NOT_ACCEPTED
from coordinator.domain.policies.values import Choice
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, VerdictKind
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
    with_dates,
)
from coordinator.sayings import NOTHING, Saying, coded, saying


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
    return (*findings, *days_not_told(facts, FactKind.NICOTINE.words, is_habit=True))


def _uses_nicotine(fact: Fact, during: Interval, policy: Policy, willing: Willing | None) -> Finding:
    topic, value = FactKind.NICOTINE.value, policy["nicotine"]
    what = with_dates(saying("nicotine"), fact) if fact.is_dated else saying("uses nicotine")
    what = _until(what, fact, during, policy["nicotine_wait"])
    kind, said, together = _nicotine_said(what, value, willing)
    return found(kind, topic, said, during=during, fact=fact, value=value, together=together)


def _nicotine_said(
    what: Saying, value: PolicyValue, willing: Willing | None
) -> tuple[VerdictKind, Saying, Saying]:
    """Return how nicotine stands, what is said of it, and of several donors who use it."""
    if value.value == NOT_ACCEPTED:
        said = coded("nicotine.refused", "{what}; this policy takes no such milk", what=what)
        return value.otherwise, said, saying("use nicotine")
    if willing is Willing.NO:
        said = coded("nicotine.unwanted", "{what}; family wants none", what=what)
        return NOT_A_FIT, said, saying("use nicotine and the family wants none")
    if willing is Willing.YES and value.value not in {None, Choice.ASK}:
        said = coded("nicotine.wanted", "{what}; the family said yes to it and is told", what=what)
        return IF, said, NOTHING
    if value.value == Choice.ASK:
        return ASK, coded("nicotine.ask", "{what}: ask", what=what), NOTHING
    return ASK, coded("nicotine.ask_family", "{what}: ask the family", what=what), NOTHING


def _until(what: Saying, fact: Fact, during: Interval, wait: PolicyValue) -> Saying:
    if fact.end is None or during.end == fact.end:
        return what
    if during.end is None:
        return saying("{what}, how long it lasts in milk is not known", what=what)
    return saying(
        "{what} and {wait} after: milk of {first} or later",
        what=what,
        wait=wait.short_words,
        first=during.end,
    )


def cannabis(facts: list[Fact], policy: Policy) -> Findings:
    """Return what cannabis or CBD says; where any use ever counts, its dates do not help."""
    if not facts:
        return _if_asked(FactKind.CANNABIS, policy)
    topic, value, wait = FactKind.CANNABIS.value, policy["cannabis"], policy["cannabis_wait"]
    findings: list[Finding] = []
    for fact in facts:
        ever = fact.presence is Presence.NO and bool(fact.subject) and wait.value == Choice.ANY_TIME
        if fact.presence is not Presence.YES and not ever:
            findings += _unclear_or_since(fact, wait)
            continue
        during, past = (ALWAYS, ()) if wait.value == Choice.ANY_TIME else waiting(fact, wait)
        name = saying("{what:title}", what=fact.subject or saying("cannabis or CBD"))
        what = with_dates(name, fact)
        is_refused = value.value == NOT_ACCEPTED
        said = (
            coded("cannabis.refused", "{what}: this policy takes no such milk", what=what)
            if is_refused
            else coded("cannabis.ask", "{what}: ask", what=_until(what, fact, during, wait))
        )
        kind, together = value.otherwise if is_refused else ASK, saying("use cannabis")
        findings.append(found(kind, topic, said, during=during, fact=fact, value=value, together=together))
        findings += relying(wait, topic, past)
    return (*findings, *days_not_told(facts, FactKind.CANNABIS.words, is_habit=True))


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
        if value.value is None:
            what = with_dates(saying("alcohol"), fact)
            said = coded("alcohol.unknown", "{what}: how long to wait is not known, ask", what=what)
            findings.append(found(ASK, topic, said, during=during, fact=fact, value=value))
            continue
        much = _too_much(fact, policy)
        findings += [much] if much else []
        habit = saying("alcohol") if much else saying("drinks now and then")
        said = coded(
            "alcohol.hours",
            "{what}: bags from those hours are left out ({wait} after a drink)",
            what=with_dates(habit, fact),
            wait=value.words,
        )
        findings.append(found(IF, topic, said, during=during, fact=fact, value=value))
        # A habit's hours are left out whatever the day; after a dated one the wait is over.
        findings += relying(value, topic, past)
    return (*findings, *days_not_told(facts, FactKind.ALCOHOL.words, is_habit=True))


def _too_much(fact: Fact, policy: Policy) -> Finding | None:
    """Return what speaks against the amount, in whatever drinks she told it; asked if it may be too much."""
    value = policy["alcohol_daily"]
    if value.value is None:
        return None
    topic, told = FactKind.ALCOHOL.value, drinking(fact.subject, fact.raw, drink_sizes(policy))
    if told.spirits_a_day is not None and told.spirits_a_day <= value.value:
        return None
    if told.spirits_a_day is not None and told.days_told:
        spirits = f"{told.spirits_a_day:.2g}"
        said = coded(
            "alcohol.too_much",
            "{told}, like {spirits} oz of spirits a day: more than {limit}",
            told=told.words,
            spirits=spirits,
            limit=value.words,
        )
        return found(value.otherwise, topic, said, during=fact.during, fact=fact, value=value)
    if told.spirits_a_day is not None or told.may_be_daily:
        said = coded(
            "alcohol.how_much",
            "{told}: ask how much, and on how many days (at most {limit})",
            told=told.words,
            limit=value.words,
        )
        return found(ASK, topic, said, during=fact.during, fact=fact, value=value)
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
            amount = fact.subject or saying("amount not told")
            said = coded("caffeine", "caffeine, {amount}: ask how many drinks a day", amount=amount)
            findings.append(found(ASK, topic, said, during=fact.during, fact=fact, value=value))
    return tuple(findings)


def _if_asked(kind: FactKind, policy: Policy) -> Findings:
    return (unanswered(kind),) if kind in policy.questions else ()


def _unclear_or_since(fact: Fact, wait: PolicyValue) -> Findings:
    """Return the "ask" for an unclear answer, and for the days just after a "none since"."""
    return (not_clear(fact),) if fact.presence is Presence.UNCLEAR else none_since(fact, wait)
