"""Looking people up by what they share gives the answers of comparing every pair."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.domain.imports.people import Directory, are_other_names
from coordinator.domain.imports.row_answers import Contact
from coordinator.domain.places.positions import Address

# Few of each, so that many are shared; names of signs alone and blanks among them.
CONTACTS = st.builds(
    Contact,
    name=st.sampled_from(
        ["", "-", "…", "Ana Roy", "ANA ROY", "Roy, Ana", "Anna Roy", "Zoë Roy", "Zoe Roi", "Ben Lee"]
    ),
    email=st.sampled_from(["", "", "a@example.org", "b@example.org"]),
    phone=st.sampled_from(["", "", "+12075550101", "+12075550102"]),
    address=st.builds(
        Address,
        street=st.sampled_from(["", "1 Main Street", "1 main st.", "2 Elm Rd"]),
        town=st.sampled_from(["", "Dover", "dover", "Exeter"]),
        state=st.just("NH"),
        zip_code=st.sampled_from(["", "03820", "03833"]),
    ),
)


def are_near(one: Contact, other: Contact) -> bool:
    pairs = (
        (one.email, other.email),
        (one.phone, other.phone),
        (same_text(one.name), same_text(other.name)),
        (one.address.zip_code, other.address.zip_code),
    )
    return any(first and first == second for first, second in pairs)


def is_same(one: Contact, other: Contact) -> bool:
    if one.email and one.email == other.email:
        return not are_other_names(one.name, other.name)
    if not one.name or same_text(one.name) != same_text(other.name):
        return False
    street, place = same_street(one.address.street), (one.address.zip_code, other.address.zip_code)
    towns = same_text(one.address.town), same_text(other.address.town)
    shares_street = bool(street) and street == same_street(other.address.street)
    shares_place = place[0] == place[1] or towns[0] == towns[1]
    return bool(one.phone and one.phone == other.phone) or (shares_street and shares_place)


def reason_for(one: Contact, other: Contact) -> str:
    if one.email and one.email == other.email:
        return "same e-mail, another name"
    if one.phone and one.phone == other.phone:
        return "same phone"
    if not one.name or not other.name:
        return ""
    if same_text(one.name) == same_text(other.name):
        return "same name"
    likeness = fuzz.token_sort_ratio(same_text(one.name), same_text(other.name))
    same_zip = bool(one.address.zip_code) and one.address.zip_code == other.address.zip_code
    return "similar name and ZIP" if likeness >= 88 and same_zip else ""


@given(st.lists(CONTACTS, max_size=12), CONTACTS)
def test_who_is_surely_one_is_found_as_by_comparing_every_pair(
    people: list[Contact], contact: Contact
) -> None:
    pairs = [place for place, one in enumerate(people) if are_near(contact, one) and is_same(contact, one)]
    assert Directory(people).same(contact) == pairs


@given(st.lists(CONTACTS, max_size=12), CONTACTS)
def test_who_is_worth_a_look_is_found_as_by_comparing_every_pair(
    people: list[Contact], contact: Contact
) -> None:
    pairs = [
        (place, reason)
        for place, one in enumerate(people)
        if are_near(contact, one) and (reason := reason_for(contact, one))
    ]
    assert [(place, str(why)) for place, why in Directory(people).alike(contact)] == pairs
