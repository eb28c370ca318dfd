"""Where a family is, by its address: on the map, uncertain, or nowhere; and what is asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from coordinator.adapters.gazetteer.placing import placer
from coordinator.db.facts import QuestionRow
from coordinator.domain.facts.dated_facts import QuestionState
from coordinator.domain.places.placing import NOT_ON_MAPS, WHERE_ASKED, Placing, Unplaced
from coordinator.domain.places.positions import Address, Precision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coordinator.db.households import HouseholdRow


def address_of(household: HouseholdRow) -> Address:
    """Return the address that is stored."""
    return Address(household.street, household.town, household.state, household.zip_code)


def place_household(household: HouseholdRow) -> Placing:
    """Give the household the offline position of its address.

    It has none when neither ZIP nor town is known; while they contradict each other it is uncertain.
    """
    placing = placer().placing(address_of(household))
    place = placing.place
    household.latitude_deg = place.position.latitude_deg if place else None
    household.longitude_deg = place.position.longitude_deg if place else None
    household.precision = place.position.precision if place else None
    household.place_label = place.label if place else ""
    if placing.doubt is not None and placing.is_uncertain:
        household.precision, household.place_label = Precision.UNCERTAIN, placing.doubt.label.in_english
    elif placing.why is Unplaced.MILITARY:
        household.place_label = NOT_ON_MAPS.in_english
    return placing


def place_again(session: Session, household: HouseholdRow) -> None:
    """Place a household whose address was changed, and ask what is left to ask about it.

    One that was placed by hand stays where it is.
    """
    if household.precision is Precision.BY_HAND:
        return
    placing = place_household(household)
    open_now = {placing.doubt.said.key} if placing.doubt else set()
    if placing.place is not None or placing.doubt is not None:
        settle_where(session, household, household.place_label, but=open_now)
    if placing.doubt is not None and not _is_asked(session, household.id, placing.doubt.said.key):
        line = address_of(household).line
        session.add(
            QuestionRow(household_id=household.id, topic="town", text=placing.doubt.said.stored(), raw=line)
        )


def settle_where(
    session: Session, household: HouseholdRow, answer: str, but: frozenset[str] | set[str] = frozenset()
) -> None:
    """Close the household's open questions about where it is, except those with a key in *but*."""
    for row in _open(session, household.id):
        if row.said.code in WHERE_ASKED and row.said.key not in but:
            row.state, row.answer = QuestionState.ANSWERED, answer


def choose_address(session: Session, household: HouseholdRow, chosen: Address) -> None:
    """Give the household the address that is right of two, and place it; the street stays."""
    household.town, household.state, household.zip_code = chosen.town, chosen.state, chosen.zip_code
    place_again(session, household)


def _is_asked(session: Session, household_id: int, key: str) -> bool:
    return any(row.said.key == key for row in _open(session, household_id))


def _open(session: Session, household_id: int) -> list[QuestionRow]:
    query = sa.select(QuestionRow).where(
        QuestionRow.household_id == household_id, QuestionRow.state == QuestionState.OPEN
    )
    return list(session.scalars(query))
