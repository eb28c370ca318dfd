"""Taking up what a plan proposes: proposals become holds, all in one step, which undo gives back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.holds import households_by_id
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow
from coordinator.db.writing import writing_of
from coordinator.domain.matching.matches import LotPart
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.planning.pairing import kept_out
from coordinator.domain.planning.proposal_ids import ProposalId, read_id
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.standing import StandingKind, standing_of, together
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.agreements.holds import Wanted, hold_in
from coordinator.services.agreements.reaching import is_bereaved
from coordinator.services.matching.ranking import rank_for_several
from coordinator.services.planning.wishes import forget_pins_in

_NAMED_AT_MOST = 4
"""So many families the history names; more are counted."""


@dataclass(frozen=True, slots=True)
class Held:
    """A proposal that was taken up, and the code of its hold."""

    proposal: str
    hold: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that cannot be held as it stands, and why."""

    proposal: str
    why: Saying

    @property
    def said(self) -> Saying:
        """Both in one line."""
        return saying("{proposal}: {why}", proposal=self.proposal, why=self.why)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of taking up several proposals; nothing is refused unless the rest was to be held anyway."""

    held: tuple[Held, ...]
    refused: tuple[Refused, ...] = ()


class GoneFromPlanError(UserError):
    """What was proposed cannot be taken up as it stands any more."""


class RefusedProposalsError(UserError):
    """Some of the proposals cannot be held, so none was; ``refused`` says which and why."""

    def __init__(self, refused: Sequence[Refused], asked: int) -> None:
        super().__init__(
            plural(
                "Nothing was held: {n} of {asked} proposals cannot be. {first}",
                "Nothing was held: {n} of {asked} proposals cannot be. The first: {first}",
                len(refused),
                asked=asked,
                first=refused[0].said,
            )
        )
        self.refused = tuple(refused)
        self.more = tuple(one.said for one in refused[1:])


def accept(
    database: Database, proposals: Iterable[str], today: date, *, skip_refused: bool = False
) -> Accepted:
    """Hold what *proposals* (``L-0021:R-0003:57``) name: all of them in one step, or none.

    Each is checked again as any hold is; so is that the milk still stands as a plan may propose it. The
    history has one line, and one undo gives all the milk back.

    Args:
        database: The open network.
        proposals: Ids of proposals, as a plan shows them, in any order.
        today: The day they are made.
        skip_refused: Whether those that cannot be held are left out and told, and the rest is held; else
            one that cannot be held keeps back all.

    Raises:
        RefusedProposalsError: If one of several cannot be held, or, with *skip_refused*, none can.
        GoneFromPlanError: If the only one cannot: something speaks against it by now, or a clinician decides.
        UserError: If the only one is no proposal, or a hold of it is refused as ``hold_milk`` does.
    """
    asked = tuple(proposals)
    if not asked:
        raise UserError(saying("Choose a proposal of the plan first."))
    parts, refused = _checked(database, asked, today)
    _stop(refused, asked, skip_refused=skip_refused)
    with database.writing(_action(len(parts)), today) as session:
        codes: dict[str, str] = {}
        for taken, part in sorted(parts, key=_newest_first):
            try:
                codes[taken.text] = _hold(session, taken, part, today)
            except UserError as error:
                refused[taken.text] = error
        held = [Held(taken.text, codes[taken.text]) for taken, _ in parts if taken.text in codes]
        _stop(refused, asked, skip_refused=skip_refused)
        forget_pins_in(session, [(taken.lot, taken.family) for taken, _ in parts if taken.text in codes])
        writing_of(session).action = _done(parts, held)
    return Accepted(tuple(held), _told(asked, refused))


def _newest_first(one: tuple[ProposalId, LotPart]) -> int:
    """Return where it comes: what has to be of newer bags first, else milk of any bags takes of them."""
    only_from = one[1].only_from
    return -only_from.toordinal() if only_from is not None else 0


def _checked(
    database: Database, asked: Sequence[str], today: date
) -> tuple[list[tuple[ProposalId, LotPart]], dict[str, UserError]]:
    """Return what each proposal takes of which lot as things stand, and which cannot be taken up."""
    refused: dict[str, UserError] = {}
    wanted: dict[tuple[str, str], ProposalId] = {}
    for proposal in asked:
        try:
            taken = read_id(proposal)
            _add(wanted, taken)
        except UserError as error:
            refused[proposal] = error
    rankings = rank_for_several(database, sorted({family for _, family in wanted}), today)
    parts: list[tuple[ProposalId, LotPart]] = []
    for taken in wanted.values():
        if taken.text in refused:  # named twice, it is told as refused
            continue
        try:
            parts.append((taken, _part(rankings, taken, today)))
        except GoneFromPlanError as error:
            refused[taken.text] = error
    return parts, refused


def _add(wanted: dict[tuple[str, str], ProposalId], taken: ProposalId) -> None:
    if (taken.lot, taken.family) in wanted:
        raise UserError(saying("{lot} for {family} is named twice.", lot=taken.lot, family=taken.family))
    wanted[taken.lot, taken.family] = taken


def _stop(refused: Mapping[str, UserError], asked: Sequence[str], *, skip_refused: bool) -> None:
    """Raise if something that is refused keeps back all."""
    if not refused or (skip_refused and len(refused) < len(set(asked))):
        return
    if len(asked) == 1:
        raise next(iter(refused.values()))
    raise RefusedProposalsError(_told(asked, refused), len(asked))


def _told(asked: Sequence[str], refused: Mapping[str, UserError]) -> tuple[Refused, ...]:
    return tuple(Refused(one, refused[one].said) for one in dict.fromkeys(asked) if one in refused)


def _hold(session: Session, taken: ProposalId, part: LotPart, today: date) -> str:
    family = living(by_code(session, RecipientRow, taken.family))
    home = households_by_id(session, {family.household_id})[family.household_id]
    if home.read_before_ringing or is_bereaved(session, home):
        raise GoneFromPlanError(
            saying("{family}: read the note first; a plan proposes nothing there.", family=family.code)
        )
    wanted = Wanted(taken.lot, _volume(part, taken), taken.bags, part.only_from)
    return hold_in(session, family, wanted, today).code


def _action(count: int) -> Action:
    return Action(
        "plan.accepted", plural("Held {n} proposal of the plan", "Held {n} proposals of the plan", count)
    )


def _done(parts: Sequence[tuple[ProposalId, LotPart]], held: Sequence[Held]) -> Action:
    """Return what was done, with the codes of the holds and of the families they are for."""
    hold_of = {one.proposal: one.hold for one in held}
    families = dict.fromkeys(taken.family for taken, _ in parts if taken.text in hold_of)
    codes = sorted(one.hold for one in held)
    return Action(
        "plan.accepted",
        plural(
            "Held {n} proposal of the plan for {families} ({holds})",
            "Held {n} proposals of the plan for {families} ({holds})",
            len(held),
            families=", ".join(families) if len(families) <= _NAMED_AT_MOST else _families(len(families)),
            holds="–".join(codes if len(codes) < 2 else (codes[0], codes[-1])),
        ),
    )


def _families(count: int) -> Saying:
    return plural("{n} family", "{n} families", count)


def _part(rankings: Mapping[str, Ranking], taken: ProposalId, today: date) -> LotPart:
    ranking = rankings.get(taken.family)
    for match in ranking.matches if ranking else ():
        for part in match.parts:
            if part.lot.code == taken.lot and ranking:
                kind = together(ranking.baby_standing, standing_of(part.verdict, today)).kind
                if kind <= StandingKind.ONE_CALL and part.is_held_as_it_is and not kept_out(match.offer):
                    return part
    raise GoneFromPlanError(
        saying(
            "{lot} does not go to {family} as things stand now; make the plan again.",
            lot=taken.lot,
            family=taken.family,
        )
    )


def _volume(part: LotPart, taken: ProposalId) -> Volume:
    bags = part.lot.free_bags
    if taken.bags is None or not bags:
        return Volume.from_oz(taken.ounces)
    return part.lot.free.share(min(taken.bags, bags), bags)
