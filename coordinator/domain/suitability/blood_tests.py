"""Blood tests: which infections a negative test names, and for milk of which days it speaks.

A test speaks for milk pumped before it, and after it for as long as the policy says. What several tests
name is put together, so that "prenatal panel" and a later HTLV make a full one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
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
from coordinator.domain.policies.verdicts import ASK, IF, VerdictKind
from coordinator.domain.reading.blood import (
    NEGATIVE,
    PRENATAL_PANEL,
    covered,
    is_in_pregnancy,
    panel_keys,
    results_told,
)
from coordinator.domain.suitability.findings import Finding, Findings, found, not_clear, relying, unanswered
from coordinator.sayings import Saying, as_written, coded, joined, saying

NOTE = VerdictKind.NO_OBJECTION
TOPIC = FactKind.BLOOD_TEST.value


def blood_tests(facts: list[Fact], policy: Policy) -> Findings:
    """Return what the tests say for milk of each day, and what is missing."""
    if not facts:
        return (unanswered(FactKind.BLOOD_TEST),) if FactKind.BLOOD_TEST in policy.questions else ()
    told = coverage(facts, policy)
    findings, negative, covered, whole = list(told.problems), told.negative, told.covered, told.whole
    findings = [one for one in findings if one.reason.kind > ASK or whole != (ALWAYS,)]
    takes = prenatal_does(told, policy)
    whole = takes or whole
    notes = [_note(fact, policy) for fact in negative if whole]
    asked = (*_missing(negative, covered, whole, policy), *_asks_when(negative, policy))
    told_of = _takes_prenatal(told, takes, policy)
    return (*findings, *notes, *told_of, *asked, *_relies(negative, whole, policy))


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


def prenatal_does(told: Coverage, policy: Policy) -> Intervals:
    """Return the days a prenatal panel speaks for in a network that decided so; none for any other.

    All that such a panel names must be tested, and no result may be unclear or anything but negative.
    """
    missing = {names[0] for names in policy.blood_panel if not told.covered[names[0]]}
    if policy.prenatal is None or told.problems or not missing or not missing <= _beyond_prenatal(policy):
        return ()
    in_pregnancy = [_speaks_for(fact, policy) for fact in told.negative if is_in_pregnancy(fact.subject)]
    tested = {name: days for name, days in told.covered.items() if days}
    return intersection(_all_days(tested), in_pregnancy)


def _beyond_prenatal(policy: Policy) -> set[str]:
    """Return the infections of the policy's panel that are not tested in pregnancy as a matter of course."""
    usual = covered(PRENATAL_PANEL)
    return {names[0] for names in policy.blood_panel if not panel_keys(names) & usual}


def _takes_prenatal(told: Coverage, days: Intervals, policy: Policy) -> Iterator[Finding]:
    """Tell which infections nobody named, and who decided that a prenatal panel does."""
    if policy.prenatal is None or not days:
        return
    said = coded(
        "blood.prenatal",
        "Blood tests in pregnancy: {names} not among them; a prenatal panel does in this network ({who}), "
        "and the family is told",
        names=listed(told.never_tested),
        who=policy.prenatal.who,
    )
    for one in days:
        yield found(IF, TOPIC, said, during=one, value=policy["blood_panel"])


def _written(infection: str) -> str:
    return infection.upper() if len(infection) < 5 else infection


def _problem(fact: Fact, policy: Policy) -> Finding | None:
    """Return the "ask" for a test that says nothing plain, ``None`` for a negative one with its day."""
    if fact.presence is Presence.UNCLEAR:
        return not_clear(fact)
    results, is_whole = results_told(fact.subject)
    if fact.presence is Presence.NO:
        return found(
            ASK, TOPIC, _none_made(fact if results else None), fact=fact, value=policy["blood_panel"]
        )
    if not is_whole or not results or any(one.said != NEGATIVE for one in results) or fact.start is None:
        said = _results_wanted(fact, told=fact.subject if results and is_whole else "")
        return found(ASK, TOPIC, said, fact=fact, value=policy["blood_panel"])
    refused = {NOT_ACCEPTED} if policy.prenatal else {None, NOT_ACCEPTED}
    if is_in_pregnancy(fact.subject) and policy["pregnancy_test"].value in refused:
        said = coded(
            "blood.pregnancy", "Blood tests on {on} in pregnancy: ask for a test since then", on=fact.start
        )
        return found(ASK, TOPIC, said, fact=fact, value=policy["pregnancy_test"])
    return None


def _none_made(fact: Fact | None) -> Saying:
    if fact is None:
        return coded("blood.none", "no blood tests: ask whether she would have them done")
    return coded(
        "blood.some_not_made",
        "Blood tests: {told}: ask whether she would have them done",
        told=fact.subject,
    )


def _results_wanted(fact: Fact, told: str) -> Saying:
    what = saying("Blood tests on {on}", on=fact.start) if fact.start else saying("Blood tests")
    what = saying("{tests} ({told})", tests=what, told=told) if told else what
    return coded("blood.results_wanted", "{tests}: ask for every result and its date", tests=what)


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
    said = _negative_on(fact.start)
    return found(NOTE, TOPIC, said, during=_speaks_for(fact, policy), fact=fact, value=policy["blood_panel"])


def _missing(
    negative: Sequence[Fact], covered: Mapping[str, Intervals], whole: Intervals, policy: Policy
) -> Iterator[Finding]:
    """Ask about the days for which something was not tested, or not lately enough."""
    if not negative:
        return
    newest = max(negative, key=lambda fact: fact.start.toordinal() if fact.start else 0)
    assert newest.start is not None  # noqa: S101 - for the type checker
    never = [_written(name) for name, days in covered.items() if not days]
    result, months = _negative_on(newest.start), policy["blood_test_age"]
    for gap in complement(whole):
        if never or not covered:
            is_early = is_in_pregnancy(newest.subject)
            said, value = _not_tested(result, covered, never, is_early=is_early), policy["blood_panel"]
        elif months.value is None:
            said = coded(
                "blood.age_unknown", "{result}: how long a test counts is not known, ask", result=result
            )
            value = months
        else:
            since = gap.start or newest.start
            said = coded(
                "blood.too_old",
                "{result}: milk since {since} needs a newer one, ask",
                result=result,
                since=since,
            )
            value = months
        yield found(ASK, TOPIC, said, during=gap, fact=newest, value=value)


def _not_tested(
    result: Saying, covered: Mapping[str, Intervals], never: Sequence[str], *, is_early: bool
) -> Saying:
    """Say which infections of the panel no test names."""
    if not covered:
        return coded(
            "blood.panel_unknown", "{result}: which infections count is not known, ask", result=result
        )
    if is_early and len(never) == 1:
        return coded(
            "blood.one_in_pregnancy",
            "{result}, in pregnancy: ask whether {name} was tested",
            result=result,
            name=never[0],
        )
    if is_early:
        return coded(
            "blood.some_in_pregnancy",
            "{result}, in pregnancy: ask whether {names} were tested",
            result=result,
            names=listed(never),
        )
    if len(never) == len(covered):
        return coded("blood.which", "{result}: ask which infections, HTLV among them", result=result)
    return coded("blood.missing", "{result}: {names} not among them, ask", result=result, names=listed(never))


def _negative_on(on: date | None) -> Saying:
    return saying("Blood tests negative on {on}", on=on) if on else saying("Blood tests negative")


def listed(names: Sequence[str]) -> Saying:
    """Return names in a row: ``HIV, HTLV and syphilis``."""
    *most, last = names
    return saying("{most} and {last}", most=joined(", ", most), last=last) if most else as_written(last)


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
        result = _negative_on(fact.start)
        said = coded(
            "blood.asks_when",
            "{result}: ask whether that was within {limit}",
            result=result,
            limit=value.words,
        )
        yield found(ASK, TOPIC, said, fact=fact, value=value)


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
