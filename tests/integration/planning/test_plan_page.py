"""The plan's page of a real network: families as they want to be called on paper, and no word of health."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.paper.plan_pages import NamedBy
from coordinator.domain.planning.calls import homes_asked
from coordinator.domain.planning.making import quick_plan
from coordinator.domain.planning.network import Wishes
from coordinator.domain.records.history import Action
from coordinator.sayings import saying
from coordinator.services.planning.gathering import Asked, gather, plan_policy
from coordinator.services.planning.plan_page import plan_page
from tests.integration.paper.test_pickup_sheet import pages_of
from tests.networks import opened_network

TODAY = date(2026, 11, 21)
ASKED = Asked(4, 200, 75)


def test_a_family_stands_there_as_it_wants_to_be_called_or_by_its_code(
    tmp_path: Path, seacoast_file: Path
) -> None:
    database = opened_network(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))
    network = gather(database, ASKED, plan_policy(), TODAY).network
    plan = quick_plan(network, Wishes(calls=200), plan_policy(), homes_asked(network))
    code = plan.proposals[0].recipient
    with database.writing(Action("test", saying("A name on paper"))) as session:
        family = session.scalars(sa.select(RecipientRow).where(RecipientRow.code == code)).one()
        session.get_one(HouseholdRow, family.household_id).name_on_paper = "Zephyrine"
        surnames = {row.name.split()[-1] for row in session.scalars(sa.select(HouseholdRow))}

    named, coded = (
        pages_of(plan_page(database, plan, ASKED, TODAY, named_by=named_by))[0]
        for named_by in (NamedBy.FIRST, NamedBy.CODES)
    )
    database.dispose()

    assert "Zephyrine" in named
    assert code not in named
    assert code in coded
    assert "Zephyrine" not in coded
    asked = {str(ask) for home in network.homes.values() for ask in (*home.blocking, *home.besides)}
    private = (*asked, *surnames, "HTLV", "dairy", "soy", "egg", "nicotin", "medicine", "refer")
    assert not [word for word in private if word in named or word in coded]
