"""What a rule finds about milk of certain days: a reason that holds for them, or a value it relies on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import when
from coordinator.domain.intervals import ALWAYS, Interval, Intervals, complement, later, months_later, union
from coordinator.domain.policies.profiles import PolicyValue
from coordinator.domain.policies.verdicts import ASK, IF, Basis, Reason, VerdictKind
from coordinator.sayings import NOTHING, Saying, coded, saying


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason that holds for milk expressed on the ordinals ``first`` to before ``after``.

    ``basis``: nothing speaks against the milk because of this unchecked value; these become one reason.
    """

    reason: Reason
    basis: Basis | None = None
    first: int = field(init=False)
    after: int = field(init=False)

    def __post_init__(self) -> None:
        """Keep the days as plain numbers: many lots are held against them."""
        object.__setattr__(self, "first", self.reason.during.first)
        object.__setattr__(self, "after", self.reason.during.after)


Findings = tuple[Finding, ...]


def found(  # noqa: PLR0913 - what a reason says, each by its name
    kind: VerdictKind,
    topic: str,
    said: Saying,
    *,
    during: Interval = ALWAYS,
    value: PolicyValue | None = None,
    fact: Fact | None = None,
    rule: str = "",
    together: Saying = NOTHING,
    is_final: bool = False,
) -> Finding:
    """Return a finding; its rule is the value's, else *rule*, else the topic."""
    reason = Reason(
        kind,
        topic,
        said,
        together,
        rule=value.rule if value else rule or topic,
        basis=value.basis if value else None,
        fact_id=fact.id if fact else 0,
        fact=fact_words(fact) if fact else NOTHING,
        during=during,
        is_final=is_final,
    )
    return Finding(reason)


def relying(value: PolicyValue, topic: str, during: Iterable[Interval] = (ALWAYS,)) -> Findings:
    """Return that nothing speaks against milk of these days because of *value*; none if it is checked."""
    if value.is_checked or value.value is None:
        return ()
    basis = value.basis
    return tuple(
        Finding(
            Reason(IF, topic, basis.relied, rule=value.rule, basis=basis, during=one),
            basis=basis,
        )
        for one in during
    )


def fact_words(fact: Fact) -> Saying:
    """Return a fact in words, as the reason that met it shows it."""
    what = with_dates(fact.subject or fact.kind.words, fact)
    if fact.presence is Presence.YES:
        return what
    return (
        saying("no {what}", what=what)
        if fact.presence is Presence.NO
        else saying("unclear: {what}", what=what)
    )


def with_dates(what: str | Saying, fact: Fact) -> Saying:
    """Return what a fact is about, with its dates if it has any: ``soy, since Oct 9, 2026``."""
    return (
        saying("{what}, {dates}", what=what, dates=when(fact))
        if fact.is_dated
        else saying("{what}", what=what)
    )


def unanswered(kind: FactKind) -> Finding:
    """Return the "ask" for a question that has no answer."""
    return found(ASK, kind.value, coded("unanswered", "{what:title}: not answered", what=kind.words))


def not_clear(fact: Fact, name: str = "") -> Finding:
    """Return the "ask" for an answer that could not be read, over the days it is about."""
    said = coded("not_clear", "{what:title}: the answer was not clear", what=name or fact.kind.words)
    return found(ASK, fact.kind.value, said, during=fact.during, fact=fact)


def none_since(fact: Fact, wait: PolicyValue) -> Findings:
    """Return the "ask" for the days just after a "none since": what was before may still count.

    Nothing for an answer that is no dated "no".
    """
    if fact.presence is not Presence.NO or fact.start is None:
        return ()
    findings: Findings = ()
    over = wait_over(fact.start, wait) if wait.value is not None else None
    if over != fact.start:
        what, dates = fact.kind.words, when(fact)
        said = coded("none_since", "no {what}: {dates}; ask what was before", what=what, dates=dates)
        during = Interval(fact.start, over)
        findings = (found(ASK, fact.kind.value, said, during=during, fact=fact, value=wait),)
    return findings + (relying(wait, fact.kind.value, [Interval(over, fact.end)]) if over else ())


def days_not_told(facts: list[Fact], what: Saying, *, is_habit: bool = False) -> Findings:
    """Return the "ask" for days no answer is about: those of a dated "no", and those before a habit began."""
    if not facts:
        return ()
    kind = facts[0].kind.value
    known = union(*(_answered(fact, is_habit=is_habit) for fact in facts))
    said = coded("days_unanswered", "{what:title}: not answered for these days", what=what)
    return tuple(found(ASK, kind, said, during=gap) for gap in complement(known))


def _answered(fact: Fact, *, is_habit: bool) -> Intervals:
    """Return the days a fact answers.

    Something with its days was not before and after; that a habit ended answers all days, too, but that it
    began only those since.
    """
    answers_all = fact.presence is Presence.YES and (fact.end is not None or not is_habit)
    return (ALWAYS,) if answers_all or fact.presence is Presence.UNCLEAR else (fact.during,)


def wait_over(end: date, value: PolicyValue) -> date | None:
    """Return the first day after the wait that *value* asks for; ``None`` if it is not known or never.

    *end* is the first day without the thing. Days are counted from it, months from the last day with it, and
    hours as whole days begun: bags carry days.
    """
    amount = value.value
    if not isinstance(amount, int | float):
        return None
    if value.unit.startswith("months"):
        return months_later(end - timedelta(days=1), int(amount)) if end > date.min else end
    days = amount if value.unit.startswith("days") else -(-amount // 24)
    return later(end, int(-(-days // 1)))


def waiting(fact: Fact, value: PolicyValue) -> tuple[Interval, Intervals]:
    """Return the days of *fact* with the wait after it, and those cleared only because the wait is over."""
    if fact.end is None:
        return fact.during, ()
    over = wait_over(fact.end, value)
    if over is None:
        return Interval(fact.start, None), ()
    return Interval(fact.start, over), (Interval(over, None),)
