"""The policy profiles that ship: every value traces to the notes, and a file that says less is refused."""

import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import pytest

from coordinator.adapters.policies.authorities import hosts_of_texts, own_hosts
from coordinator.adapters.policies.banks import load_banks
from coordinator.adapters.policies.policy_file import PolicyError
from coordinator.adapters.policies.profiles import PROFILES, load_profile, read_profile, shipped_profiles
from coordinator.domain.milk.bank_table import Evidence
from coordinator.domain.policies.further import FurtherQuestion
from coordinator.domain.policies.profiles import PolicyValue, compare, value_words
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import Page, SourceKind, Status, is_own_page

NOTES = (Path(__file__).parents[2] / "data" / "domain_notes.md").read_text("utf-8")
TEXT = (resources.files("resources") / "policies" / "community_sharing.toml").read_text("utf-8")
VALUES = [(policy.key, value) for policy in shipped_profiles() for value in policy.values.values()]


def section(name: str) -> str:
    return re.split(r"^## ", NOTES.partition(f"## {name}\n")[2], flags=re.MULTILINE)[0]


def figures_of(value: PolicyValue) -> set[str]:
    """Return the ways the notes may write an amount: 12 months or 1 year, 4 days or 96 h."""
    amount = value.value
    ways = {f"{amount:g}", *IN_WORDS.get(f"{amount:g}", ())}
    if value.unit.startswith("months"):
        ways |= {f"{amount / 12:g} year", "one month" if amount == 1 else ""}
        ways |= {"one year", "a year"} if amount == 12 else set()
    if value.unit.startswith("days"):
        ways.add(f"{amount * 24:g} h")
    return ways - {""}


IN_WORDS = {"3": ("three",), "6": ("six",), "24": ("twenty-four",)}


def test_every_value_of_every_profile_traces_to_a_line_of_the_notes() -> None:
    known = [(key, value) for key, value in VALUES if value.value is not None]
    herbs_and_panels = " ".join(section("B4").split()).casefold()

    assert rules_of(value for value in VALUES if value not in known and is_quoted_for_nothing(value[1])) == []
    assert rules_of(value for value in known if not is_in_the_notes(value[1])) == []
    assert rules_of(value for value in known if not says_its_figure(value[1])) == []
    assert [name for _, value in known for name in names_of(value) if name not in herbs_and_panels] == []


def is_quoted_for_nothing(value: PolicyValue) -> bool:
    """A page that was read may say that there is no figure; nothing else is quoted for none."""
    return bool(value.quote) and value.status is not Status.PRIMARY


def rules_of(values: Iterable[tuple[str, PolicyValue]]) -> list[str]:
    return [f"{key}: {value.rule}" for key, value in values]


def is_in_the_notes(value: PolicyValue) -> bool:
    return bool(value.quote) and any(value.quote in line for line in section(value.section).splitlines())


def says_its_figure(value: PolicyValue) -> bool:
    if not isinstance(value.value, int | float) or value.unit == "people":
        return True
    return any(re.search(rf"(?<!\d){re.escape(way)}(?!\d)", value.quote) for way in figures_of(value))


def names_of(value: PolicyValue) -> list[str]:
    if value.rule not in {"herbs", "blood_panel"}:
        return []
    assert isinstance(value.value, tuple), value.rule
    return [(word if isinstance(word, str) else word[0]).casefold() for word in value.value]


def test_every_value_says_where_when_and_how_well_it_is_known() -> None:
    for key, value in VALUES:
        assert value.unit in RULES[value.rule].units, f"{key}: {value.rule}"
        assert all(place.strip() for place in value.seen_in), f"{key}: {value.rule}"
        assert value.checked.year >= 2026, f"{key}: {value.rule}"


def test_a_value_called_primary_names_the_page_that_was_read_and_quotes_it() -> None:
    for key, value in VALUES:
        if value.status is Status.PRIMARY:
            page, where = value.page, f"{key}: {value.rule}"

            assert page.authority, where
            assert page.title, where
            assert re.fullmatch(r"https?://\S+", page.address), where
            assert re.search(r"\d{4}|^not given", page.dated), where
            assert page.kind is not None, where
            assert page.address in value.seen_in[0], where
            assert value.quote, where
            assert value.checked.isoformat() >= "2026-11-28", where


def test_a_value_called_primary_was_read_on_a_host_of_its_authority() -> None:
    """Only the own text of a paper may have been read elsewhere; a copy never makes a value primary."""
    pages = [value.page for _, value in VALUES if value.status is Status.PRIMARY]
    pages += [one.page for policy in shipped_profiles() for one in policy.further if is_primary(one)]
    pages += [evidence.page for evidence in bank_evidence() if evidence.status == "primary"]
    known = own_hosts()
    hosts = {
        who: (*known.get(who, ()), *hosts_of_texts().get(who, ())) for who in (*known, *hosts_of_texts())
    }

    assert len(pages) > 100
    assert [page.address for page in pages if not is_own_page(hosts, page.authority, page.address)] == []


def is_primary(question: FurtherQuestion) -> bool:
    return question.status is Status.PRIMARY


def bank_evidence() -> list[Evidence]:
    found: list[Evidence] = [note.evidence for note in load_banks().notes]
    for bank in load_banks().banks:
        found += [part.evidence for part in bank.minimums]
        found += [part.evidence for part in bank.milk_ages]
        found += [part.evidence for part in bank.heat]
        found += [part.evidence for part in bank.heads]
        found += [part.evidence for part in bank.notes]
        found += [part.evidence for part in (bank.baby, bank.waives_minimum) if part]
    return found


def test_no_copy_says_that_it_was_read_on_its_authoritys_own_host() -> None:
    """Such a value would be called less than it is, or its address is wrong."""
    copies = [(key, value) for key, value in VALUES if value.status is Status.COPY]
    on_own = [(key, value) for key, value in copies if is_own_page(own_hosts(), *whose(value.page))]

    # EoF's page and the county's were read; that they say so of this rule is not on the part that was read.
    assert set(rules_of(on_own)) == {
        "community_sharing: nicotine",
        "eats_on_feets: questions",
        "eats_on_feets: first_contact",
        "eats_on_feets: nicotine",
        "eats_on_feets: transfusion_wait",
    }


def test_the_page_to_compare_a_copy_with_is_the_authoritys_own() -> None:
    pages = [value.page for _, value in VALUES if value.page.own_address]

    assert pages
    assert [page for page in pages if not is_own_page(own_hosts(), page.authority, page.own_address)] == []


def whose(page: Page) -> tuple[str, str]:
    return page.authority, page.address


@pytest.mark.parametrize(
    ("authority", "address", "is_own"),
    [
        ("State of Washington", "https://app.leg.wa.gov/wac/default.aspx?cite=110-300-0281", True),
        ("State of Washington", "https://leg.wa.gov.example.com/wac", False),
        ("State of Washington", "https://regulations.justia.com/states/washington/title-246", False),
        ("CDC", "https://www.cdc.gov/breastfeeding/", True),
        ("CDC", "https://notcdc.gov/breastfeeding/", False),
        ("CDC", "https://hotpinkbraces.com/?u=cdc.gov", False),
        ("CDC", "https://cdc.gov@hotpinkbraces.com/", False),
        ("CDC", "cdc.gov/breastfeeding", False),
        ("CDC", "https://[cdc.gov", False),
        ("CDC", "", False),
        ("", "https://www.cdc.gov/", False),
        ("Nobody known", "https://www.cdc.gov/", False),
    ],
)
def test_a_page_is_an_authoritys_own_only_on_one_of_its_hosts(
    authority: str, address: str, *, is_own: bool
) -> None:
    assert is_own_page(own_hosts(), authority, address) is is_own


def test_the_values_of_a_bank_profile_say_what_is_law_and_what_is_one_banks_rule() -> None:
    for key in ("new_york_bank", "washington_bank"):
        known = [value for value in load_profile(key).values.values() if value.value is not None]
        assert [value.rule for value in known if value.page.kind is None] == []
    kinds = {value.rule: value.page.kind for value in load_profile("new_york_bank").values.values()}

    assert {rule for rule, kind in kinds.items() if kind is SourceKind.HOUSE_RULE} == {
        "alcohol_daily",
        "cannabis",
        "transfusion_wait",
        "transplant_wait",
        "travel",
        "illness_wait",
        "illness_before",
        "medicine_wait",
        "herbs",
    }
    assert kinds["nicotine"] is SourceKind.LAW


def test_our_own_choices_are_called_so_and_are_not_checked() -> None:
    shipped = load_profile()
    choices = {rule for rule, value in shipped.values.items() if value.status is Status.CHOICE}

    assert choices == {"questions", "asked_besides", "other_supplements"}
    assert not any(shipped[rule].is_checked for rule in choices)


def test_every_further_question_names_its_source_and_nothing_is_judged_by_it() -> None:
    asked = {policy.key: policy.further for policy in shipped_profiles()}

    assert {key: len(questions) for key, questions in asked.items()} == {
        "community_sharing": 18,
        "eats_on_feets": 2,
        "new_york_bank": 4,
        "washington_bank": 2,
    }
    for question in (one for questions in asked.values() for one in questions):
        assert question.text.endswith("?"), question.key
        assert question.page.authority, question.key
        assert all(question.seen_in), question.key
        assert question.status is not Status.CHOICE, question.key
    keys = [one.key for questions in asked.values() for one in questions]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & RULES.keys()


def test_what_no_source_says_is_not_called_primary() -> None:
    shipped = load_profile()

    assert shipped["medicine_wait"].value is None
    for rule in ("washout", "frozen_best", "questions", "asked_besides", "other_supplements", "nicotine"):
        assert not shipped[rule].is_checked
    assert load_profile("eats_on_feets")["blood_test_age"].value is None
    assert load_profile("new_york_bank")["blood_test_age"].unit == "months before the first donation"


def test_the_banks_are_for_comparison_only() -> None:
    assert [policy.key for policy in shipped_profiles() if policy.for_comparison_only] == [
        "new_york_bank",
        "washington_bank",
    ]
    assert [policy.key for policy in shipped_profiles()] == list(PROFILES)


@pytest.mark.parametrize("key", ["value", "unit", "seen_in", "status", "checked"])
def test_a_value_without_one_of_them_is_refused_with_file_key_and_line(key: str) -> None:
    before, table, after = TEXT.partition("[washout]\n")
    text = before + table + re.sub(rf"^{key} = .*\n", "", after, count=1, flags=re.MULTILINE)
    line = before.count("\n") + 1

    with pytest.raises(
        PolicyError, match=rf"^community_sharing\.toml, line {line}: washout\.{key} is missing$"
    ) as raised:
        read_profile("community_sharing", text)

    assert raised.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("value = 14", 'value = "a fortnight"', r"washout\.value must be a number"),
        ("value = 14", "value = -1", r"washout\.value must be a number"),
        ("value = 14", "value = true", r"washout\.value must be a number"),
        ('unit = "days after the last meal with it"', 'unit = "weeks"', r"washout\.unit must be days"),
        ('otherwise = "not a fit"', 'otherwise = "refuse"', r"washout\.otherwise must be one of"),
        ('status = "copy"', 'status = "certain"', r"washout\.status must be one of"),
        ("checked = 2026-11-28", 'checked = "today"', r"washout\.checked must be a date"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line(old: str, new: str, problem: str) -> None:
    before, table, after = TEXT.partition("[washout]\n")
    text = before + table + after.replace(old, new, 1)
    line = before.count("\n") + 2 + after.split("\n").index(next(x for x in after.split("\n") if old in x))

    with pytest.raises(PolicyError, match=rf"community_sharing\.toml, line {line}: {problem}"):
        read_profile("community_sharing", text)


def test_a_rule_nobody_knows_and_a_file_that_is_no_toml_are_refused_with_their_line() -> None:
    lines = TEXT.count("\n")

    with pytest.raises(PolicyError, match=rf"line {lines + 1}: moonlight is no rule"):
        read_profile("community_sharing", TEXT + "[moonlight]\n")
    with pytest.raises(PolicyError, match=rf"line {lines + 1}: the file cannot be read"):
        read_profile("community_sharing", TEXT + "[washout\n")


def test_a_profile_without_a_rule_names_it() -> None:
    with pytest.raises(PolicyError, match="room is missing"):
        read_profile("own", 'title = "Own"\n')


def test_two_profiles_side_by_side_mark_what_differs() -> None:
    both = compare(load_profile(), load_profile("washington_bank"))
    marked = {line.rule: (str(line.left.words), str(line.right.words)) for line in both.differing}

    assert [line.rule for line in both.lines] == list(RULES)
    assert marked["cannabis"] == ("ask", "not accepted")
    assert marked["nicotine"] == ("the family decides", "not accepted")
    assert "fridge" not in marked
    assert marked["washout"] == ("14 days after the last meal with it", "not known")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12, "months", "12 months"),
        (1, "months after the last dose", "1 month after the last dose"),
        (None, "months", "not known"),
        (("HIV", "HTLV"), "infections", "HIV, HTLV"),
        ((("HBV", "hep b"),), "infections", "HBV"),
        (1, "people", "1 person"),
        ("never", "rule", "never"),
    ],
)
def test_values_are_said_in_words(value: object, unit: str, words: str) -> None:
    assert str(value_words(value, unit)) == words
