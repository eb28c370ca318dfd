"""The word lists: every file loads, no phrase means two things, misspellings find one concept or none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coordinator.domain.vocabulary import COVERING, Vocabulary, WordList, read_list, vocabulary, words_of

_WORDS = Path(__file__).parents[3] / "resources" / "words"
_LANGUAGES = sorted(folder.name for folder in _WORDS.iterdir() if folder.is_dir())
_FILES = sorted(_WORDS.glob("*/*.toml"))
_ALL = tuple(file.stem for file in sorted((_WORDS / "en").glob("*.toml")))


def _key(kind: str, phrase: str) -> str:
    return vocabulary().find(kind)[" ".join(words_of(phrase))].key


def _keys(language: str) -> dict[str, set[str]]:
    lists = vocabulary(language).lists
    return {kind: {one.key for one in words.phrases.values()} for kind, words in lists.items()}


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_list_of_a_language_loads_and_no_phrase_is_two_concepts_of_one_kind(language: str) -> None:
    lists = vocabulary(language).lists
    assert {f"{kind}.toml" for kind in lists} == {file.name for file in (_WORDS / language).glob("*.toml")}
    assert all(one.phrases for one in lists.values())


@pytest.mark.parametrize("file", _FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_table_of_a_list_has_words_and_nothing_the_loader_would_pass_over(file: Path) -> None:
    for key, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert key == key.casefold(), key
        phrases = [*table.get("words", ()), *table.get("answers", ())]
        assert phrases, key
        assert set(table) <= {"label", "words", "answers", "covers", "class"}, key
        assert all(phrase == phrase.casefold() and words_of(phrase) for phrase in phrases), key
        assert "’" not in "".join(phrases), key


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_language_has_the_lists_and_keys_of_english(language: str) -> None:
    english, lists = _keys("en"), _keys(language)
    assert set(lists) == set(english)
    for kind, keys in lists.items():
        assert keys <= english[kind], kind


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_a_concept_covers_is_a_concept_of_its_kind(language: str) -> None:
    for words in vocabulary(language).lists.values():
        keys = {concept.key for concept in words.phrases.values()}
        for concept in words.phrases.values():
            assert concept.covers <= keys, (concept.key, concept.covers - keys)
            assert concept.key not in concept.covers


@pytest.mark.parametrize(
    ("kind", "phrase", "key"),
    [
        ("foods", "CMPA", "dairy"),
        ("foods", "Cow’s milk", "dairy"),
        ("foods", "shell-fish", "shellfish"),
        ("foods", "soy lecithin", "soy_lecithin"),
        ("foods", "top 8", "top_8"),
        ("medicines", "Zoloft", "sertraline"),
        ("medicines", "mini-pill", "norethindrone"),
        ("medicines", "Z-Pak", "azithromycin"),
        ("medicines", "Augmentin", "amoxicillin_clavulanate"),
        ("infections", "HIV 1/2", "hiv"),
        ("infections", "HTLV-I/II", "htlv"),
        ("infections", "HBsAg", "hbv"),
        ("infections", "RPR", "syphilis"),
        ("infections", "OB labs", "prenatal_panel"),
        ("supplements", "Pre-natal vits", "prenatal"),
        ("herbs", "Mother’s Milk tea", "mothers_milk_tea"),
        ("vaccines", "Flu shot", "flu_shot"),
        ("nicotine", "e-cig", "vape"),
        ("alcohol", "White Claws", "seltzer"),
        ("cannabis", "Delta-8", "delta_8"),
        ("drugs", "shrooms", "mushrooms"),
        ("events", "ears pierced", "piercing"),
        ("events", "Rho-gam", "immunoglobulin"),
        ("freezers", "fridge/freezer combo", "fridge_freezer"),
        ("freezers", "top freezer", "fridge_freezer"),
        ("freezers", "Side-by-side", "side_by_side"),
        ("results", "non-reactive", "negative"),
        ("results", "not detected", "negative"),
        ("results", "not done", "not_done"),
        ("results", "not immune", "not_immune"),
        ("elsewhere", "NICU", "hospital"),
        ("elsewhere", "power went out", "power_cut"),
        ("elsewhere", "stomach bug", "illness"),
    ],
)
def test_a_phrase_finds_its_concept_whatever_its_capitals_and_hyphens(
    kind: str, phrase: str, key: str
) -> None:
    assert _key(kind, phrase) == key


def test_hyphenated_words_are_apart_and_lone_marks_are_words() -> None:
    assert words_of("Side-by-side") == ("side", "by", "side")
    assert words_of("don’t") == ("don't",)
    assert words_of("HIV +, HCV -") == ("hiv", "+", "hcv", "-")
    assert words_of("HIV 1/2") == ("hiv", "1", "/", "2")


def test_a_family_covers_the_parts_of_its_parts() -> None:
    assert {"vegan", "dairy", "cheese", "shrimp", "beef"} <= vocabulary().covered("vegan")
    assert {"dairy", "wheat", "almond", "sesame", "crab"} <= vocabulary().covered("top_9")
    assert vocabulary().covered("mspi") >= {"dairy", "soy", "tofu"}
    assert "sesame" not in vocabulary().covered("top_8")
    assert vocabulary().covered("nothing known") == {"nothing known"}


def test_a_part_of_a_food_is_not_the_food() -> None:
    assert "dairy" not in vocabulary().covered(_key("foods", "cheese"))
    assert "soy" not in vocabulary().covered(_key("foods", "tofu"))
    assert "fish" not in vocabulary().covered(_key("foods", "raw fish"))
    assert "dairy" not in vocabulary().covered(_key("foods", "glass of milk"))
    assert "some_dairy" in vocabulary().covered("top_8")


@pytest.mark.parametrize(
    ("typed", "kinds", "key"),
    [
        ("brocoli", ("foods",), "broccoli"),
        ("strawbery", ("foods",), "strawberry"),
        ("zolfot", ("medicines",), "sertraline"),
        ("levothyroxinne", ("medicines",), "levothyroxine"),
        ("Acetaminaphen", ("medicines",), "acetaminophen"),
        ("syphilliss", ("infections",), "syphilis"),
        ("zoloft", ("foods", "medicines"), "sertraline"),
    ],
)
def test_a_misspelling_finds_the_one_concept_that_is_near(
    typed: str, kinds: tuple[str, ...], key: str
) -> None:
    found = vocabulary().like(typed, kinds)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "word", ["not", "none", "never", "since", "except", "until", "maybe", "batch", "first"]
)
def test_an_ordinary_word_misspells_nothing(word: str) -> None:
    assert vocabulary().like(word, _ALL) is None or (word,) in vocabulary().phrases(_ALL)


def test_short_words_numbers_and_words_of_other_lists_misspell_nothing() -> None:
    assert vocabulary().like("fsh", ("foods",)) is None
    assert vocabulary().like("hiv12", ("infections",)) is None
    assert vocabulary().like("walnut", ("medicines",)) is None


def test_a_word_as_near_to_two_concepts_is_neither() -> None:
    foods = vocabulary().find("foods")
    one = WordList("foods", {("salmon",): foods["salmon"]})
    two = WordList("foods", {("salmon",): foods["salmon"], ("salmin",): foods["peach"]})
    assert Vocabulary({"foods": one}).like("salmen", ("foods",)) == foods["salmon"]
    assert Vocabulary({"foods": two}).like("salmen", ("foods",)) is None


def test_a_word_that_means_it_only_in_an_answer_is_not_looked_for_in_notes() -> None:
    answer = vocabulary().phrases(("nicotine",))
    notes = vocabulary().phrases(("nicotine",), in_notes=True)
    assert answer["patch",].key == "patch"
    assert ("patch",) not in notes
    assert notes["nicotine", "patch"].key == "patch"


def test_a_phrase_of_several_kinds_is_the_first_kinds() -> None:
    found = vocabulary().phrases(("infections", "foods"))
    assert found["milk",].kind == "foods"
    assert found["hiv",].kind == "infections"


def test_a_phrase_of_two_concepts_in_one_list_is_refused(tmp_path: Path) -> None:
    text = '[dairy]\nwords = ["milk"]\n\n[soy]\nwords = ["soy-milk", "Milk"]\n'
    (tmp_path / "foods.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="milk is dairy and soy in foods"):
        read_list(tmp_path / "foods.toml")


@pytest.mark.parametrize(
    "phrase", ["undetectable", "viral load", "minus", "not back yet", "not sure", "i think", "nr", "retest"]
)
def test_words_that_leave_a_result_open_are_not_negative(phrase: str) -> None:
    found = vocabulary().find("results").get(phrase)
    assert found is None or found.key not in {"negative", "normal"}


@pytest.mark.parametrize(
    "kind", ["medicines", "supplements", "herbs", "vaccines", "nicotine", "cannabis", "drugs", "events"]
)
def test_no_ordinary_word_alone_is_a_hit_in_a_note(kind: str) -> None:
    words = vocabulary()
    alone = {phrase[0] for phrase in words.phrases((kind,), in_notes=True) if len(phrase) == 1}
    assert not alone & words.ordinary


def test_only_the_lists_that_are_looked_at_for_it_stand_for_others() -> None:
    lists = vocabulary().lists
    covering = {kind for kind, one in lists.items() if any(c.covers for c in one.phrases.values())}

    assert covering == set(COVERING)
