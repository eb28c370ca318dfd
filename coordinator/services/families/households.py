"""Finding families and changing their profiles, whatever their role."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.db.database import Database
from coordinator.db.donors import current_donors
from coordinator.db.drivers import current_drivers
from coordinator.db.households import HouseholdRow
from coordinator.db.own_fields import kind_of
from coordinator.db.recipients import current_recipients
from coordinator.db.roles import RoleRow, living_role, role_by_code
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import ADDRESS_FIELDS, COLUMN_OF, HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.households import FamilyEntry, FamilyHit, Role
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.records.history import Action
from coordinator.errors import ChangedMeanwhileError
from coordinator.sayings import saying
from coordinator.services.families.placing import place_again, settle_where
from coordinator.services.families.removing import remove

UNSEEN = object()


def change_profile(
    database: Database, code: str, field: str, value: object, *, seen: object = UNSEEN
) -> None:
    """Set one profile field of the family behind *code*.

    A new address moves the family's position, unless that was set by hand.

    Args:
        database: The open network.
        code: Of any of the family's roles.
        field: A key of ``HOUSEHOLD_FIELDS`` or of the role's own ``ROLE_FIELDS``.
        value: What was typed, or a value of the field's type.
        seen: The stored value the coordinator saw before editing.

    Raises:
        NotReadError: If the value does not fit.
        ChangedMeanwhileError: If the stored value is no longer what she saw.
    """
    with database.reading() as session:
        role_kind = kind_of(role_by_code(session, code))
    definition = HOUSEHOLD_FIELDS.get(field) or ROLE_FIELDS[role_kind][field]
    read = definition.read(value)
    with database.writing(
        Action("profile.changed", saying("Changed {field} of {code}", field=definition.history, code=code))
    ) as session:
        role = living_role(session, code)
        household = session.get_one(HouseholdRow, role.household_id)
        target: RoleRow | HouseholdRow = household if field in HOUSEHOLD_FIELDS else role
        column = COLUMN_OF.get(field, field)
        if seen is not UNSEEN and getattr(target, column) != seen:
            raise ChangedMeanwhileError(saying("The {field} of {code}", field=definition.history, code=code))
        setattr(target, column, read)
        if field in ADDRESS_FIELDS:
            place_again(session, household)


def set_position(database: Database, code: str, latitude_deg: float, longitude_deg: float) -> None:
    """Put the family where the coordinator says; it stays "by hand" whatever address is typed later."""
    where = Position(latitude_deg, longitude_deg, Precision.BY_HAND)
    with database.writing(
        Action("position.set", saying("Set the place of {code} by hand", code=code))
    ) as session:
        household = session.get_one(HouseholdRow, living_role(session, code).household_id)
        household.latitude_deg, household.longitude_deg = where.latitude_deg, where.longitude_deg
        household.precision, household.place_label = where.precision, saying("by hand").in_english
        settle_where(session, household, household.place_label)


def remove_family(database: Database, code: str, today: date) -> None:
    """Archive the role behind *code*: it leaves every list and stays in the history; undo brings it back.

    Raises:
        RemovedError: If it was removed before.
        StillNeededError: If holds keep its milk, or a planned pickup needs it.
    """
    with database.writing(Action("role.archived", saying("Removed {code}", code=code)), today) as session:
        remove(session, role_by_code(session, code), today)


def family_index(database: Database) -> tuple[FamilyEntry, ...]:
    """Return everybody as the finder searches them, for the window to search as she types."""
    with database.reading() as session:
        return tuple(
            FamilyEntry.of(
                FamilyHit(role.code, kind, household.name, household.town, national_phone(household.phone)),
                household.email,
                household.phone,
                household.other_email,
                household.other_phone,
            )
            for role, household, kind in _everybody(session)
        )


def _everybody(session: Session) -> list[tuple[RoleRow, HouseholdRow, Role]]:
    donors = [(role, household, Role.DONOR) for role, household in current_donors(session)]
    recipients = [(role, household, Role.RECIPIENT) for role, household in current_recipients(session)]
    drivers = [(role, household, Role.DRIVER) for role, household in current_drivers(session)]
    return [*donors, *recipients, *drivers]
