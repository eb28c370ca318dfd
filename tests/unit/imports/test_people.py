"""Looking people up by what they share gives the answers of comparing every pair, in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from coordinator.domain.imports.babies import Baby, are_others
from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.domain.imports.directory import Directory
from coordinator.domain.imports.names import are_alike
from coordinator.domain.imports.people import Someone
from coordinator.domain.imports.row_answers import Contact
from coordinator.domain.imports.strangers import are_strangers as are_not_surely_one
from coordinator.domain.places.positions import Address

# Few of each, so that many are shared; names of signs alone, initials and couples among them.
NAMES = [
    "", "-", "…", "Ana Roy", "ANA ROY", "Roy, Ana", "Anna Roy", "Zoë Roy", "Zoe Roi", "Ben Lee", "B. Lee",
    "Bob Lee", "Robert Lee", "Bob & Ana Lee", "Bo Lee", "Bob Lee Jr.", "Bob Lee Sr.", "Lee Bob",
]  # fmt: skip
CONTACTS = st.builds(
    Contact,
    name=st.sampled_from(NAMES),
    email=st.sampled_from(["", "", "a@example.org", "b@example.org"]),
    phone=st.sampled_from(["", "", "+12075550101", "+12075550102"]),
    address=st.builds(
        Address,
        street=st.sampled_from(["", "1 Main Street", "1 main st.", "2 Elm Rd"]),
        town=st.sampled_from(["", "Dover", "dover", "Exeter"]),
        state=st.just("NH"),
        zip_code=st.sampled_from(["", "03820", "03833"]),
    ),
    other_phone=st.sampled_from(["", "", "+12075550102"]),
)
BABIES = st.sampled_from([Baby(), Baby("Max"), Baby("Leo"), Baby("Leo Max")])
PEOPLE = st.builds(
    Someone,
    contact=CONTACTS,
    born=st.sampled_from([frozenset(), frozenset({"2026-05-25"}), frozenset({"2026-07-10"})]),
    asks_for=st.frozensets(BABIES, max_size=1),
)


def share_a_reach(one: Contact, other: Contact) -> bool:
    phones = {one.phone, one.other_phone} & {other.phone, other.other_phone}
    return bool((phones | ({one.email} & {other.email})) - {""})


def share_a_street(one: Contact, other: Contact) -> bool:
    street, zips = same_street(one.address.street), (one.address.zip_code, other.address.zip_code)
    towns = same_text(one.address.town), same_text(other.address.town)
    return (
        bool(street)
        and street == same_street(other.address.street)
        and (zips[0] == zips[1] or towns[0] == towns[1])
    )


def is_same(one: Someone, other: Someone) -> bool:
    if not are_alike(one.name, other.name) or are_others(one.asks_for, other.asks_for):
        return False
    if are_not_surely_one(one, other):
        return False
    is_whole_name = bool(one.name.whole) and one.name.whole == other.name.whole
    return share_a_reach(one.contact, other.contact) or (
        is_whole_name and share_a_street(one.contact, other.contact)
    )


def is_born_alike(one: Someone, other: Someone) -> bool:
    is_name = len(one.name.whole) > 1 and one.name.whole == other.name.whole
    is_one = is_name and are_alike(one.name, other.name) and not are_others(one.asks_for, other.asks_for)
    is_one = is_one and not are_not_surely_one(one, other)
    return is_one and bool(one.born & other.born) and not are_strangers_by_all(one.contact, other.contact)


def are_strangers_by_all(one: Contact, other: Contact) -> bool:
    pairs = [
        ({one.phone, one.other_phone}, {other.phone, other.other_phone}),
        ({one.email}, {other.email}),
        homes(one, other),
    ]
    return all(mine - {""} and hers - {""} and not (mine & hers) - {""} for mine, hers in pairs)


def homes(one: Contact, other: Contact) -> tuple[set[str], set[str]]:
    mine, hers = one.address, other.address
    if mine.street and hers.street:
        return {same_street(mine.street)}, {same_street(hers.street)}
    if mine.zip_code and hers.zip_code:
        return {mine.zip_code}, {hers.zip_code}
    return {same_text(mine.town)}, {same_text(hers.town)}


def is_like(one: Contact, other: Contact) -> bool:
    likeness = fuzz.token_sort_ratio(same_text(one.name), same_text(other.name))
    same_zip = bool(one.address.zip_code) and one.address.zip_code == other.address.zip_code
    return bool(one.name and other.name) and likeness >= 88 and same_zip


@given(st.lists(PEOPLE, max_size=12), PEOPLE)
def test_who_is_surely_one_is_found_as_by_comparing_every_pair(people: list[Someone], one: Someone) -> None:
    pairs = [place for place, other in enumerate(people) if is_same(one, other)]
    pairs = pairs or [place for place, other in enumerate(people) if is_born_alike(one, other)]
    are_one = all(
        are_alike(people[place].name, people[like].name)
        and not are_others(people[place].asks_for, people[like].asks_for)
        and (place == like or not are_not_surely_one(people[place], people[like]))
        for place in pairs
        for like in pairs
    )

    assert Directory(people).same(one) == (pairs if are_one else [])


@given(st.lists(PEOPLE, max_size=12), PEOPLE)
def test_whoever_shares_something_is_shown(people: list[Someone], one: Someone) -> None:
    shown = {place for place, _ in Directory(people).alike(one)}

    for place, other in enumerate(people):
        is_equal = bool(one.name.whole) and one.name.whole == other.name.whole
        if is_equal or share_a_reach(one.contact, other.contact) or is_like(one.contact, other.contact):
            assert place in shown
        if place in shown:
            assert is_equal or not are_strangers(one.contact, other.contact)


def are_strangers(one: Contact, other: Contact) -> bool:
    return not (share_a_reach(one, other) or is_like(one, other) or share_a_street(one, other))


@given(st.lists(PEOPLE, max_size=12))
def test_two_first_names_that_are_not_alike_are_never_one_person(people: list[Someone]) -> None:
    together = Directory(people).groups()

    for place, one in enumerate(people):
        first = people[together[place]]
        assert one is first or are_alike(one.name, first.name)
        assert together[together[place]] == together[place] <= place
        for like in (like for like in range(place) if together[like] == together[place]):
            assert are_alike(one.name, people[like].name)
            assert not are_others(one.asks_for, people[like].asks_for)
            assert not are_not_surely_one(one, people[like])


@given(st.lists(PEOPLE, max_size=10), st.randoms(use_true_random=False))
def test_who_is_one_does_not_depend_on_the_order_of_the_file(people: list[Someone], random: object) -> None:
    places = list(range(len(people)))
    random.shuffle(places)  # type: ignore[attr-defined] # hypothesis' own

    def parts(order: list[int]) -> set[frozenset[int]]:
        together = Directory(people[place] for place in order).groups()
        return {
            frozenset(order[like] for like, other in enumerate(together) if other == first)
            for first in together
        }

    assert parts(places) == parts(sorted(places))


def test_of_thousands_called_alike_nobody_is_compared_with_all_the_others() -> None:
    same = [Someone(Contact("Ann Able", f"ann{number}@example.org")) for number in range(20_000)]
    directory = Directory(same)

    assert len(set(directory.groups())) == len(same)
    assert all(len(directory.alike(one)) == 20 for one in same)
