"""Looking up one family's street address at a server, when the coordinator asks for that one.

``enquiry`` says what would be sent, ``look_up`` sends it, ``use_address`` takes the answer. Nothing here
changes where a family is before she says so. ``look_up`` waits for a server: run it beside the window.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from coordinator.adapters.gazetteer.towns import gazetteer
from coordinator.adapters.web import requests, turns
from coordinator.db import places
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.places import LookedUpPlaceRow
from coordinator.db.roles import living_role, role_by_code
from coordinator.db.writing import writing_of
from coordinator.domain.places.lookups import (
    LOOKED_UP,
    PRECISION_OF_LEVEL,
    Enquiry,
    FoundAddress,
    Level,
    Reply,
    normalised,
    place_words,
    query_of,
)
from coordinator.domain.places.positions import Address, Position, distance_miles
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.folders import data_folder
from coordinator.sayings import saying
from coordinator.services.families.placing import place_again, settle_where
from coordinator.services.settings.values import load_settings, settings

Wait = Callable[[], None]
_LONGEST_QUERY = 200


class SwitchedOffError(UserError):
    """Nothing may be sent."""

    def __init__(self) -> None:
        super().__init__(
            saying("Looking up addresses online is switched off; it can be switched on in the settings.")
        )


def wait_for_turn() -> None:
    """Return when the next question may go out: one a second over every window and command here."""
    try:
        seconds = turns.seconds_to_wait(data_folder() / "look-ups.turns", time.time)
    except OSError:
        raise UserError(
            saying("Nothing was sent: the program cannot keep count of its questions in your data folder.")
        ) from None
    time.sleep(seconds)


def enquiry(database: Database, code: str) -> Enquiry:
    """Return what looking up the address of the family behind *code* would send, and to whom."""
    with database.reading() as session:
        household = _household(session, code)
        kept = load_settings(session)
        address = Address(household.street, household.town, household.state, household.zip_code)
        present, label = _position(household), str(place_words(household.place_label))
    offline = gazetteer().locate(address)
    return Enquiry(
        code=code,
        query=query_of(address),
        host=requests.host_of(kept.nominatim_url),
        agent=requests.user_agent(kept.user_agent, kept.contact),
        is_on=kept.looks_up_addresses,
        present=present,
        present_label=label,
        offline=offline.position if offline else None,
    )


def look_up(database: Database, asked: Enquiry, query: str, wait: Wait = wait_for_turn) -> Reply:
    """Return what the server says to *query*, from memory if it was asked before; keep the answer.

    Raises:
        SwitchedOffError: If the coordinator has not switched looking up on.
        UserError: In one sentence, if there is nothing to ask or no answer; nothing was changed then.
    """
    text = " ".join(query.split())
    if not text or len(text) > _LONGEST_QUERY:
        raise UserError(
            saying("Type the address to look up, in up to {count} letters.", count=_LONGEST_QUERY)
        )
    kept = settings(database)
    if not kept.looks_up_addresses:
        raise SwitchedOffError
    server, key = kept.nominatim_url, normalised(text)
    with database.reading() as session:
        row = places.looked_up(session, server, key)
        remembered = None if row is None else (_found(row),)
    if remembered is not None:
        return _reply(text, remembered[0], asked, is_remembered=True)
    from coordinator.adapters.web.nominatim import OnlineGeocoder  # noqa: PLC0415 - geopy's base costs 0.1 s

    agent = requests.user_agent(kept.user_agent, kept.contact)
    found = OnlineGeocoder(server, agent, wait).locate(text)
    _remember(database, server, key, found)
    return _reply(text, found, asked, is_remembered=False)


def use_address(database: Database, code: str, found: FoundAddress) -> None:
    """Put the family where a server found its address; undo brings the place before back."""
    with database.writing(
        Action("position.looked_up", saying("Looked up the place of {code}", code=code))
    ) as session:
        household = _living_household(session, code)
        household.latitude_deg = found.position.latitude_deg
        household.longitude_deg = found.position.longitude_deg
        household.precision = found.position.precision
        household.place_label = LOOKED_UP[found.level].in_english
        settle_where(session, household, household.place_label)


def use_offline_place(database: Database, code: str) -> None:
    """Put the family back where its ZIP or town says, also if it was set by hand."""
    with database.writing(
        Action("position.set", saying("Set the place of {code} back to its address", code=code))
    ) as session:
        household = _living_household(session, code)
        household.precision = None
        place_again(session, household)


def count_remembered(database: Database) -> int:
    """Return how many answers of servers are remembered."""
    with database.reading() as session:
        return places.count_looked_up(session)


def forget_address(database: Database, query: str) -> None:
    """Erase what any server said to *query*."""
    with database.writing(
        Action("looked_up.forgotten", saying("Forgot an address looked up online"))
    ) as session:
        for row in places.looked_up_anywhere(session, normalised(query)):
            session.delete(row)


def forget_all(database: Database) -> int:
    """Erase every answer of a server and return how many there were; families stay where they are."""
    with database.writing(
        Action("looked_up.forgotten", saying("Forgot what was looked up online"))
    ) as session:
        rows = places.all_looked_up(session)
        for row in rows:
            session.delete(row)
        return len(rows)


def _household(session: Session, code: str) -> HouseholdRow:
    return session.get_one(HouseholdRow, role_by_code(session, code).household_id)


def _living_household(session: Session, code: str) -> HouseholdRow:
    return session.get_one(HouseholdRow, living_role(session, code).household_id)


def _position(household: HouseholdRow) -> Position | None:
    if household.latitude_deg is None or household.longitude_deg is None or household.precision is None:
        return None
    return Position(household.latitude_deg, household.longitude_deg, household.precision)


def _reply(query: str, found: FoundAddress | None, asked: Enquiry, *, is_remembered: bool) -> Reply:
    miles = distance_miles(asked.offline, found.position) if found and asked.offline else None
    return Reply(query, found, miles, is_remembered)


def _remember(database: Database, server: str, key: str, found: FoundAddress | None) -> None:
    with database.writing(Action("looked_up.kept", saying("Looked up an address online"))) as session:
        row = places.looked_up(session, server, key)  # another window may have been quicker
        if row is None:
            row = LookedUpPlaceRow(server=server, query=key, looked_up_at=writing_of(session).now)
            session.add(row)
        if found is not None:
            row.latitude_deg, row.longitude_deg = found.position.latitude_deg, found.position.longitude_deg
            row.radius_miles, row.label = found.radius_miles, f"{found.level.value}\n{found.label}"


def _found(row: LookedUpPlaceRow) -> FoundAddress | None:
    if row.latitude_deg is None or row.longitude_deg is None:
        return None
    word, _, label = row.label.partition("\n")
    level = Level(word)
    position = Position(row.latitude_deg, row.longitude_deg, PRECISION_OF_LEVEL[level])
    return FoundAddress(position, level, label, row.radius_miles)
