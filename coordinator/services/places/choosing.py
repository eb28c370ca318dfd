"""Two places that one address names: which they are, and taking the one that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.gazetteer.placing import placer
from coordinator.db.households import HouseholdRow
from coordinator.db.roles import living_role, role_by_code
from coordinator.domain.imports.place_answers import answered_address
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.families.placing import address_of, choose_address

if TYPE_CHECKING:
    from coordinator.db.database import Database
    from coordinator.domain.places.placing import Doubt


class NothingToChooseError(UserError):
    """The words name neither of the places, or no address that is somewhere."""

    def __init__(self, code: str) -> None:
        super().__init__(
            saying(
                "That names no place for {code}; type a town and its state, a ZIP, “town” or “zip”.",
                code=code,
            )
        )


def places_to_choose(database: Database, code: str) -> Doubt | None:
    """Return the two places that the address behind *code* names; ``None`` if it is settled where it is."""
    with database.reading() as session:
        household = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
        if household.precision is not Precision.UNCERTAIN:
            return None
        return placer().placing(address_of(household)).doubt


def choose_place(database: Database, code: str, words: str) -> None:
    """Put the family behind *code* where *words* say: ``town``, ``zip``, a town's name or a ZIP.

    What contradicts that leaves the address, and the question about it is closed; undo brings both back.

    Raises:
        NothingToChooseError: If the words name no place.
    """
    with database.writing(
        Action("position.chosen", saying("Chose the place of {code}", code=code))
    ) as session:
        household = session.get_one(HouseholdRow, living_role(session, code).household_id)
        right = answered_address(words, address_of(household), placer())
        if right is None:
            raise NothingToChooseError(code)
        if household.precision is Precision.BY_HAND:
            household.precision = None
        choose_address(session, household, right)
