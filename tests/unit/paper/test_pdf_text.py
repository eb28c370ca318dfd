"""Every name finds its fonts, and no line is wider than its room."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.pdf import fonts, missing_glyphs
from coordinator.adapters.pdf.blocks import Block, plain
from coordinator.adapters.pdf.paper import paginate
from coordinator.adapters.pdf.text import wrap

NAMES = {
    "Latin": "Zoë Łucja Güneş",
    "Vietnamese": "Nguyễn Thị Ngọc Ánh",
    "Greek": "Ελένη",
    "Cyrillic": "Олександра Їжакевич",
    "Arabic": "محمد عبدالله",
    "Persian": "پریسا گلچین",
    "Hebrew": "שרה לוי",
    "Hindi": "निशा",
    "Thai": "ณัฐธิดา",
    "Chinese": "王小明 張偉",
    "Japanese": "さくら サクラ 桜",
    "Korean": "김민수",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("bold", [False, True])
def test_a_name_in_any_of_these_scripts_has_every_glyph(name: str, *, bold: bool) -> None:
    assert missing_glyphs(name) == set()
    assert fonts.REPLACEMENT not in "".join(run.text for run in fonts.runs(name, bold=bold))


def test_a_character_no_font_has_is_shown_and_named() -> None:
    assert missing_glyphs("Zoë 🍼") == {"🍼"}
    assert [run.text for run in fonts.runs("Zoë 🍼")] == [f"Zoë {fonts.REPLACEMENT}"]


def test_hebrew_is_drawn_from_right_to_left() -> None:
    assert fonts.runs("שרה")[0].text == "הרש"


def test_arabic_letters_are_joined_and_turned() -> None:
    drawn = "".join(run.text for run in fonts.runs("محمد"))

    assert drawn != "محمد"
    assert unicodedata.normalize("NFKC", drawn)[::-1] == "محمد"


def test_the_hindi_vowel_i_stands_before_its_consonant() -> None:
    (run,) = fonts.runs("नि")

    assert len(run.text) == 2
    assert run.text[-1] == "न"  # the vowel takes a form as wide as its consonant, which is no character


@pytest.mark.parametrize("letters", ["क्ष", "ज्ञ", "त्र"])
def test_hindi_letters_without_a_vowel_between_them_become_one(letters: str) -> None:
    (run,) = fonts.runs(letters)

    assert len(run.text) == 1


@pytest.mark.parametrize("letters", ["นิ้", "ป้"], ids=["above a vowel", "beside a tall letter"])
def test_a_thai_tone_makes_room_for_what_stands_there(letters: str) -> None:
    assert fonts.runs("น้")[0].text[-1] == letters[-1]
    assert fonts.runs(letters)[0].text[-1] != letters[-1]


def test_arabic_numbers_keep_their_order_beside_letters() -> None:
    assert fonts.runs("۱۲")[0].text == "۱۲"
    assert fonts.runs("١٢")[0].text == "١٢"
    assert fonts.runs("ا١٢")[0].text[:2] == "١٢"


def test_a_number_keeps_its_order_among_hebrew() -> None:
    assert "12" in "".join(run.text for run in fonts.runs("רחוב 12"))


def test_invisible_marks_and_line_breaks_do_not_reach_the_paper() -> None:
    assert fonts.tidy(" side\u200b door\r\nthen\tup\x07 ") == "side door then up"


def test_letters_with_loose_accents_are_composed() -> None:
    assert fonts.tidy("Zoe\u0308") == "Zoë"


@given(st.text(max_size=120), st.floats(min_value=30, max_value=400))
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(text: str, room: float) -> None:
    lines = wrap(text, 10, room)

    assert "".join(lines).replace(" ", "") == fonts.tidy(text).replace(" ", "")
    for line in lines:
        assert fonts.width(line, 10) <= room + 0.01 or len(line) == 1


def test_a_hard_space_is_not_a_place_to_break() -> None:
    assert wrap("only 58\u00a0bags", 10, fonts.width("58 bags", 10) + 1) == ("only", "58\u00a0bags")


def test_chinese_breaks_between_any_two_characters() -> None:
    assert len(wrap("王" * 30, 10, 100)) == 3


@given(st.lists(st.floats(min_value=1, max_value=120), min_size=1, max_size=40))
def test_pages_keep_the_order_and_never_overflow(heights: list[float]) -> None:
    blocks = []
    for height in heights:
        block = Block(100)
        block.space(height)
        blocks.append(block)

    pages = paginate(blocks, 100)

    assert [block for page in pages for block in page] == blocks
    for page in pages:
        assert len(page) == 1 or sum(block.height for block in page) <= 100.01


def test_items_that_do_not_fit_go_on_the_next_line() -> None:
    block = Block(100)
    block.flow([plain("hard frozen", tick=True), plain("ice crystals", tick=True)])

    assert block.height == pytest.approx(2 * 10.5 * 1.32)
