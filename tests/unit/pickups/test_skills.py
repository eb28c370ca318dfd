"""What a door needs of who drives: unknown is asked, never a reason to leave out and never silently fine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Household
from coordinator.domain.families.languages import Can, in_common
from coordinator.domain.pickups.skills import asked_of, can, kept_out, need_words, needs_of, skills_of

STAIRS = st.sampled_from((None, True, False))
WORDS = ("", "English", "Spanish", "español", "Spanish, English", "a little English", "Chinese")
TOLD = st.sampled_from(WORDS)
KNOWN = st.tuples(STAIRS, STAIRS)
"""Whether there are stairs at the door, and whether the volunteer climbs them."""


def a_door(*, stairs: bool | None = None, languages: str = "") -> Household:
    return Household(1, "Roy", "Roy", stairs=stairs, languages=languages)


def a_volunteer(*, climbs: bool | None = None, languages: str = "") -> Driver:
    return Driver("V-0001", a_door(languages=languages), climbs_stairs=climbs)


def said_of(driver: Driver, doors: list[tuple[str, frozenset[str]]]) -> list[str]:
    """Return what is in the way, then what is to be asked."""
    return [str(one) for find in (kept_out, asked_of) for one in find([driver], doors, "English")]


@pytest.mark.parametrize(
    ("family", "driver", "able"),
    [
        ("", "", Can.YES),
        ("", "Spanish", Can.YES),
        ("English", "", Can.YES),
        ("English", "Spanish", Can.ASK),
        ("Spanish", "", Can.ASK),
        ("Spanish", "English", Can.NO),
        ("Español", "English and Spanish", Can.YES),
        ("Spanish, English", "English", Can.YES),
        ("Portuguese", "a little Portuguese", Can.ASK),
        ("Cape Verdean Creole", "English", Can.ASK),
        ("Cape Verdean Creole", "cape verdean creole", Can.YES),
        ("Mandarin", "Cantonese", Can.NO),
        ("Chinese", "Cantonese", Can.ASK),
        ("Tiếng Việt", "vietnamese / english", Can.YES),
    ],
)
def test_two_talk_with_each_other_or_are_asked(family: str, driver: str, able: Can) -> None:
    assert in_common(family, driver, "English") is able


@given(KNOWN, TOLD, TOLD)
def test_only_two_plain_answers_leave_a_volunteer_out(
    known: tuple[bool | None, bool | None], family: str, driver: str
) -> None:
    stairs, climbs = known
    home = a_door(stairs=stairs, languages=family)
    volunteer = a_volunteer(climbs=climbs, languages=driver)
    skills, unasked = skills_of([volunteer], needs_of(home), "English")
    assert unasked <= skills <= needs_of(home)
    out = needs_of(home) - skills
    assert ("stairs" in out) == (stairs is True and climbs is False)
    if not family or not driver:
        assert not any(key.startswith("language") for key in out)
    said = said_of(volunteer, [("R-0001", needs_of(home))])
    assert len(said) == len(out) + len(unasked)
    assert all("R-0001" in one and "V-0001" in one for one in said)


@given(KNOWN)
def test_what_one_side_leaves_open_and_the_other_does_not_is_asked(
    known: tuple[bool | None, bool | None],
) -> None:
    stairs, climbs = known
    _, unasked = skills_of([a_volunteer(climbs=climbs)], needs_of(a_door(stairs=stairs)), "English")
    assert bool(unasked) == ((stairs, climbs) in {(True, None), (None, False)})


def test_the_words_name_who_is_asked_about_what() -> None:
    needs = needs_of(a_door(stairs=True, languages="Spanish"))
    asked = said_of(a_volunteer(), [("R-0001", needs)])
    assert asked == [
        "Ask V-0001 whether they climb the stairs at R-0001.",
        "Ask V-0001 whether they speak Spanish, as R-0001 does.",
    ]
    cannot = a_volunteer(climbs=False, languages="English")
    assert said_of(cannot, [("R-0001", needs)]) == [
        "R-0001 speaks Spanish; V-0001 told other languages.",
        "There are stairs at R-0001; V-0001 climbs none.",
    ]
    unknown = said_of(cannot, [("R-0001", needs_of(a_door()))])
    assert unknown == ["Ask R-0001 whether there are stairs; V-0001 climbs none."]
    assert can(a_volunteer(), "stairs", "English") is Can.ASK
    several = [("R-0001", needs), ("R-0002", needs_of(a_door(stairs=True, languages="Somali")))]
    assert said_of(a_volunteer(), several) == [
        "Ask V-0001 whether they climb the stairs at R-0001, R-0002.",
        "Ask V-0001 which languages they speak: R-0001 (Spanish), R-0002 (Somali).",
    ]
    assert [str(need_words(key)) for key in sorted(needs)] == ["speak Spanish", "climb stairs"]


@given(STAIRS, STAIRS)
def test_of_two_it_is_enough_if_one_can(one: bool | None, other: bool | None) -> None:  # noqa: FBT001 - drawn
    needs = needs_of(a_door(stairs=True))
    skills, unasked = skills_of([a_volunteer(climbs=one), a_volunteer(climbs=other)], needs, "English")
    assert bool(skills) == (one is not False or other is not False)
    assert bool(unasked) == (True not in {one, other} and None in {one, other})
