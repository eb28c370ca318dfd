"""What presses today, in short lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from coordinator.domain.agreements.cases import Act, Case, CaseStep, Strand
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.milk.came_unfit import CameUnfit
from coordinator.domain.milk.expiring import NearLastDay
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.milk.runways import NetworkRunway
from coordinator.domain.pickups.plans import PickupSummary
from coordinator.domain.pickups.sheet_told import SheetNote
from coordinator.domain.screening.call_list import DeferralEnding, ExpiringTests
from coordinator.domain.screening.donors import DonorSummary
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.calls import BLOCKS_NO_MATCH, Call, merged
from coordinator.domain.worklist.made_calls import MadeCall, rests
from coordinator.domain.worklist.nudges import Nudge
from coordinator.domain.worklist.out_and_waiting import Waiting
from coordinator.sayings import saying

WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
Summary = TypeVar("Summary")


@dataclass(frozen=True, slots=True)
class RunOut:
    """A family whose milk does not last the week by its own figure; an old figure is to be asked about."""

    code: str
    name: str
    town: str
    lasts_until: date
    need: Volume
    stock_on: date | None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers of one family that do not go together; both are given, for her to ask about."""

    code: str
    name: str
    needs_this_week: bool
    stock: Volume
    lasts_until: date


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """A family that would be on a list of this page, were it not for *words* to read before ringing."""

    code: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Today:
    """The Today page. ``calls`` are the first few of ``calls_in_all``, which a round of calls counts as well.

    ``near_last_day`` is free milk near or past its last day, ``weeks`` what is missing in the next eight.
    ``left_behind`` waits to be planned again, what has waited longest first. ``cases`` are of every family,
    ``now`` those of babies who are out or nearly, ``waiting`` what else is waited for, ``all_calls``
    everybody to ring, ``free`` all milk that is free, ``renewals`` the next days of standing pairs that both
    are to be asked about, ``nudges`` whom a message did not reach or did not move, ``donors`` how many.
    ``came_unfit`` is milk no fit that came to a family and that nobody rang about, ``notes`` what sheets say.
    Nothing here reminds of a family in ``read_first``: the coordinator opens it, reads, and decides.
    """

    runs_out: tuple[RunOut, ...]
    contradictions: tuple[Contradiction, ...]
    holds_ending: tuple[Hold, ...]
    calls: tuple[Call, ...]
    calls_in_all: int
    pickups: tuple[PickupSummary, ...]
    to_settle: tuple[PickupSummary, ...]
    read_first: tuple[ReadFirst, ...] = ()
    near_last_day: tuple[NearLastDay, ...] = ()
    weeks: NetworkRunway | None = None
    deferrals_ending: tuple[DeferralEnding, ...] = ()
    tests_expiring: tuple[ExpiringTests, ...] = ()
    left_behind: tuple[LeftBehind, ...] = ()
    cases: tuple[Case, ...] = ()
    now: tuple[Case, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    all_calls: tuple[Call, ...] = ()
    free: Volume = Volume(0)  # noqa: RUF009 - immutable
    donors: int = 0
    renewals: tuple[Renewal, ...] = ()
    nudges: tuple[Nudge, ...] = ()
    came_unfit: tuple[CameUnfit, ...] = ()
    notes: tuple[SheetNote, ...] = ()

    @property
    def to_carry(self) -> tuple[Hold, ...]:
        """What both families agreed to and no pickup carries yet, each hold once."""
        found = {
            strand.hold.code: strand.hold
            for case in self.cases
            for strand in case.strands
            if strand.next.act is Act.PLAN and strand.hold.is_agreed and strand.hold.pause is None
        }
        return tuple(found.values())

    @property
    def left_to_say(self) -> tuple[LeftBehind, ...]:
        """What was left behind, but for what the line of its baby says among *now* and *waiting*."""
        said = {case.next.hold_code for case in self.now}
        said |= {one.strand.hold.code for one in self.waiting}
        return tuple(one for one in self.left_behind if one.hold_code not in said)


def running_out(recipients: Sequence[RecipientSummary], today: date, within: timedelta) -> list[RunOut]:
    """Return the families whose milk ends within *within* of *today*, soonest first.

    Paused ones and those to read about before ringing rest. Stale figures come last: nobody
    knows what is in those freezers now.
    """
    lines = [
        RunOut(
            r.code,
            r.name,
            r.town,
            r.runway.lasts_until,
            r.runway.need.expected,
            r.runway.stock_on,
            is_stale=r.runway.is_stale,
        )
        for r in recipients
        if _may_be_reminded(r)
        and r.runway.need is not None
        and r.runway.lasts_until is not None
        and r.runway.lasts_until <= today + within
    ]
    return sorted(lines, key=lambda line: (line.is_stale, line.lasts_until, line.code))


def contradictions(recipients: Sequence[RecipientSummary], today: date) -> list[Contradiction]:
    """Return the families that ask for milk this week while their own figures say it lasts longer."""
    return [
        Contradiction(r.code, r.name, r.needs_this_week, r.runway.stock, r.runway.lasts_until)
        for r in recipients
        if r.needs_this_week
        and _may_be_reminded(r)
        and r.runway.stock
        and r.runway.lasts_until is not None
        and r.runway.lasts_until > today + WEEK
    ]


Asked = tuple[Summary, Household, Sequence[Question]]


def calls_to_make(
    donors: Sequence[Asked[DonorSummary]],
    recipients: Sequence[Asked[RecipientSummary]],
    today: date,
    drivers: Sequence[tuple[str, Household, Sequence[Question]]] = (),
    waiting: Sequence[Waiting] = (),
    made: Mapping[int, Sequence[MadeCall]] | None = None,
    *,
    with_notes: bool = False,
) -> list[Call]:
    """Return whom to ring, first those whose answers hold up milk that somebody needs in the next fortnight.

    Her own family's need makes no donor pressing: it gets none of her milk.
    Families to read about before ringing and donors who rest are left out. A question about room in the
    freezer holds nothing up. Whoever was rung today or asked by message today, or is to be rung on a later
    day, waits. A household that has several roles is rung once, and asked everything. *made* are the calls
    made, by household. ``with_notes`` has those to read about first as well: whoever shows them shows the
    words first.
    """
    needed = _needed(recipients, today)
    homes = {household.id for r, household, _ in recipients if r.code in needed}
    calls = (
        *_of_donors(donors, homes, today),
        *_of_families(recipients, needed, today),
        *(
            Call(code, household, tuple(asked), is_urgent=False)
            for code, household, questions in drivers
            if (asked := _due(questions, today))
        ),
    )
    return merged(
        [call for call in calls if _is_rung(call, made or {}, today, with_notes=with_notes)], waiting
    )


def _is_rung(call: Call, made: Mapping[int, Sequence[MadeCall]], today: date, *, with_notes: bool) -> bool:
    household = call.household
    is_free = with_notes or not household.read_before_ringing
    return is_free and not rests(made.get(household.id, ()), today)


def _of_donors(donors: Sequence[Asked[DonorSummary]], homes: set[int], today: date) -> Iterator[Call]:
    """Yield the calls to donors; *homes* are the households of babies who need milk."""
    for donor, household, questions in donors:
        asked = tuple(_due(questions, today))
        if asked and donor.state.is_offering:
            holds_up = donor.can_offer and any(question.holds for question in asked)
            is_urgent = bool(homes - {household.id}) and holds_up
            yield Call(donor.code, household, asked, is_urgent, free=donor.free)


def _of_families(
    recipients: Sequence[Asked[RecipientSummary]], needed: set[str], today: date
) -> Iterator[Call]:
    """Yield the calls to families; those among *needed* press where a match waits for the answer."""
    for family, household, questions in recipients:
        asked = tuple(_due(questions, today))
        if asked:
            holds_up = any(question.topic not in BLOCKS_NO_MATCH for question in asked)
            yield Call(
                family.code,
                household,
                asked,
                family.code in needed and holds_up,
                lasts_until=today if _asks_now(family) else family.runway.lasts_until,
                is_old_figure=family.runway.is_stale,
            )


def _needed(recipients: Sequence[Asked[RecipientSummary]], today: date) -> set[str]:
    """Return who needs milk in the next fortnight, or asks for it while nobody knows what is there."""
    families = [family for family, _, _ in recipients]
    asking = {family.code for family in families if _may_be_reminded(family) and _asks_now(family)}
    return asking | {line.code for line in running_out(families, today, FORTNIGHT)}


def _asks_now(family: RecipientSummary) -> bool:
    return family.needs_this_week and family.runway.lasts_until is None


def to_read_first(
    families: Sequence[tuple[DonorSummary | RecipientSummary, Household, Sequence[Question]]],
    today: date,
    left_behind: Sequence[LeftBehind] = (),
    cases: Sequence[Case] = (),
    drivers: Sequence[tuple[str, Household, Sequence[Question]]] = (),
    bereaved: Collection[str] = (),
) -> list[ReadFirst]:
    """Return the families with words to read before ringing whom something waits for, by code.

    Among them stand the *bereaved* donors whose yes is missing, though nobody wrote words about them.
    Behind them stand the volunteers who are asked something, or whose yes to a run is missing.
    """
    waited_for = {code for one in left_behind for code in (one.donor_code, one.recipient_code)}
    waited_for |= {strand.next.code for case in cases for strand in case.strands if _reads_first(strand)}
    waited_for |= {case.code for case in cases if case.step is CaseStep.READ_FIRST and case.strands}
    renewals = [one.next for case in cases for one in case.renewals]
    waited_for |= {step.code for step in renewals if step.act is Act.READ_FIRST}
    rides = {code for case in cases for strand in case.strands if (code := _driver_asked(strand))}
    families_first = [
        ReadFirst(summary.code, summary.name, household.read_before_ringing or str(LOST_HER_BABY))
        for summary, household, questions in sorted(families, key=lambda family: family[0].code)
        if _is_read_first(summary, household, questions, waited_for, today)
        or (summary.code in bereaved and summary.code in waited_for)
    ]
    return families_first + [
        ReadFirst(code, household.name, household.read_before_ringing)
        for code, household, questions in sorted(drivers, key=lambda driver: driver[0])
        if household.read_before_ringing and (code in rides or _due(questions, today))
    ]


LOST_HER_BABY = saying("She has lost her baby: ring with care.")


def _is_read_first(
    summary: DonorSummary | RecipientSummary,
    household: Household,
    questions: Sequence[Question],
    waited_for: Collection[str],
    today: date,
) -> bool:
    is_wanted = summary.code in waited_for or bool(_due(questions, today)) or _wants_milk(summary, today)
    return bool(household.read_before_ringing) and is_wanted


def _driver_asked(strand: Strand) -> str:
    """Return the volunteer whose yes is missing; empty where none is."""
    is_asked = strand.next.act is Act.NOTE_DRIVER_YES and strand.pickup is not None
    return strand.pickup.driver_code if is_asked and strand.pickup else ""


def _reads_first(strand: Strand) -> bool:
    return strand.next.act is Act.READ_FIRST


def _wants_milk(summary: DonorSummary | RecipientSummary, today: date) -> bool:
    if not isinstance(summary, RecipientSummary) or summary.paused:
        return False
    lasts_until = summary.runway.lasts_until
    return summary.needs_this_week or (lasts_until is not None and lasts_until <= today + WEEK)


def _may_be_reminded(family: RecipientSummary) -> bool:
    return not family.paused and not family.read_before_ringing


def _due(questions: Sequence[Question], today: date) -> list[Question]:
    return [
        q
        for q in questions
        if today not in {q.last_called_on, q.messaged_on} and (q.ring_on is None or q.ring_on <= today)
    ]
