"""Blood tests: which infections a negative test names, and for milk of which days it speaks.

A test speaks for milk pumped before it, and after it for as long as the policy says. What several tests
name is put together, so that "prenatal panel" and a later HTLV make a full one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import day
from coordinator.domain.intervals import (
    ALWAYS,
    Interval,
    Intervals,
    complement,
    intersection,
    months_later,
    union,
)
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.rules import BEFORE_FIRST_DONATION, NOT_ACCEPTED
from coordinator.domain.policies.verdicts import ASK, VerdictKind
from coordinator.domain.reading.blood import NEGATIVE, covered, is_in_pregnancy, panel_keys, results_told
from coordinator.domain.suitability.findings import Finding, Findings, found, not_clear, relying, unanswered

NOTE = VerdictKind.NO_OBJECTION
TOPIC = FactKind.BLOOD_TEST.value


def blood_tests(facts: list[Fact], policy: Policy) -> Findings:
    """Return what the tests say for milk of each day, and what is missing."""
    if not facts:
        return (unanswered(FactKind.BLOOD_TEST),) if FactKind.BLOOD_TEST in policy.questions else ()
    told = coverage(facts, policy)
    findings, negative, covered, whole = list(told.problems), told.negative, told.covered, told.whole
    notes = [_note(fact, policy) for fact in negative if whole]
    findings = [one for one in findings if one.reason.kind > ASK or whole != (ALWAYS,)]
    asked = (*_missing(negative, covered, whole, policy), *_asks_when(negative, policy))
    return (*findings, *notes, *asked, *_relies(negative, whole, policy))


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a donor's tests speak for: the days of each infection of the panel, and of the whole panel.

    ``negative`` are the tests that count, ``problems`` what is to be asked about the others.
    """

    negative: tuple[Fact, ...]
    covered: Mapping[str, Intervals]
    whole: Intervals
    problems: Findings

    @property
    def never_tested(self) -> tuple[str, ...]:
        """The infections of the panel that no negative test names, as they are written."""
        return tuple(_written(name) for name, days in self.covered.items() if not days)


def coverage(facts: Sequence[Fact], policy: Policy) -> Coverage:
    """Return what the blood tests among a donor's facts speak for under *policy*."""
    problems: list[Finding] = []
    tested: dict[str, list[Interval]] = {names[0]: [] for names in policy.blood_panel}
    negative: list[Fact] = []
    for fact in facts:
        problem = _problem(fact, policy)
        if problem is not None:
            problems.append(problem)
            continue
        negative.append(fact)
        for infection in _infections(fact, policy):
            tested[infection].append(_speaks_for(fact, policy))
    covered = {infection: tuple(days) for infection, days in tested.items()}
    return Coverage(tuple(negative), covered, _all_days(covered), tuple(problems))


def _written(infection: str) -> str:
    return infection.upper() if len(infection) < 5 else infection


def _problem(fact: Fact, policy: Policy) -> Finding | None:
    """Return the "ask" for a test that says nothing plain, ``None`` for a negative one with its day."""
    if fact.presence is Presence.UNCLEAR:
        return not_clear(fact)
    results, is_whole = results_told(fact.subject)
    if fact.presence is Presence.NO:
        what = f"Blood tests: {fact.subject}" if results else "no blood tests"
        return found(
            ASK,
            TOPIC,
            f"{what}: ask whether she would have them done",
            fact=fact,
            value=policy["blood_panel"],
        )
    if not is_whole or not results or any(one.said != NEGATIVE for one in results) or fact.start is None:
        dated = f" on {day(fact.start)}" if fact.start else ""
        told = f" ({fact.subject})" if results and is_whole else ""
        text = f"Blood tests{dated}{told}: ask for every result and its date"
        return found(ASK, TOPIC, text, fact=fact, value=policy["blood_panel"])
    if is_in_pregnancy(fact.subject) and policy["pregnancy_test"].value in {None, NOT_ACCEPTED}:
        text = f"Blood tests on {day(fact.start)} in pregnancy: ask for a test since then"
        return found(ASK, TOPIC, text, fact=fact, value=policy["pregnancy_test"])
    return None


def _infections(fact: Fact, policy: Policy) -> tuple[str, ...]:
    """Return the infections a negative test names, by the panel's first name of each."""
    named = {key for one in results_told(fact.subject)[0] for key in covered(one.infection)}
    if "all_panel" in named:
        return tuple(names[0] for names in policy.blood_panel)
    return tuple(names[0] for names in policy.blood_panel if panel_keys(names) & named)


def _speaks_for(fact: Fact, policy: Policy) -> Interval:
    """Return the days of milk a test speaks for: all before it, and so many months after.

    Where the policy asks for a test before the first donation, it speaks for all milk.
    """
    months = policy["blood_test_age"].value
    if fact.start is None or policy["blood_test_age"].unit == BEFORE_FIRST_DONATION:
        return Interval(None, None)
    if not isinstance(months, int | float):
        return Interval(None, fact.start)
    return Interval(None, months_later(fact.start, int(months)))


def _all_days(covered: dict[str, Intervals]) -> Intervals:
    """Return the days for which every infection of the panel was tested."""
    kinds = [union(days) for days in set(covered.values())]
    return reduce(intersection, kinds) if kinds else ()


def _note(fact: Fact, policy: Policy) -> Finding:
    assert fact.start is not None  # noqa: S101 - for the type checker: _problem asks for a day
    text = f"Blood tests negative on {day(fact.start)}"
    return found(NOTE, TOPIC, text, during=_speaks_for(fact, policy), fact=fact, value=policy["blood_panel"])


def _missing(
    negative: Sequence[Fact], covered: Mapping[str, Intervals], whole: Intervals, policy: Policy
) -> Iterator[Finding]:
    """Ask about the days for which something was not tested, or not lately enough."""
    if not negative:
        return
    newest = max(negative, key=lambda fact: fact.start.toordinal() if fact.start else 0)
    assert newest.start is not None  # noqa: S101 - for the type checker
    never = [_written(name) for name, days in covered.items() if not days]
    result = f"Blood tests negative on {day(newest.start)}"
    months = policy["blood_test_age"]
    for gap in complement(whole):
        if not covered:
            text, value = f"{result}: which infections count is not known, ask", policy["blood_panel"]
        elif never and is_in_pregnancy(newest.subject):
            text, value = (
                f"{result}, in pregnancy: ask whether {_listed(never)} {_were(never)} tested",
                policy["blood_panel"],
            )
        elif len(never) == len(covered):
            text, value = f"{result}: ask which infections, HTLV among them", policy["blood_panel"]
        elif never:
            text, value = (
                f"{result}: {_listed(never)} not among them, ask",
                policy["blood_panel"],
            )
        elif months.value is None:
            text, value = f"{result}: how long a test counts is not known, ask", months
        else:
            text, value = (
                f"{result}: milk since {day(gap.start or newest.start)} needs a newer one, ask",
                months,
            )
        yield found(ASK, TOPIC, text, during=gap, fact=newest, value=value)


def _were(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 else "were"


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _asks_when(negative: Sequence[Fact], policy: Policy) -> Iterator[Finding]:
    """Ask whether a test was made soon enough before she first gave, where the policy goes by that.

    Source:
        10 NYCRR 52-9.5, New York State, in force 2000: "has been tested within one month prior to the first
        donation"; https://regs.health.ny.gov/content/section-52-95-donor-qualifications.
    """
    value = policy["blood_test_age"]
    if value.unit != BEFORE_FIRST_DONATION or value.value is None:
        return
    for fact in negative:
        text = f"Blood tests negative on {day(fact.start)}" if fact.start else "Blood tests negative"
        yield found(ASK, TOPIC, f"{text}: ask whether that was within {value.words}", fact=fact, value=value)


def _relies(negative: Sequence[Fact], whole: Intervals, policy: Policy) -> Findings:
    """Return what the days that are covered rely on."""
    if not whole:
        return ()
    findings = [*relying(policy["blood_panel"], TOPIC, whole)]
    # Milk pumped before a test does not rely on how long the test counts.
    first = min(fact.start for fact in negative if fact.start is not None)
    findings += relying(policy["blood_test_age"], TOPIC, intersection(whole, (Interval(first, None),)))
    if any(is_in_pregnancy(fact.subject) for fact in negative):
        findings += relying(policy["pregnancy_test"], TOPIC, whole)
    return tuple(findings)
