"""The board of promises through worked weeks: where a card stands, and that none is lost or there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from coordinator.domain.agreements.board import Card, Station
from coordinator.domain.agreements.cases import Act
from coordinator.services.agreements.board import promises
from coordinator.services.agreements.cases import case_of
from coordinator.services.today import today_page
from tests.integration.agreements.test_cases import FAMILY, Week, a_week, after, blocks

WAY = "From out to asked after"


@pytest.fixture
def week(tmp_path: Path, migrated_file: Path) -> Iterator[Week]:
    with a_week(tmp_path, migrated_file) as found:
        yield found


def board_of(week: Week) -> Sequence[Card]:
    return [one for one in promises(week.database, week.today) if one.hold.recipient_code == FAMILY]


def walk(week: Week, lines: Sequence[str]) -> list[list[str]]:
    """Do the steps of a block and return the columns of its cards after each."""
    found = []
    for line in lines:
        day, done = (part.strip() for part in line.split("|")[:2])
        week.today = after(day)
        week.do(done)
        found.append([f"{one.station.value}{' late' if one.is_late else ''}" for one in board_of(week)])
    return found


def test_a_promise_goes_through_the_columns_in_order(week: Week) -> None:
    stations = list(dict.fromkeys(at for cards in walk(week, blocks()[WAY]) for at in cards))

    assert stations == [
        "proposed",
        "asked",
        "donor's yes",
        "to be carried",
        "on a run",
        "on a run late",  # the day after, not written up yet
        "delivered",  # some came, and some was left behind
        "asked after",
    ]


def test_what_was_left_behind_is_late_only_after_its_days_and_never_as_carried_where_some_came(
    week: Week,
) -> None:
    to_the_day = ["0 | hold 120", "0 | yes donor", "0 | yes family", "0 | plan 0 V-0001", "0 | driver yes"]
    some_came = ["0 | settle left 40", "2 | nothing", "3 | nothing"]

    assert walk(week, [*to_the_day, *some_came])[-3:] == [["delivered"], ["delivered"], ["delivered late"]]


def test_what_was_left_behind_has_one_line_on_today(week: Week) -> None:
    walk(week, ["0 | hold 120", "0 | yes donor", "0 | yes family", "0 | plan 0 V-0001", "0 | driver yes"])
    walk(week, ["0 | settle left 40"])

    page = today_page(week.database, week.today)

    assert [one.hold_code for one in page.left_behind] == ["H-0001"]
    assert [one.next.act for one in page.now if one.next.hold_code == "H-0001"] == [Act.PLAN_AGAIN]
    assert page.left_to_say == ()


def test_what_stands_longer_than_a_question_may_rises(week: Week) -> None:
    said = walk(week, ["0 | hold 120", "0 | ask donor", "2 | nothing", "3 | nothing", "3 | yes donor"])

    assert said == [["proposed"], ["asked"], ["asked"], ["asked late"], ["donor's yes"]]


def test_the_late_card_stands_above_the_older_one(week: Week) -> None:
    walk(week, ["0 | hold 20", "0 | ask donor", "1 | hold 30", "1 | ask donor H-0002", "3 | nothing"])

    assert [(one.hold.code, one.is_late) for one in board_of(week)] == [("H-0001", True), ("H-0002", False)]


def test_a_family_that_says_yes_first_has_a_column_of_its_own(week: Week) -> None:
    assert walk(week, ["0 | hold 120", "0 | yes family"])[-1] == ["family's yes"]


def test_asked_after_leaves_the_board_once_its_days_are_over(week: Week) -> None:
    walk(week, blocks()[WAY])
    assert [one.station for one in board_of(week)] == [Station.ASKED_AFTER]

    week.today = after(60)

    assert board_of(week) == []


@pytest.mark.parametrize("title", blocks())
def test_every_strand_of_a_case_is_one_card(week: Week, title: str) -> None:
    for line in blocks()[title]:
        walk(week, [line])
        strands = case_of(week.database, FAMILY, week.today).strands
        cards = [one.strand for one in board_of(week) if one.strand is not None]
        assert sorted(cards, key=repr) == sorted(strands, key=repr)
