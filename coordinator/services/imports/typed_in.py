"""Adding one family by hand: read as a row of its list, so that whatever is missing is asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from coordinator.adapters.gazetteer.placing import placer
from coordinator.db.database import Database
from coordinator.db.known_people import known_people
from coordinator.db.writing import writing_of
from coordinator.domain.families.households import Role
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import resembling
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.imports.writing_rows import add_questions, write_family, write_role


def add_family(database: Database, role: Role, typed: Mapping[str, str], today: date) -> str:
    """Add a family with one role and return its code, such as ``D-0041``.

    Args:
        database: The open network.
        role: What the family is.
        typed: Topics of ``domain.families.fields.FIELDS[role]`` -> words; dates best as 2026-11-21.
        today: The day of the answers.

    Raises:
        UserError: If there is no name.
    """
    answers = read_typed(role, typed, today, placer())
    if not answers.contact.name:
        raise UserError(saying("A family needs a name, so that you can find it again."))
    with database.writing(
        Action("family.added", saying("Added a {role}", role=role.words)), today
    ) as session:
        household = write_family(session, answers, answers.contact.name)
        row = write_role(session, household, answers, today)
        add_questions(session, household.id, answers.questions)
        writing_of(session).action = Action("family.added", saying("Added {code}", code=row.code))
        return row.code


def look_alikes(
    database: Database, role: Role, typed: Mapping[str, str], today: date
) -> tuple[LookAlike, ...]:
    """Return who in the network resembles the family being typed, and why: ``same phone as D-0007``."""
    contact = read_typed(role, typed, today, placer()).contact
    with database.reading() as session:
        return resembling(contact, known_people(session))
