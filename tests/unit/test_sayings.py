"""What is said is a value: words are made when somebody reads it."""

from datetime import date
from decimal import Decimal
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.sayings import (
    NOTHING,
    Param,
    Saying,
    as_written,
    coded,
    joined,
    plural,
    read_back,
    saying,
    stored_saying,
    use_catalogue,
)

FOOD = coded("food.eaten", "eats {food} since {since}", food="soy", since=date(2026, 10, 9))


class Backwards(NullTranslations):
    """A language that says every source backwards, and counts like English."""

    def gettext(self, message: str) -> str:
        return {"Removed {code}.": "{code}: removed, that is."}.get(message, message)


def test_a_sentence_is_put_into_words_with_its_parameters() -> None:
    assert str(FOOD) == "eats soy since Oct 9, 2026"
    assert str(
        saying("{food:title}, {on:short}, {n:.1f}", food="soy", on=date(2026, 1, 2), n=Decimal("1.25"))
    ) == ("Soy, Jan 2, 1.2")


def test_a_sentence_in_a_sentence_and_a_list_are_put_into_words_too() -> None:
    assert str(saying("{what}; ask which bags", what=FOOD)) == "eats soy since Oct 9, 2026; ask which bags"
    assert str(joined("; ", [FOOD, "none"])) == "eats soy since Oct 9, 2026; none"


def test_a_count_takes_its_own_sentence() -> None:
    assert [str(plural("{n} bag", "{n} bags", n)) for n in (0, 1, 2)] == ["0 bags", "1 bag", "2 bags"]


def test_a_new_wording_is_the_same_saying_and_another_parameter_is_not() -> None:
    assert coded("food.eaten", "takes {food}", food="soy") == coded("food.eaten", "eats {food}", food="soy")
    assert coded("food.eaten", "eats {food}", food="soy") != coded("food.eaten", "eats {food}", food="egg")


def test_nothing_said_counts_as_nothing() -> None:
    assert not NOTHING
    assert not as_written("")
    assert not joined(", ", [])
    assert (str(NOTHING), NOTHING.stored()) == ("", "")
    assert saying("Ask first")


@pytest.fixture
def another_language() -> object:
    use_catalogue(Backwards())
    yield
    use_catalogue(NullTranslations())


@pytest.mark.usefixtures("another_language")
def test_the_language_in_use_gives_the_words() -> None:
    assert str(saying("Removed {code}.", code="D-0007")) == "D-0007: removed, that is."


PARAMS: st.SearchStrategy[Param] = st.one_of(
    st.text(),
    st.integers(),
    st.dates(),
    st.decimals(allow_nan=False),
    st.just(FOOD),
    st.tuples(st.text(), st.just(FOOD)),
)


@given(st.dictionaries(st.text(min_size=1), PARAMS), st.text(min_size=1))
def test_what_was_stored_is_read_as_it_was(params: dict[str, Param], code: str) -> None:
    saying = Saying(code, "source", tuple(params.items()))

    assert stored_saying(saying.stored()) == saying


@given(st.text())
def test_any_other_text_is_somebodys_own_words(text: str) -> None:
    assert str(stored_saying(text)) == text
    assert stored_saying(as_written(text).stored()) == as_written(text)


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[1, 2]",
        '["a", "b", {}',
        "[]",
        '["a", "b", 3]',
        '["a", "b", {"c": {}}]',
        '["a", "b", {"c": {"date": "x"}}]',
        '["a", "eats {food}", {}]',
        '["a", 7, {"b": 8}]',
    ],
)
def test_words_that_begin_like_something_stored_stay_words(text: str) -> None:
    assert str(stored_saying(text)) == text
    assert str(stored_saying(as_written(text).stored())) == text


def test_a_counted_sentence_is_stored_with_both_sources() -> None:
    assert str(stored_saying(plural("{n} bag", "{n} bags", 3).stored())) == "3 bags"


def test_the_key_tells_the_same_of_typed_parameters_and_of_their_words() -> None:
    told = Saying("food.eaten", "took {food}", (("food", "soy"), ("since", "Oct 9, 2026")))

    assert told.key == FOOD.key
    assert told.key != coded("food.eaten", "eats {food}", food="egg").key


OLD = (("lot.split", "Split {code}: {later} is its later part"), ("lot.split", "Split {code}"))


@pytest.mark.parametrize(
    "text", ["Split L-0001: L-0002 is its later part", "Split L-0001", "What about {soy}?", "["]
)
def test_what_an_older_program_stored_as_words_says_the_same(text: str) -> None:
    assert str(read_back(text, OLD)) == text


def test_words_of_an_older_program_get_their_code_back() -> None:
    assert read_back("Split L-0001", OLD) == coded("lot.split", "Split {code}", code="L-0001")
    assert read_back("Split", OLD) == as_written("Split")
    both = (("told", "{two}: {one}"),)
    assert read_back("b: a", both).key == coded("told", "{two}: {one}", one="a", two="b").key
    assert read_back("soy, no soy", [("food", "{food}, no {food}")]) == coded(
        "food", "{food}, no {food}", food="soy"
    )


@pytest.mark.usefixtures("another_language")
def test_keys_and_english_words_are_of_no_language() -> None:
    told = saying("Removed {code}.", code="D-0007")

    assert (told.in_english, told.key) == ("Removed D-0007.", '["Removed {code}.", {"code": "D-0007"}]')
