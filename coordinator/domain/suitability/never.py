"""What nobody overrules in any profile: HIV, HTLV, chemotherapy or radioactive treatment, illicit drugs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.intervals import Interval
from coordinator.domain.policies.verdicts import NOT_A_FIT
from coordinator.domain.suitability.findings import Finding, found, with_dates
from coordinator.sayings import Saying, coded, saying

_NEVER = (
    (
        "never_treatment",
        saying("chemotherapy or radioactive treatment"),
        re.compile(
            r"\b(?:chemo\w*|radio-?(?:active|therapy|iodine|nuclide)\w*|radiation|i-?131|iodine-?131|"
            r"methotrexate|cyclophosphamide|doxorubicin)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "never_drugs",
        saying("an illicit drug"),
        re.compile(
            r"\b(?:heroin|cocaine|crack|meth|methamphetamines?|ecstasy|mdma|lsd|ketamine|fentanyl|pcp|"
            r"illicit drugs?|street drugs?)\b",
            re.IGNORECASE,
        ),
    ),
)
_INFECTION = re.compile(
    r"\b(?:hiv|htlv)\b[^.;,]*?\b(?:positive|pos|reactive)\b"
    r"|\b(?:positive|pos|reactive)\b(?: for)? (?:hiv|htlv)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:no|not|non|never|neg|negative)\b", re.IGNORECASE)
FINAL_RULES = frozenset({"never_infection", *(rule for rule, _, _ in _NEVER)})
"""Keys of the rules that nobody overrules."""
_KINDS = {FactKind.MEDICINE, FactKind.ILLNESS, FactKind.CANNABIS, FactKind.SUPPLEMENT, FactKind.HERB}


def never(facts: Iterable[Fact]) -> Iterator[Finding]:
    """Yield what is not a fit for any baby, whoever wishes it; from its first day on, since it lasts."""
    for fact in facts:
        if fact.presence is Presence.NO or (fact.presence is Presence.UNCLEAR and not fact.subject):
            continue
        if fact.kind in _KINDS:
            words = f"{fact.subject} {fact.raw}" if not fact.subject else fact.subject
            yield from (_final(fact, rule, what) for rule, what, pattern in _NEVER if pattern.search(words))
        elif fact.kind in {FactKind.BLOOD_TEST, FactKind.ILLNESS} and is_positive(fact.subject):
            yield _final(fact, "never_infection", saying("HIV or HTLV positive"))
        if fact.kind is FactKind.ILLNESS and re.search(r"\b(?:hiv|htlv)\b", fact.subject, re.IGNORECASE):
            yield _final(fact, "never_infection", saying("HIV or HTLV"))


def is_final(fact: Fact) -> bool:
    """Whether *fact* is one that nobody decides otherwise about."""
    return any(True for _ in never((fact,)))


def is_positive(words: str) -> bool:
    """Whether *words* say that HIV or HTLV was found."""
    match = _INFECTION.search(words)
    return match is not None and not _NEGATED.search(match[0])


def _final(fact: Fact, rule: str, what: Saying) -> Finding:
    # A test found what was there before it was taken; a treatment lasts longer than its days.
    start = None if rule == "never_infection" else fact.start
    return found(
        NOT_A_FIT,
        fact.kind.value,
        coded("never", "{what}: not for any baby", what=with_dates(what, fact)),
        during=Interval(start, None),
        fact=fact,
        rule=rule,
        together=saying("told of {what}", what=what),
        is_final=True,
    )
