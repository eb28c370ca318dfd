"""Lists of an answer."""

import pytest

from coordinator.domain.families.lists import as_text, parts_of, told


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("soy, eggs", ("soy", "eggs")),
        ("none, soy,eggs ,", ("soy", "eggs")),
        ("28,28,48", ("28", "28", "48")),
        ("None", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_a_list_names_what_stands_between_its_commas(text: str | None, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts
    assert parts_of(as_text(parts)) == parts


def test_nobody_asked_and_none_are_two_things() -> None:
    assert [told(text) for text in (None, "", "soy")] == ["", "none", "soy"]
