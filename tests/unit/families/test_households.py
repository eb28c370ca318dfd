"""What Ctrl+K finds, and in which order; how typed profile values are read."""

from datetime import date

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.fields import HOUSEHOLD_FIELDS, ROLE_FIELDS
from coordinator.domain.families.households import FamilyEntry, FamilyHit, Role, find, first_name
from coordinator.domain.families.typed_fields import NotReadError
from coordinator.domain.volume import Volume


def entry(code: str, name: str, town: str = "", email: str = "", phone: str = "") -> FamilyEntry:
    role = {"D": Role.DONOR, "R": Role.RECIPIENT, "V": Role.DRIVER}[code[0]]
    return FamilyEntry.of(FamilyHit(code, role, name, town, national_phone(phone)), email, phone)


EVERYBODY = (
    entry("D-0001", "Zoë Ahlberg", "Dover", "zoe@example.org", "+16035550141"),
    entry("D-0014", "Dover Jones", "Kittery", "dj@example.org", "+12075550199"),
    entry("R-0001", "Ana Zoë", "Kittery", "ana@example.org", "+12075551410"),
    entry("V-0001", "Linh Tran", "Doverton", "zoeken@example.org", "+12075550002"),
)


def found(text: str, limit: int = 12) -> list[str]:
    return [hit.code for hit in find(EVERYBODY, text, limit)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("d-0001", ["D-0001"]),
        ("  ZOE AHLBERG ", ["D-0001"]),
        ("zoe", ["R-0001", "D-0001", "V-0001"]),
        ("dover", ["D-0014", "V-0001", "D-0001"]),
        ("0141", ["D-0001"]),
        ("141", ["D-0001"]),
        ("0001", ["R-0001", "V-0001", "D-0001"]),
        ("ana@", ["R-0001"]),
        ("hlberg", ["D-0001"]),
        ("nobody", []),
        ("", []),
        ("   ", []),
    ],
)
def test_a_family_is_found_by_name_town_email_code_and_last_digits(text: str, codes: list[str]) -> None:
    assert sorted(found(text)) == sorted(codes)  # the order is the next test's


def test_a_family_is_found_by_its_other_phone_and_email() -> None:
    hit = FamilyHit("D-0002", Role.DONOR, "Ann Able", "Dover", "")
    ann = FamilyEntry.of(hit, "ann@example.org", "+16035550141", "work@example.com", "+16035550142")

    assert [find([ann], text) for text in ("0142", "0141", "work@", "ann@")] == [[hit]] * 4
    assert not find([ann], "0143")


def test_the_closest_kind_of_match_comes_first() -> None:
    assert found("zoe")[-1] == "V-0001"
    assert found("dover") == ["D-0014", "V-0001", "D-0001"]
    assert found("ana zoe") == ["R-0001"]
    assert found("zoe", limit=1) == found("zoe")[:1]


@given(st.text(max_size=12))
def test_whatever_is_typed_the_finder_answers_only_families_once(text: str) -> None:
    codes = found(text)

    assert len(codes) == len(set(codes))
    assert set(codes) <= {one.hit.code for one in EVERYBODY}


@given(st.sampled_from(EVERYBODY))
def test_everybody_is_first_by_her_own_code_and_name(one: FamilyEntry) -> None:
    assert found(one.hit.code)[0] == one.hit.code
    assert found(one.hit.name.upper())[0] == one.hit.code


@given(st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True))
def test_american_numbers_are_written_as_the_library_writes_them(e164: str) -> None:
    number = phonenumbers.parse(e164)

    assert national_phone(e164) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def test_other_numbers_keep_their_country() -> None:
    assert national_phone("+442079460958") == "+44 20 7946 0958"
    assert national_phone("") == ""
    assert national_phone("no number") == "no number"


def test_the_name_on_paper_is_the_first_word() -> None:
    assert [first_name(name) for name in ("Zoë Ahlberg", " Mary-Jo O’Brien", "", "  ")] == [
        "Zoë",
        "Mary-Jo",
        "",
        "",
    ]


READ = [
    (HOUSEHOLD_FIELDS, "name", "  Zoë  ", "Zoë"),
    (HOUSEHOLD_FIELDS, "phone", "207 555 0141", "+12075550141"),
    (HOUSEHOLD_FIELDS, "phone", "", ""),
    (HOUSEHOLD_FIELDS, "email", "Zoe@Example.org", "zoe@example.org"),
    (HOUSEHOLD_FIELDS, "state", " me ", "ME"),
    (HOUSEHOLD_FIELDS, "zip_code", "3801", "03801"),
    (HOUSEHOLD_FIELDS, "zip_code", "03801-1234", "03801"),
    (HOUSEHOLD_FIELDS, "zip_code", "SW1A 1AA", "SW1A 1AA"),
    (HOUSEHOLD_FIELDS, "last_contact_on", date(2026, 11, 1), date(2026, 11, 1)),
    (ROLE_FIELDS[Role.RECIPIENT], "babies", "2", 2),
    (ROLE_FIELDS[Role.RECIPIENT], "health", "", None),
    (ROLE_FIELDS[Role.RECIPIENT], "health", BabyHealth.HOME.value, BabyHealth.HOME),
    (ROLE_FIELDS[Role.RECIPIENT], "must_avoid", None, None),
    (ROLE_FIELDS[Role.RECIPIENT], "must_avoid", "none", ""),
    (ROLE_FIELDS[Role.RECIPIENT], "must_avoid", "Dairy and Soy, dairy", "dairy, soy"),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_miles", "12.5", 12.5),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_minutes", "", None),
    (ROLE_FIELDS[Role.RECIPIENT], "has_car", None, None),
    (ROLE_FIELDS[Role.RECIPIENT], "has_car", False, False),
    (ROLE_FIELDS[Role.RECIPIENT], "stock", Volume.from_oz(4), Volume.from_oz(4)),
    (ROLE_FIELDS[Role.DRIVER], "coolers_qt", "28; 28 + 48", "28,28,48"),
    (ROLE_FIELDS[Role.DRIVER], "coolers_qt", "", ""),
]
REFUSED = [
    (HOUSEHOLD_FIELDS, "name", "  "),
    (HOUSEHOLD_FIELDS, "phone", "ask her"),
    (HOUSEHOLD_FIELDS, "email", "zoe at example"),
    (HOUSEHOLD_FIELDS, "last_contact_on", "yesterday"),
    (ROLE_FIELDS[Role.RECIPIENT], "babies", "0"),
    (ROLE_FIELDS[Role.RECIPIENT], "babies", ""),
    (ROLE_FIELDS[Role.RECIPIENT], "babies", "1.5"),
    (ROLE_FIELDS[Role.RECIPIENT], "health", "fine"),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_miles", "-3"),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_miles", "nan"),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_miles", "far"),
    (ROLE_FIELDS[Role.RECIPIENT], "reach_minutes", "2.5"),
    (ROLE_FIELDS[Role.RECIPIENT], "stock", "4"),
    (ROLE_FIELDS[Role.DRIVER], "coolers_qt", "28, big"),
    (ROLE_FIELDS[Role.DRIVER], "coolers_qt", "0"),
]


@pytest.mark.parametrize(("fields", "name", "typed", "stored"), READ)
def test_a_typed_value_is_stored_as_meant(fields: dict, name: str, typed: object, stored: object) -> None:  # type: ignore[type-arg]
    assert fields[name].read(typed) == stored


@pytest.mark.parametrize(("fields", "name", "typed"), REFUSED)
def test_what_does_not_fit_is_refused_in_a_sentence_that_repeats_nothing(
    fields: dict,  # type: ignore[type-arg]
    name: str,
    typed: str,
) -> None:
    with pytest.raises(NotReadError) as refused:
        fields[name].read(typed)

    assert str(refused.value).endswith(".")
    assert not typed.strip() or len(typed) < 4 or typed not in str(refused.value)
