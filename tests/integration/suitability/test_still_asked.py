"""Milk that waits for an answer says so wherever it is looked at; paper does not say why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from coordinator.bootstrap import Database
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.board import promises
from coordinator.services.agreements.cases import case_of
from coordinator.services.families.households import change_profile
from coordinator.services.paper.sheets import print_pickup_sheet
from coordinator.services.pickups import planning
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, Region, a_region

OPEN = "an answer is still open: ask before handing over"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = opened_network(tmp_path / "network.db")
    yield opened
    opened.dispose()


def a_run(database: Database, region: Region) -> str:
    return planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds[:1],
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )


def test_an_answer_that_is_missing_is_said_on_every_line_about_the_milk(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    assert "still to ask" not in str(case_of(database, region.recipients[0], TODAY).line)

    change_profile(database, region.recipients[0], "must_avoid", "egg")

    case = case_of(database, region.recipients[0], TODAY)
    assert all("egg" in str(strand.words) and strand.hold.still_asked for strand in case.strands)
    assert "; still to ask: " in str(case.line)
    first = next(card for card in promises(database, TODAY) if card.hold.code == region.holds[0])
    assert "still to ask" in str(first.words)
    run = next(one for one in today_page(database, TODAY).pickups if one.code == code)
    assert [str(one) for one in run.still_asked] == [f"Zoë Ahlberg: {case.strands[0].hold.still_asked[0]}"]
    assert any(
        "egg" in rule and region.holds[0] in rule for rule in planning.pickup(database, code, TODAY).broken
    )


def test_the_sheet_says_that_an_answer_is_open_and_not_which(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    planning.record_driver_yes(database, code, TODAY)
    _, before = print_pickup_sheet(database, code, TODAY)
    change_profile(database, region.recipients[0], "must_avoid", "egg")

    _, after = print_pickup_sheet(database, code, TODAY)

    assert OPEN not in words_of(before)
    assert f"{region.lots[0]}: {OPEN}" in words_of(after)
    assert "egg" not in words_of(after)


def test_an_answer_that_comes_in_makes_no_printed_sheet_an_old_one(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    planning.record_driver_yes(database, code, TODAY)
    change_profile(database, region.recipients[0], "must_avoid", "egg")
    print_pickup_sheet(database, code, TODAY)

    change_profile(database, region.recipients[0], "must_avoid", "none")

    assert not planning.pickup(database, code, TODAY).changed_since_printed


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)
