"""The plan's page for the team: one page whatever the plan, nothing cut, and nothing of anybody's health."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from coordinator.adapters.pdf import page_count
from coordinator.adapters.pdf.plan_bars import CERTAIN_TINT, HOPED_TINT
from coordinator.adapters.pdf.plan_page import render_plan_page
from coordinator.domain.paper.plan_pages import PlanPage, Whose, plan_page_of
from coordinator.domain.planning.making import quick_plan
from coordinator.domain.planning.network import Home, NotOffered, PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.settings import Paper
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import saying
from tests.integration.paper.test_pickup_sheet import assert_inside_the_margins, pages_of
from tests.planning_networks import POLICY, a_baby, a_lot, a_network, a_pair, large_network

TODAY = date(2026, 11, 21)
LONG = "Bartholomea-Alexandrine-Wilhelmina-Quinn"
NAMES = {"R-2": "Tess", "R-3": "Tess", "D-2": "Maeve"}
ASKED = (saying("Every baby's days count alike."),)
SHAPES = re.compile(r"and (\d+) more (baby|babies|calls?|family|families)")


def a_page(plan: Plan, names: Mapping[str, str] | None = None, paper: Paper = Paper.LETTER) -> PlanPage:
    return plan_page_of(plan, ASKED, Whose("Seacoast", paper, VolumeUnit.OZ), TODAY, names or {})


def a_small_plan() -> Plan:
    """Return a plan with milk that is certain for one baby, hoped for another, and none for a third."""
    babies = [a_baby("R-1"), replace(a_baby("R-2"), name="Tess Hu"), replace(a_baby("R-3"), name="Tess Roy")]
    babies[2] = replace(babies[2], not_offered=NotOffered(far=4, others=9))
    lots = [a_lot("L-1", 40), a_lot("L-2", 50)]
    network = a_network(babies, lots, [a_pair("L-1", "R-1"), a_pair("L-2", "R-2", homes=frozenset({1002}))])
    asks = (saying("HTLV and HCV: tested?"), saying("does she eat dairy?"))
    homes = {**network.homes, 1002: Home(1002, "D-2", "Maeve Quimby", asks)}
    return quick_plan(replace(network, homes=homes), Wishes(calls=1), POLICY, frozenset({1002}))


@cache
def a_large_plan(babies: int) -> Plan:
    """Return a plan for so many babies, each donor of every second lot to be rung first."""
    made = large_network(babies, babies, seed=3, nearest=8)
    rung = frozenset(lot.home for lot in made.lots[::2])
    asked = {lot.code: frozenset({lot.home}) for lot in made.lots[::2]}
    pairs = tuple(replace(pair, homes=asked.get(pair.lot, frozenset())) for pair in made.pairs)
    network = PlanNetwork(made.babies, made.lots, pairs, made.homes)
    return quick_plan(network, Wishes(calls=len(rung)), POLICY, rung)


@pytest.mark.parametrize(("babies", "paper"), [(4, Paper.A4), (60, Paper.LETTER), (300, Paper.A4)])
def test_any_plan_is_one_page_and_whom_it_leaves_out_is_counted(babies: int, paper: Paper) -> None:
    plan = a_large_plan(babies)
    everybody = [*(one.recipient for one in plan.served), *(one.recipient for one in plan.unserved)]
    page = a_page(plan, dict.fromkeys((*everybody, *(one.donor for one in plan.proposals)), LONG), paper)
    pdf = render_plan_page(page)
    (text,) = pages_of(pdf)
    told = {what.rstrip("s")[:3]: int(count) for count, what in SHAPES.findall(text)}

    assert page_count(pdf) == 1
    assert_inside_the_margins(pdf)
    shown = [baby for baby in page.babies if f"{baby.who} " in text]
    assert len(shown) >= len(page.babies) - told.get("bab", 0) > 0
    assert len(page.calls) - told.get("cal", 0) >= min(5, len(page.calls))
    if babies == 4:
        assert not told
    if babies == 300:
        assert told.keys() == {"bab", "cal", "fam"}


def test_the_page_says_what_is_certain_and_what_is_hoped_and_for_which_call() -> None:
    (text,) = pages_of(render_plan_page(a_page(a_small_plan())))

    assert "certain D-1 L-1 200 oz 40 bags 20 min" in text
    assert "hoped D-2 L-2 250 oz 50 bags 20 min call 1" in text
    assert "1 D-2 250 oz for R-2 2 open" in text
    assert "R-3 28 baby-days 4 too far · 9 not now" in text
    assert "baby-days not covered (twins count twice) 84 76 66" in text
    assert "proposed on Sat Nov 21, 2026" in text
    assert all(
        f"{one.title}: {one.value:g} {one.unit}" in text
        for one in POLICY.printed
        if one.key not in {"weeks", "minutes", "hope"}
    )


def test_what_is_asked_of_anybody_is_not_on_it() -> None:
    plan = a_small_plan()
    for names in ({}, NAMES):
        (text,) = pages_of(render_plan_page(a_page(plan, names)))
        assert plan.calls[0].blocking
        assert not [ask for ask in plan.calls[0].asks if str(ask) in text]
        assert not [word for word in ("HTLV", "dairy", "Quimby", "Hu ", "Roy") if word in text]


def test_first_names_that_two_share_have_their_code() -> None:
    (text,) = pages_of(render_plan_page(a_page(a_small_plan(), NAMES)))

    assert "for Tess R-2" in text
    assert "Tess R-3 28 baby-days" in text
    assert "1 Maeve 250 oz" in text


def test_the_two_tints_are_told_apart_in_grey() -> None:
    certain, hoped = (
        0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in (CERTAIN_TINT, HOPED_TINT)
    )

    assert hoped - certain > 0.08
    assert certain > 0.75  # black words on it


def test_an_empty_plan_says_so() -> None:
    plan = quick_plan(a_network([a_baby("R-1")], [], []), Wishes(), POLICY)
    (text,) = pages_of(render_plan_page(a_page(plan)))

    assert "No call is in this plan." in text
    assert "Nothing can be proposed for these weeks." in text


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_plan_page(a_page(a_small_plan())) == render_plan_page(a_page(a_small_plan()))
