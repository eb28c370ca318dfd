"""Whether milk suits a baby, by what was true on the days it was expressed: every reason, in words.

The program clears nothing. "Nothing against it" means that no answer speaks against it; what nobody
answered is "ask first", never yes and never no. A lot is as its worst day: a reason that holds for some of
its days counts for the lot, and ``parts_of`` says which days are better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import day, quoted
from coordinator.domain.families.babies import Baby, BabyHealth
from coordinator.domain.intervals import FOREVER, FOREVER_AGO, shifted
from coordinator.domain.milk.lots import HeatTreated, Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.rules import NOT_ACCEPTED, RULES
from coordinator.domain.policies.verdicts import Basis, Overruling, Reason, Verdict, VerdictKind
from coordinator.domain.suitability.contradictions import is_colostrum, of_dates
from coordinator.domain.suitability.disclosures import (
    NOTHING_ELSE,
    Disclosures,
    DonorTraits,
    FamilyKey,
    disclosures_of,
    family_key,
)
from coordinator.domain.suitability.findings import Findings, found, unanswered
from coordinator.domain.suitability.storage import storage_findings

ASK, NOT_A_FIT, IF = VerdictKind.ASK, VerdictKind.NOT_A_FIT, VerdictKind.NO_OBJECTION_IF
Reasons = tuple[Reason, ...]


class BabyLimits(Protocol):
    """From which weeks a baby was born early, and until which age that counts."""

    @property
    def born_early_weeks(self) -> int:
        """Weeks of gestation; this or fewer is early."""

    @property
    def term_corrected_weeks(self) -> int:
        """Weeks of gestation plus age."""


def suitability(
    lot: Lot,
    recipient: Baby,
    facts: Iterable[Fact] | Disclosures,
    policy: Policy,
    on: date,
    *,
    traits: DonorTraits = NOTHING_ELSE,
    overruled: Iterable[Overruling] = (),
) -> Verdict:
    """Return the verdict on a lot for a recipient on the day *on*, with every reason.

    Args:
        lot: Bags of one donor; a lot that does not tell its days is asked about.
        recipient: The baby, what it must avoid and for how long, and what the family answered.
        facts: The donor's, or what ``disclosures_of`` made of them (under the same policy), which is faster.
        policy: The profile in force.
        on: The day the milk is looked at: how old it is then counts.
        traits: What else is known about the donor; not looked at with ``Disclosures``.
        overruled: Of this recipient and this lot or donor; who else decided what stays in the reason.
    """
    known = facts if isinstance(facts, Disclosures) else disclosures_of(facts, policy, traits)
    reasons = (*judge_baby(recipient, policy, on).reasons, *milk_reasons(lot, recipient, known, on))
    return Verdict.of(overrule(reasons, tuple(overruled)))


def milk_reasons(lot: Lot, recipient: Baby, known: Disclosures, on: date) -> Reasons:
    """Return what a donor's facts and the lot itself say, without what is the baby's own."""
    findings = all_findings(lot, recipient, known, on)
    first, after = lot_days(lot, on)
    return reasons_of(findings, first, after, is_dated=is_dated(lot))


def bags_from(lot: Lot, only_from: date | None) -> Lot:
    """Return a lot as if it had only the bags dated *only_from* or later; all of them for ``None``."""
    if only_from is None:
        return lot
    return replace(lot, expressed_from=max(only_from, lot.expressed_from or only_from))


def is_dated(lot: Lot) -> bool:
    """Whether a lot tells the days of its oldest and newest bag."""
    return lot.expressed_from is not None and lot.expressed_to is not None


@dataclass(frozen=True, eq=False)
class Look:
    """A kind of family on a day; the same one each time, and told apart by identity: hashing it is slow."""

    family: FamilyKey
    on: date


look_for = lru_cache(maxsize=1024)(Look)
"""Return the ``Look`` of a family and a day."""


def best_of_lot(lot: Lot, look: Look, known: Disclosures) -> Best:
    """Return the verdict on the best part of a lot for a family, and that part; ``None`` for the whole.

    What is the baby's own is left out: it is told once for all milk. Nothing is overruled here. The answer is
    kept with what the donor told: a family is looked at again after every hold.
    """
    # Members of enumerations by identity: hashing them runs Python code.
    key = (
        look,
        lot.expressed_from,
        lot.expressed_to,
        id(lot.freezer),
        id(lot.heat_treated),
        id(lot.place),
        lot.thawed_on,
        is_colostrum(lot),
    )
    best = known.judged.get(key)
    if best is None:
        if len(known.judged) >= _MOST_JUDGED:
            known.judged.clear()
        best = known.judged[key] = _best_of_lot(lot, look, known)
    return best  # type: ignore[return-value] # only this function writes there


Best = tuple[Verdict, "Part | None"]
_MOST_JUDGED = 16


def _best_of_lot(lot: Lot, look: Look, known: Disclosures) -> Best:
    told = known.against(look.family)
    own = lot_findings(lot, known, look.on)
    first, after = lot_days(lot, look.on)
    if not is_dated(lot):
        return Verdict.of(reasons_of(told.everything + own, first, after, is_dated=False)), None
    reasons, relied = list(told.always), list(told.relied)
    everywhere = worst = told.kind
    for finding in told.dated + own:
        if finding.first < after and first < finding.after:
            kind = finding.kind
            worst = max(kind, worst)
            if kind > everywhere and finding.first <= first and after <= finding.after:
                everywhere = kind
            if finding.basis is None:
                reasons.append(finding.reason)
            else:
                relied.append(finding.basis)
    if worst == everywhere:
        return Verdict.of(joined(reasons, relied)), None
    findings = told.everything + own
    start, end = _mildest(findings, everywhere, first, after)
    verdict = Verdict.of(reasons_of(findings, start, end, is_dated=True))
    return verdict, _part(start, end, verdict, first, after)


def best_of_lot_overruled(
    lot: Lot, recipient: Baby, known: Disclosures, on: date, overruled: tuple[Overruling, ...]
) -> tuple[Verdict, Part | None]:
    """Return what ``best_of_lot`` does where something was overruled."""
    findings = all_findings(lot, recipient, known, on)
    first, after = lot_days(lot, on)
    whole = Verdict.of(overrule(reasons_of(findings, first, after, is_dated=is_dated(lot)), overruled))
    best = best_part(parts_of(lot, recipient, known, known.policy, on, overruled=overruled))
    if best is None or best.is_whole:
        return whole, None
    milk = Verdict.of(reason for reason in best.verdict.reasons if not is_babys(reason))
    return (milk, replace(best, verdict=milk)) if milk.kind < whole.kind else (whole, None)


def all_findings(lot: Lot, recipient: Baby, known: Disclosures, on: date) -> Findings:
    """Return what is found about milk of any day in this lot's place, for this recipient."""
    return known.against(family_key(recipient)).everything + lot_findings(lot, known, on)


def lot_days(lot: Lot, on: date) -> tuple[int, int]:
    """Return the ordinals of the lot's first day and of the day after its last, as far as they are told."""
    first = FOREVER_AGO if lot.expressed_from is None else lot.expressed_from.toordinal()
    if lot.expressed_to is not None:
        return first, lot.expressed_to.toordinal() + 1
    return first, FOREVER if first > on.toordinal() else on.toordinal() + 1


def reasons_of(findings: Findings, first: int, after: int, *, is_dated: bool) -> Reasons:
    """Return the reasons that hold for any day from *first* to before *after*; unchecked values as one.

    Where the days are not told, "not a fit" for some of them is a question.
    """
    reasons, relied = held(findings, first, after, is_dated=is_dated)
    return joined(reasons, relied)


def held(findings: Findings, first: int, after: int, *, is_dated: bool) -> tuple[list[Reason], list[Basis]]:
    """Return the reasons that hold for any of the days, and the unchecked values they rely on."""
    reasons: list[Reason] = []
    relied: list[Basis] = []
    for finding in findings:
        if finding.first < after and first < finding.after:
            if finding.basis is not None:
                relied.append(finding.basis)
            elif is_dated or (finding.first <= first and after <= finding.after):
                reasons.append(finding.reason)
            elif finding.reason.topic not in _AGE_TOPICS:
                reasons.append(_for_some_bags(finding.reason))
    return reasons, relied


def joined(reasons: Iterable[Reason], relied: Sequence[Basis]) -> Reasons:
    """Return *reasons* with one more for all the values relied on, if there are any."""
    return (*reasons, _relying(relied)) if relied else tuple(reasons)


_AGE_TOPICS = frozenset({"freezer", "place"})
"""How old milk is nobody can tell without its days, and those are asked for anyway."""


@lru_cache(maxsize=4096)
def _for_some_bags(reason: Reason) -> Reason:
    if reason.kind is not NOT_A_FIT or reason.is_final:
        return reason
    return replace(reason, kind=ASK, text=f"{reason.text}; ask which bags", together="")


def _relying(relied: Sequence[Basis]) -> Reason:
    """Return the one reason that names every unchecked value because of which nothing speaks against milk."""
    # By identity: a value has one basis, and hashing it for each of thousands of lots is slow.
    key = tuple(map(id, relied))
    known = _RELYING.get(key)
    if known is None:
        bases = tuple(sorted(dict.fromkeys(relied), key=lambda basis: _ORDER[basis.rule]))
        text = "your clinician agrees with what is unchecked: " + "; ".join(basis.relied for basis in bases)
        reason = Reason(IF, "unchecked", text, rule="unchecked", bases=bases)
        if len(_RELYING) >= _MOST_KEPT:
            _RELYING.clear()
        known = _RELYING[key] = (reason, tuple(relied))
    return known[0]


_ORDER = {rule: place for place, rule in enumerate(RULES)}
_RELYING: dict[tuple[int, ...], tuple[Reason, tuple[Basis, ...]]] = {}
"""The reason of each combination of values; they are held, so that their identities stay theirs."""
_MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """Some days of a lot, both with it, and the verdict on them. ``only_from``: until the lot's last day."""

    first: date
    last: date
    verdict: Verdict
    is_whole: bool = False
    reaches_end: bool = False

    @property
    def only_from(self) -> date | None:
        """The day from which bags are taken, as a hold writes it; ``None`` for any other part."""
        return self.first if self.reaches_end and not self.is_whole else None

    @property
    def words(self) -> str:
        """What must be left out: ``only bags dated Mar 15, 2026 or later``; empty for the whole lot."""
        if self.is_whole:
            return ""
        if self.reaches_end:
            return f"only bags dated {day(self.first)} or later"
        return f"only bags dated {day(self.first)} to {day(self.last)}"


def parts_of(
    lot: Lot,
    recipient: Baby,
    facts: Iterable[Fact] | Disclosures,
    policy: Policy,
    on: date,
    *,
    traits: DonorTraits = NOTHING_ELSE,
    overruled: Iterable[Overruling] = (),
) -> tuple[Part, ...]:
    """Return a lot cut where its verdict changes, oldest days first; one part if it does not, none undated.

    Takes what ``suitability`` takes. Each part has the verdict of each of its days.
    """
    if lot.expressed_from is None or lot.expressed_to is None:
        return ()
    known = facts if isinstance(facts, Disclosures) else disclosures_of(facts, policy, traits)
    baby = judge_baby(recipient, policy, on).reasons
    findings = all_findings(lot, recipient, known, on)
    first, after = lot_days(lot, on)
    decided = tuple(overruled)

    def judged(start: int, end: int) -> Verdict:
        reasons = reasons_of(findings, start, end, is_dated=True)
        return Verdict.of(overrule((*baby, *reasons), decided))

    cuts = sorted({first, after, *(c for f in findings for c in (f.first, f.after) if first < c < after)})
    runs: list[tuple[int, int, VerdictKind]] = []
    for start, end in pairwise(cuts):
        kind = judged(start, end).kind
        if runs and runs[-1][2] is kind:
            runs[-1] = (runs[-1][0], end, kind)
        else:
            runs.append((start, end, kind))
    return tuple(_part(start, end, judged(start, end), first, after) for start, end, _ in runs)


def _mildest(findings: Findings, everywhere: int, first: int, after: int) -> tuple[int, int]:
    """Return the longest of the mildest runs of days, the newest if several are as long.

    *everywhere* is the worst kind that holds for every day.
    """
    some = [one for one in findings if one.kind > everywhere and one.first < after and first < one.after]
    cuts = sorted(
        {first, after, *(cut for one in some for cut in (one.first, one.after) if first < cut < after)}
    )
    best = (-int(VerdictKind.REFER) - 1, 0, 0)
    start, last = first, -1
    for begin, end in pairwise(cuts):
        kind = max((one.kind for one in some if one.first <= begin and end <= one.after), default=everywhere)
        if kind != last:
            start, last = begin, kind
        best = max(best, (-kind, end - start, start))
    return best[2], best[2] + best[1]


def _part(start: int, end: int, verdict: Verdict, first: int, after: int) -> Part:
    is_whole = (start, end) == (first, after)
    return Part(date.fromordinal(start), date.fromordinal(end - 1), verdict, is_whole, end == after)


def best_part(parts: Sequence[Part]) -> Part | None:
    """Return the part with the mildest verdict; of several the longest, then the newest; ``None`` of none."""
    return min(
        parts,
        key=lambda part: (part.verdict.kind, part.first - part.last, -part.first.toordinal()),
        default=None,
    )


def overrule(reasons: Reasons, decided: tuple[Overruling, ...]) -> Reasons:
    """Return *reasons* with those "not a fit" that were overruled made "no objection if", and who did."""
    if not decided:
        return reasons
    return tuple(_overrule(reason, decided) for reason in reasons)


def _overrule(reason: Reason, decided: tuple[Overruling, ...]) -> Reason:
    if reason.kind is not NOT_A_FIT or reason.is_final:
        return reason
    for one in decided:
        if one.rule == reason.rule and one.name.strip() and reason.text in one.disclosed:
            text = f"{reason.text} — {one.words}"
            return replace(reason, kind=IF, text=text, overruled=one.words, together="")
    return reason


def applying(decided: Iterable[Overruling], recipient_code: str, lot: Lot) -> tuple[Overruling, ...]:
    """Return what was overruled for this recipient that is about this lot or all milk of its donor."""
    return tuple(
        one
        for one in decided
        if one.recipient_code == recipient_code
        and one.donor_code == lot.donor_code
        and one.lot_code in {"", lot.code}
    )


# What is the lot's own.


def lot_findings(lot: Lot, known: Disclosures, on: date) -> Findings:
    """Return what is the lot's own: how it is kept, heat treatment, whether its days were told."""
    findings = storage_findings(lot, known.freezers, known.policy, on)
    findings += _heat(lot.heat_treated, known)
    findings += of_dates(lot, known.traits.baby_born, on)
    if lot.expressed_from is None or lot.expressed_to is None:
        findings += _UNDATED
    return findings


_UNDATED = (found(ASK, "expressed_from", "Pumped when: not answered"),)
_HEAT = FactKind.HEAT_TREATED.value


def _heat(heat: HeatTreated | None, known: Disclosures) -> Findings:
    told = known.heat_treated
    if heat is HeatTreated.NO and (told is None or told is Presence.NO):
        return ()
    if heat is None and told is Presence.NO:
        return ()
    return _heat_told(heat, told, known.policy)


@lru_cache(maxsize=256)
def _heat_told(heat: HeatTreated | None, told: Presence | None, policy: Policy) -> Findings:
    value = policy["heat_treated"]
    is_all = heat is HeatTreated.ALL or (heat is None and told is Presence.YES)
    if is_all or heat is HeatTreated.SOME:
        if value.value is None:
            text = "heat-treated: whether this policy takes it is not known, ask"
            return (found(ASK, _HEAT, text, value=value),)
        if value.value == NOT_ACCEPTED and is_all:
            text = "heat-treated: this policy takes no such milk"
            return (found(value.otherwise, _HEAT, text, value=value, together="heat-treat their milk"),)
        if value.value == NOT_ACCEPTED:
            return (found(ASK, _HEAT, "some bags are heat-treated: ask which", value=value),)
        text = "heat-treated" if is_all else "some bags are heat-treated"
        which = "the family is told" if is_all else "the family is told which"
        return (found(IF, _HEAT, f"{text}: {which}", value=value),)
    if heat is HeatTreated.NO or told is Presence.UNCLEAR:
        return (found(ASK, _HEAT, "Heat-treated: the answer was not clear"),)
    return (unanswered(FactKind.HEAT_TREATED),) if FactKind.HEAT_TREATED in policy.questions else ()


# What is the baby's own.

_BABYS = frozenset({"health", "born_early", "baby_born", "must_avoid"})


def is_babys(reason: Reason) -> bool:
    """Whether a reason is about the baby alone, whatever the milk."""
    return reason.rule in _BABYS


def judge_baby(baby: Baby, policy: BabyLimits, today: date) -> Verdict:
    """Return what must be known about the baby alone before any milk is looked at.

    In hospital, ill, or born early and not yet at term-corrected age is referred, not matched. Born early
    and now past that age, or gestation unknown, asks for the clinician's agreement until name and date are
    noted.
    """
    return Verdict.of((*_health(baby), *_maturity(baby, policy, today), *_unanswered_of(baby, today)))


def needs_clinician(baby: Baby, policy: BabyLimits) -> bool:
    """Whether a clinician must have agreed to donor milk and nobody has noted who and when."""
    is_term = baby.gestation_weeks is not None and baby.gestation_weeks > policy.born_early_weeks
    return not is_term and not (baby.clinician.strip() and baby.clinician_agreed_on)


def _health(baby: Baby) -> Iterator[Reason]:
    match baby.health:
        case BabyHealth.HOSPITAL | BabyHealth.ILL:
            text = f"{baby.health}: referred, not matched"
            yield Reason(VerdictKind.REFER, "health", text, rule="health")
        case None if baby.refer_for:
            text = f"the request mentions {quoted(baby.refer_for)}: referred until at home and well"
            yield Reason(VerdictKind.REFER, "health", text, rule="health")
        case None:
            told = f"; the request mentions {quoted(baby.ask_about)}" if baby.ask_about else ""
            yield Reason(ASK, "health", f"At home and well: not answered{told}", rule="health")


def _maturity(baby: Baby, policy: BabyLimits, today: date) -> Iterator[Reason]:
    weeks = baby.gestation_weeks
    if weeks is not None and weeks > policy.born_early_weeks:
        return
    if weeks is not None and baby.born is not None:
        corrected = shifted(baby.born, 7 * (policy.term_corrected_weeks - weeks))
        if today < corrected:
            text = f"born at {weeks} weeks, at term-corrected age on {day(corrected)}: referred, not matched"
            yield Reason(VerdictKind.REFER, "gestation", text, rule="born_early")
            return
    if not needs_clinician(baby, policy):
        agreed = day(baby.clinician_agreed_on) if baby.clinician_agreed_on else ""
        text = f"{baby.clinician} agreed on {agreed}"
        yield Reason(VerdictKind.NO_OBJECTION, "clinician", text, rule="born_early")
        return
    born = "Weeks at birth: not answered" if weeks is None else f"born at {weeks} weeks"
    text = f"{born}; has the baby's clinician agreed? Note name and date"
    yield Reason(ASK, "clinician", text, rule="born_early")


def _unanswered_of(baby: Baby, today: date) -> Iterator[Reason]:
    if baby.born is None:
        yield Reason(ASK, "baby_born", "Baby's birth date: not answered", rule="baby_born")
    elif baby.born > today:
        text = f"not born yet, expected on {day(baby.born)}: ask when"
        yield Reason(ASK, "baby_born", text, rule="baby_born")
    if baby.must_avoid is None:
        yield Reason(ASK, "must_avoid", "Baby must avoid: not answered", rule="must_avoid")
