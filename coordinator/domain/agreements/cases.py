"""A case: a baby's need until it is met, derived from its holds and never kept beside them.

A family may have several holds; the case of its baby covers all, each a strand, and its own line is about the
most pressing. Milk that is promised counts as coming; the part of the week that it does not cover is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from coordinator.domain.agreements import case_words as words
from coordinator.domain.agreements.case_steps import Act, CaseStep, NextStep, Turn
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.promises import Promise, Strand, Terms
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.agreements.strands import strand_of
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.volume import Volume, total
from coordinator.sayings import NOTHING, Saying, joined, saying

__all__ = ["WEEK", "Act", "Case", "CaseStep", "Family", "NextStep", "Strand", "Turn", "case_of_family"]

WEEK: Final = timedelta(days=7)
"""A baby is nearly out when what is there and what is to come ends before a week from today."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family as its case sees it. ``short`` is what lacks through the week once all promised has come.

    ``renewals`` are the next days of its standing pairs.
    """

    summary: RecipientSummary
    promises: tuple[Promise, ...] = ()
    short: Volume = Volume(0)  # noqa: RUF009 - immutable
    is_referred: bool = False
    renewals: tuple[Renewal, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Where one baby's need stands, in one line: ``words``, ``turn``, ``since`` and the ``next`` step.

    ``lasts`` says how long the milk at home lasts; with what is promised, it lasts until ``then_until``.
    ``short`` is what is missing in the coming week, from the day ``short_from`` on. ``strands`` are its holds
    on their way, the most pressing first. ``is_near_out``: the milk at home ends within the week, or nobody
    knows and the family asks for milk; ``is_old_figure``: that is by a count too old to go by.
    """

    code: str
    name: str
    step: CaseStep
    turn: Turn
    since: date | None
    next: NextStep
    words: Saying
    lasts: Saying = NOTHING
    lasts_until: date | None = None
    then_until: date | None = None
    short: Volume = Volume(0)  # noqa: RUF009 - immutable
    short_from: date | None = None
    is_near_out: bool = False
    is_old_figure: bool = False
    strands: tuple[Strand, ...] = ()
    renewals: tuple[Renewal, ...] = ()

    @property
    def line(self) -> Saying:
        """How long the milk lasts and where the case stands, in one line."""
        return joined(" · ", filter(None, (self.lasts, self.words)))


def case_of_family(family: Family, terms: Terms) -> Case:
    """Return the case of one family; with no hold on its way it is about what it needs."""
    found = [strand for one in family.promises if (strand := strand_of(one, terms))]
    strands = tuple(sorted(found, key=_pressing))
    about = _around(family, strands, terms)
    said = _special(family, about, terms)
    if said is not None:
        return said
    case = _with_holds(about, terms) if strands else _without_a_hold(family, about, terms)
    return _with_renewal(case, terms)


def _with_renewal(case: Case, terms: Terms) -> Case:
    """Return the case with the next day of its standing pair, first the one that is to be renewed soonest.

    It leads where nothing on its way is more pressing, and nothing lacks before that day.
    """
    due = [one for one in case.renewals if one.is_due and one.next.act is not Act.READ_FIRST]
    if not due:
        return case if case.strands or not case.renewals else _told_early(case, terms)
    first = min(due, key=lambda one: (one.on or date.max, one.pair.code))
    said = first.words(terms.unit)
    is_late = case.short_from is not None and case.short_from < (first.on or date.max)
    if is_late or case.next.act not in _BEHIND_RENEWING:
        return replace(case, words=joined("; ", (case.words, said)))
    if case.strands:
        said = joined("; ", (case.words, said))
    step = case.step if case.strands else CaseStep.STANDING
    return replace(case, step=step, turn=first.turn, since=first.since, next=first.next, words=said)


_BEHIND_RENEWING: Final = frozenset(
    {Act.NONE, Act.FIND_MILK, Act.FIND_MORE, Act.NOTE_YES, Act.SHOW_PICKUP, Act.ASK_AFTER}
)


def _told_early(case: Case, terms: Terms) -> Case:
    """Return the case of a family whose next day is not asked about yet."""
    told = [one.words(terms.unit) for one in case.renewals]
    return replace(case, words=joined("; ", (case.words, *told)))


_PRESSING: Final = (
    Act.RELEASE,
    Act.READ_FIRST,
    Act.PLAN_AGAIN,
    Act.LET_GO,
    Act.SETTLE,
    Act.EXTEND,
    Act.GO_ON,
    Act.ASK_AGAIN,
    Act.ASK_DONOR,
    Act.ASK_FAMILY,
    Act.ASK_CLINICIAN,
    Act.NUDGE_DONOR,
    Act.NUDGE_FAMILY,
    Act.PLAN,
    Act.CHOOSE_DRIVER,
    Act.PRINT,
    Act.NOTE_DRIVER_YES,
    Act.FIND_MORE,
    Act.NOTE_YES,
    Act.SHOW_PICKUP,
    Act.ASK_AFTER,
)
"""What she does first: what has gone wrong, what can be done at once, then what waits for others."""


def _pressing(strand: Strand) -> tuple[int, date, str]:
    return _PRESSING.index(strand.next.act), strand.since or date.min, strand.hold.code


def _around(family: Family, strands: tuple[Strand, ...], terms: Terms) -> Case:
    """Return a case that knows how long the milk lasts and what is missing, not yet what to do."""
    one, runway = family.summary, family.summary.runway
    is_known = runway.need is not None and runway.stock is not None
    short = Volume() if runway.is_stale else family.short
    out_on = runway.then_until + timedelta(days=1) if runway.then_until else terms.today
    by_figure = runway.lasts_until is not None and runway.lasts_until < terms.today + WEEK
    return Case(
        one.code,
        one.name,
        CaseStep.ENOUGH,
        Turn.NOBODY,
        None,
        NextStep(),
        saying("has enough for now"),
        lasts=_lasts(family, terms, is_under_way=bool(strands)) if is_known else NOTHING,
        lasts_until=runway.lasts_until,
        then_until=runway.then_until,
        short=short,
        short_from=max(out_on, terms.today) if short else None,
        is_near_out=by_figure if is_known else one.needs_this_week,
        is_old_figure=runway.is_stale,
        strands=strands,
        renewals=family.renewals,
    )


def _lasts(family: Family, terms: Terms, *, is_under_way: bool) -> Saying:
    """Return how long the milk lasts; with milk on its way, beside an old figure, that it is to be asked."""
    runway = family.summary.runway
    if runway.is_stale and is_under_way:
        return words.old_figure(words.lasts(runway.lasts_until, terms.today))
    return words.lasts(runway.lasts_until, terms.today, is_stale=runway.is_stale)


def _special(family: Family, about: Case, terms: Terms) -> Case | None:
    """Return the case of a family that rests, is read about first or is referred, where that comes first.

    What is written down of milk that has moved goes its way all the same.
    """
    top = about.strands[0] if about.strands else None
    act = top.next.act if top else Act.NONE
    if act in {Act.SETTLE, Act.RELEASE}:
        return None
    if family.is_referred and act is not Act.ASK_AFTER:
        return _referred(family, about, terms)
    if family.summary.read_before_ringing and act not in _ON_PAPER:
        step = NextStep(Act.READ_FIRST, about.code, top.hold.code if top else "")
        said = saying("{said}; read the note first", said=top.words) if top else saying("read the note first")
        return replace(about, step=CaseStep.READ_FIRST, turn=Turn.YOU, next=step, words=said)
    if family.summary.paused and act not in _ON_PAPER:
        return _paused(about, top)
    return None


_ON_PAPER: Final = frozenset({Act.PRINT, Act.SHOW_PICKUP, Act.NOTE_DRIVER_YES, Act.CHOOSE_DRIVER})
"""What is done about a planned hand-over without ringing the family."""


def _referred(family: Family, about: Case, terms: Terms) -> Case:
    waiting = total([one.hold.volume for one in about.strands if one.hold.state is not HoldState.DONE])
    said = saying("referred: a milk bank, not this network")
    if waiting:
        much = words.amount(waiting, terms.unit)
        said = saying("referred by now, yet {much} are promised", much=much)
    needs_bank = waiting or about.is_near_out or family.summary.needs_this_week
    step = NextStep(Act.REFER, about.code) if needs_bank else NextStep()
    turn = Turn.YOU if needs_bank else Turn.NOBODY
    return replace(about, step=CaseStep.REFERRED, turn=turn, next=step, words=said)


def _paused(about: Case, top: Strand | None) -> Case:
    if top is None:
        return replace(about, step=CaseStep.PAUSED, words=saying("paused"), is_near_out=False)
    said = saying("paused, yet {said}", said=top.words)
    step = NextStep(Act.OPEN, about.code, top.hold.code, instead=Act.RELEASE)
    return replace(about, step=CaseStep.PAUSED, turn=Turn.YOU, since=top.since, next=step, words=said)


def _without_a_hold(family: Family, about: Case, terms: Terms) -> Case:
    runway = family.summary.runway
    find = NextStep(Act.FIND_MILK, about.code)
    if runway.need is None or runway.stock is None or (runway.is_stale and about.is_near_out):
        return _not_known(family, about)
    if not about.short:
        return about
    since = about.short_from if about.short_from == terms.today else None
    since = (
        min(runway.lasts_until + timedelta(days=1), terms.today) if since and runway.lasts_until else since
    )
    said = _let_go_words(family, terms) or saying("nothing held yet")
    return replace(about, step=CaseStep.NEEDS, turn=Turn.YOU, since=since, next=find, words=said)


def _not_known(family: Family, about: Case) -> Case:
    """Return that nobody knows what the family needs, or only by a figure too old to go by."""
    runway, step = family.summary.runway, NextStep(Act.ASK_NEED, about.code)
    if runway.is_stale and runway.stock_on is not None and runway.lasts_until is not None:
        said = saying("counted {on:short}: ask what is at home now", on=runway.stock_on)
    elif runway.unknown:
        said = saying("not known: {what}", what=joined(", ", runway.unknown))
    else:
        said = saying("not known what is needed")
    return replace(
        about, step=CaseStep.NOT_KNOWN, turn=Turn.YOU, since=runway.stock_on, next=step, words=said
    )


def _let_go_words(family: Family, terms: Terms) -> Saying:
    """Return that what was held for the family last was released; nothing where it was not, or long ago."""
    last = max(
        (one.hold for one in family.promises), key=lambda hold: (hold.made_on, hold.code), default=None
    )
    if last is None or last.state is not HoldState.RELEASED:
        return NOTHING
    much = words.milk(last, terms.unit)
    return saying("nothing held: {milk} of {donor} were released", milk=much, donor=last.donor_name)


def _with_holds(about: Case, terms: Terms) -> Case:
    """Return the case by its most pressing strand, and what its holds do not cover."""
    top, *rest = about.strands
    others = [one.hold.volume for one in rest if one.hold.state is not HoldState.DONE]
    said = words.and_others(top.words, len(others), total(others), terms.unit)
    found = replace(about, step=top.step, turn=top.turn, since=top.since, next=top.next, words=said)
    if not about.short or about.short_from is None:
        return found
    said = words.with_missing(said, about.short, about.short_from, terms.today, terms.unit)
    if _PRESSING.index(top.next.act) < _PRESSING.index(Act.FIND_MORE):
        return replace(found, words=said)
    since = about.short_from if about.short_from <= terms.today else None
    return replace(found, turn=Turn.YOU, since=since, next=NextStep(Act.FIND_MORE, about.code), words=said)
