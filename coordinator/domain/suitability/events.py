"""What happens once and is past after a time: transfusion, transplant, tattoo, illness; and travel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.intervals import Interval, shifted
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.values import Choice
from coordinator.domain.policies.verdicts import ASK
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
from coordinator.sayings import Saying, coded, saying

_WAITS = {
    FactKind.TATTOO: "tattoo_wait",
    FactKind.TRANSFUSION: "transfusion_wait",
    FactKind.TRANSPLANT: "transplant_wait",
    FactKind.ILLNESS: "illness_wait",
}
_TRANSFUSION = re.compile(r"transfus|blood product|platelet|plasma|rhogam|red cells", re.IGNORECASE)
_TATTOO = re.compile(r"tatt?oo|pierc|\bink|needle", re.IGNORECASE)

Told = Mapping[FactKind, list[Fact]]


def event_findings(facts: Told, policy: Policy) -> Findings:
    """Return what the events told say, and what of them was not asked."""
    combined = facts.get(FactKind.TATTOO_OR_TRANSFUSION, [])
    findings: list[Finding] = [not_clear(fact) for fact in combined if fact.presence is Presence.UNCLEAR]
    missing = []
    for kind, rule in _WAITS.items():
        told = [*facts.get(kind, []), *_of_the_form(combined, kind)]
        for fact in told:
            findings += _one(fact, kind, policy[rule], policy)
        if kind in policy.questions:
            findings += days_not_told(told, kind.words)
            if not told and not _answered_together(combined, kind):
                missing.append(kind)
    return (*findings, *_missing(missing), *_travel(facts.get(FactKind.TRAVEL, []), policy))


def _of_the_form(combined: list[Fact], kind: FactKind) -> list[Fact]:
    """Return the form's events that are of *kind* by their words; one that tells neither is both."""
    if kind not in {FactKind.TATTOO, FactKind.TRANSFUSION}:
        return []
    pattern, other = (_TATTOO, _TRANSFUSION) if kind is FactKind.TATTOO else (_TRANSFUSION, _TATTOO)
    events = [fact for fact in combined if fact.presence is not Presence.UNCLEAR]
    return [f for f in events if pattern.search(f.subject) or not other.search(f.subject)]


def _answered_together(combined: list[Fact], kind: FactKind) -> bool:
    """Whether the form's one question was answered: a tattoo told there says no transfusion was."""
    return kind in {FactKind.TATTOO, FactKind.TRANSFUSION} and bool(combined)


def _missing(kinds: list[FactKind]) -> Iterator[Finding]:
    """Ask for what is missing, with the form's one question where both of it are."""
    rest = list(kinds)
    if {FactKind.TATTOO, FactKind.TRANSFUSION} <= set(rest):
        rest = [kind for kind in rest if kind not in {FactKind.TATTOO, FactKind.TRANSFUSION}]
        yield unanswered(FactKind.TATTOO_OR_TRANSFUSION)
    for kind in rest:
        yield unanswered(kind)


def _with_days_before(during: Interval, before: PolicyValue) -> Interval:
    """Return the days of an illness with those before it, where its first day and their number are known.

    Source:
        The New York Milk Bank's donor form: no milk from 24 hours before the person became ill until 24
        hours after everybody is well; https://nymilkbank.secure-form.com, read in 2026.
    """
    if during.start is None or not isinstance(before.value, int | float):
        return during
    return Interval(shifted(during.start, -int(before.value)), during.end)


def _one(fact: Fact, kind: FactKind, wait: PolicyValue, policy: Policy) -> Iterator[Finding]:
    if fact.presence is Presence.UNCLEAR:
        yield not_clear(fact)
    if fact.presence is not Presence.YES:
        yield from none_since(fact, wait) if kind is not FactKind.ILLNESS else ()
        return
    during, past = waiting(fact, wait)
    if kind is FactKind.ILLNESS:
        during = _with_days_before(during, policy["illness_before"])
    said, together = _said(fact, kind, during, wait)
    outcome = ASK if fact.end is None else wait.otherwise
    yield found(outcome, fact.kind.value, said, during=during, fact=fact, value=wait, together=together)
    yield from relying(wait, fact.kind.value, past)


def _said(fact: Fact, kind: FactKind, during: Interval, wait: PolicyValue) -> tuple[Saying, Saying]:
    """Return what is said of an event, and what is said of several donors who tell of one."""
    what, told = _what(fact.subject or kind.words, fact), saying("told of {what}", what=kind.words)
    if fact.end is None:
        return coded("event.open", "{what}: ask", what=what), told
    if during.end is None:
        return coded("event.unknown", "{what}: how long to wait is not known, ask", what=what), told
    if kind is FactKind.ILLNESS and during.start is not None:
        said = coded(
            "event.illness",
            "{what}: ask about milk of {first} to {last}",
            what=what,
            first=during.start,
            last=shifted(during.end, -1),
        )
        return said, saying("tell of an illness")
    said = coded(
        "event.wait",
        "{what}: {wait} to wait, milk of {first} or later",
        what=what,
        wait=wait.words,
        first=during.end,
    )
    return said, saying("wait after {what}", what=kind.words)


def _what(what: str | Saying, fact: Fact) -> Saying:
    return with_dates(saying("{what:title}", what=what), fact)


def _travel(facts: list[Fact], policy: Policy) -> Iterator[Finding]:
    value = policy["travel"]
    if value.value == Choice.NOT_ASKED_FOR:
        return
    if not facts and FactKind.TRAVEL in policy.questions:
        yield unanswered(FactKind.TRAVEL)
    for fact in facts:
        if fact.presence is Presence.UNCLEAR:
            yield not_clear(fact)
        elif fact.presence is Presence.YES:
            # What a stay brought with it, it brought for good: milk before it is not concerned.
            what = _what(fact.subject or saying("a long stay abroad"), fact)
            said = coded("travel", "{what}: ask ({why})", what=what, why=value.quote or value.words)
            during = fact.during._replace(end=None)
            yield found(ASK, FactKind.TRAVEL.value, said, during=during, fact=fact, value=value)
