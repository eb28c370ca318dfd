"""One day of a standing pair: its milk held, and both yeses noted at once."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import held_milk, households_by_id
from coordinator.db.matching import past_by_donor
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import StandingHoldRow, StandingPairRow, standing_pairs
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.renewal_messages import RenewalLetter, ask_again
from coordinator.domain.agreements.standing_pairs import Proposal, StandingPair, StandingState
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, is_shown_alike, total
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.holds import Wanted, hold_in, note_yes_in
from coordinator.services.agreements.reaching import is_bereaved
from coordinator.services.agreements.standing_pairs import check_day_of_pair, going, made_day, when_of
from coordinator.services.agreements.standing_proposals import proposal_for
from coordinator.services.settings.values import load_settings


class NotReadyError(UserError):
    """Something is to be asked first; it is said before anybody's yes."""


def hold_for_day(
    database: Database, code: str, on: date, today: date, *, is_said: bool = False
) -> tuple[str, ...]:
    """Hold the milk proposed for one day of a pair, so that both are asked; return the holds.

    They last until the day both should have said yes, at least until today.

    Args:
        database: The open network.
        code: Code of the pair.
        on: The day; one of the pair's.
        today: The day it is.
        is_said: What is not ready about the pair was read, and it is held all the same.

    Raises:
        NotReadyError: If the pair is not ready and nobody said it is held all the same.
        UserError: If it ended or is paused, *on* is none of its days, was skipped or has its holds already,
            or there is no milk.
    """
    with database.writing(
        Action("standing.held", saying("Changed {pair}", pair=code.upper())), today
    ) as session:
        row = going(session, code)
        held = _hold(session, row, on, today, is_said=is_said)
        codes = tuple(one.code for one in held)
        label = saying("Held {holds} for {on} ({pair})", holds=codes, on=on, pair=row.code)
        writing_of(session).action = Action("standing.held", label)
        return codes


def renew(
    database: Database,
    code: str,
    on: date,
    today: date,
    *,
    said_on: date | None = None,
    is_said: bool = False,
) -> tuple[str, ...]:
    """Note that both said yes to one day, as one step: its milk is held if it is not, and agreed.

    Returns its holds. *said_on* is the day they said it, else today.

    Raises:
        NotReadyError, UserError: As of :func:`hold_for_day`.
        ClinicianNotAskedError: If a clinician's agreement must come before the family's yes.
        HoldClosedError: If its holds were handed over, or have expired and the milk is gone.
    """
    with database.writing(
        Action("standing.renewed", saying("Changed {pair}", pair=code.upper())), today
    ) as session:
        row = going(session, code)
        held = _waiting(session, row, on) or _hold(session, row, on, today, is_said=is_said)
        _note_missing(session, held, said_on or today)
        codes = tuple(one.code for one in held)
        label = saying("Noted both yeses to {holds} for {on} ({pair})", holds=codes, on=on, pair=row.code)
        writing_of(session).action = Action("standing.renewed", label)
        return codes


def note_one_yes_in(session: Session, code: str, on: date, side: Side, today: date) -> None:
    """Note in the caller's transaction that one *side* said yes to a day; its milk is held if it is not.

    Raises as :func:`renew`.
    """
    row = going(session, code)
    for hold in _waiting(session, row, on) or _hold(session, row, on, today, is_said=False):
        if side in _missing(session, hold):
            note_yes_in(session, hold, side, today)


def _note_missing(session: Session, held: list[HoldRow], said_on: date) -> None:
    for hold in held:
        for side in _missing(session, hold):
            note_yes_in(session, hold, side, said_on)


def _waiting(session: Session, row: StandingPairRow, on: date) -> list[HoldRow]:
    """Return the holds of that day that wait for a yes; none where nothing is held for it."""
    pair = _pair(session, row)
    held = pair.held_on(on)
    if held and all(state is not HoldState.OPEN for _, state in held):
        raise UserError(saying("Both said yes to {on} already.", on=on))
    return [by_code(session, HoldRow, code) for code, state in held if state is HoldState.OPEN]


def _missing(session: Session, hold: HoldRow) -> list[Side]:
    """Return whose yes a hold lacks; one that was given keeps its day."""
    found = session.scalar(sa.select(AgreementRow).where(AgreementRow.hold_id == hold.id))
    given = {Side.DONOR: found and found.donor_yes_on, Side.FAMILY: found and found.family_yes_on}
    return [side for side in Side if given[side] is None]


def _hold(session: Session, row: StandingPairRow, on: date, today: date, *, is_said: bool) -> list[HoldRow]:
    pair = _pair(session, row)
    _check_open(row, pair, on, today)
    proposal = proposal_for(session, pair, on, today)
    _check_ready(pair, proposal, is_said=is_said)
    family, day = session.get_one(RecipientRow, row.recipient_id), made_day(session, row, on)
    by = when_of(session).renew_by(on)
    last = by if by >= today else on
    held = []
    for part in proposal.parts:
        wanted = Wanted(part.lot_code, part.volume, only_from=part.only_from)
        hold = hold_in(session, family, wanted, today, last=last)
        session.add(StandingHoldRow(standing_day_id=day.id, hold_id=hold.id))
        held.append(hold)
    session.flush()
    return held


def _check_open(row: StandingPairRow, pair: StandingPair, on: date, today: date) -> None:
    """Raise ``UserError`` if nothing is proposed for that day, or something was."""
    if row.state is StandingState.PAUSED:
        raise UserError(saying("{pair} is paused; let it go on first.", pair=row.code))
    check_day_of_pair(row, on, today)
    if on in pair.skipped:
        raise UserError(saying("{on} was skipped; bring that day back first.", on=on))
    held = pair.held_on(on)
    if held:
        raise UserError(
            saying("{holds} is held for {on} already.", holds=tuple(code for code, _ in held), on=on)
        )


def _check_ready(pair: StandingPair, proposal: Proposal, *, is_said: bool) -> None:
    if not proposal.is_possible:
        raise UserError(
            saying(
                "Nothing can be held for {on}: {why}.",
                on=proposal.on,
                why=proposal.words(VolumeUnit.OZ),
            )
        )
    if not (proposal.is_ready or is_said):
        raise NotReadyError(
            saying(
                "{pair} is not ready for {on}: {standing}. Ask first, or hold it all the same.",
                pair=pair.code,
                on=proposal.on,
                standing=proposal.standing.words,
            )
        )


def _pair(session: Session, row: StandingPairRow) -> StandingPair:
    return standing_pairs(session, StandingPairRow.id == row.id)[0]


def renewal_text(database: Database, code: str, on: date, side: Side, today: date) -> str:
    """Return the one question to a side about one day of a pair, to paste: of what is held, else proposed.

    Raises:
        UserError: If there is nothing to ask about.
        NotFoundError: If there is no such pair.
    """
    with database.reading() as session:
        row = by_code(session, StandingPairRow, code)
        pair = _pair(session, row)
        held = held_milk(session, HoldRow.code.in_([code for code, _ in pair.held_on(on)]))
        wanted = pair.agreed.volume_on(on)
        proposal = proposal_for(session, pair, on, today)
        volume = total([one.hold.volume for one in held]) if held else proposal.volume
        if not volume:
            raise UserError(saying("Nothing can be asked about {on}: there is no milk for it.", on=on))
        settings = load_settings(session)
        donor = session.get_one(DonorRow, row.donor_id)
        family = session.get_one(RecipientRow, row.recipient_id)
        homes = households_by_id(session, {donor.household_id, family.household_id})
        letter = RenewalLetter(
            on,
            volume,
            Volume() if is_shown_alike(volume, wanted, settings.volume_unit) else wanted - volume,
            homes[donor.household_id],
            homes[family.household_id],
            network=settings.network_name,
            signature=settings.coordinator_name,
            unit=settings.volume_unit,
            is_first=donor.id not in past_by_donor(session, family.id),
            is_gentle=is_bereaved(session, homes[donor.household_id]),
        )
    return str(ask_again(letter, side))
