"""The plan on one page for the team: what was asked, what is proposed, and who is not served."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from coordinator.adapters.computer.private_files import write_privately
from coordinator.db.database import Database
from coordinator.db.donors import current_donors
from coordinator.db.households import to_household
from coordinator.db.recipients import current_recipients
from coordinator.domain.paper.plan_pages import NamedBy, Whose, plan_page_of
from coordinator.domain.paper.sheet_making import on_paper
from coordinator.domain.planning.network import Priority
from coordinator.domain.planning.plan import Plan
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.paper.maps import plan_map, render_map
from coordinator.services.planning.gathering import Asked
from coordinator.services.planning.plans import policy_for
from coordinator.services.settings.values import settings


def plan_page(
    database: Database, plan: Plan, asked: Asked, today: date, *, named_by: NamedBy = NamedBy.CODES
) -> bytes:
    """Return *plan*, made *today* after *asked*, as a PDF of exactly one page.

    What milk waits for is told as a count of open answers, and why milk does not suit as a count of donors:
    nothing of anybody's health is on it. What has no room is counted in a line.

    Args:
        database: The open network: its name, its paper and its unit.
        plan: What ``make_plan`` or ``plan_of`` gave.
        asked: What it was asked for.
        today: The day it was made on, which the page names.
        named_by: Whether families stand there by their codes or by their first names.
    """
    from coordinator.adapters.pdf.plan_page import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_plan_page,
    )

    using = settings(database)
    whose = Whose(using.network_name, using.paper, using.volume_unit)
    names = _names_on_paper(database) if named_by is NamedBy.FIRST else {}
    return render_plan_page(plan_page_of(plan, asked_words(asked, database), whose, today, names))


def save_plan_page(
    database: Database,
    plan: Plan,
    asked: Asked,
    path: Path,
    today: date,
    *,
    named_by: NamedBy = NamedBy.CODES,
) -> None:
    """Write the page of *plan* to *path*, as ``plan_page`` makes it.

    Raises:
        UserError: If the file cannot be written there.
    """
    _save(path, plan_page(database, plan, asked, today, named_by=named_by))


def save_plan_map(database: Database, plan: Plan, path: Path, today: date) -> None:
    """Write a map of *plan*, by codes, to *path* as a PDF of one page.

    Raises:
        UserError: If nothing is proposed, or the file cannot be written there.
    """
    _save(path, render_map(plan_map(database, plan.proposals, today)))


def _save(path: Path, pdf: bytes) -> None:
    try:
        write_privately(path, pdf)
    except OSError as error:
        raise UserError(saying("The plan cannot be written there. Choose another folder or name.")) from error


def _names_on_paper(database: Database) -> dict[str, str]:
    with database.reading() as session:
        donors = {row.code: home for row, home in current_donors(session)}
        families = {row.code: home for row, home in current_recipients(session)}
        return {code: on_paper(to_household(home)) for code, home in {**donors, **families}.items()}


def asked_words(asked: Asked, database: Database) -> tuple[Saying, ...]:
    """Return what was asked of a plan, a sentence each, with the hope that is kept."""
    hope = policy_for(asked, database).hope
    return (
        saying(
            "Who gets which milk in {weeks}, within {minutes:.0f} minutes one way, with time for {calls}?",
            weeks=plural("{n} week", "{n} weeks", asked.weeks),
            minutes=asked.minutes,
            calls=plural("{n} call", "{n} calls", asked.calls),
        ),
        _PRIORITY[asked.priority],
        saying(
            "{n:.0f} of 100 answers are taken to be as hoped, until the network has heard enough of them.",
            n=100 * hope,
        ),
    )


_PRIORITY = {
    Priority.NONE: saying("Every baby's days count alike."),
    Priority.YOUNGEST: saying("The days of the youngest count more."),
    Priority.MEDICAL: saying("The days of babies with a medical reason count more."),
}
