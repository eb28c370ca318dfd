"""The colours can be read, and the sheet names no colour that does not exist."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui import icons, theme
from ui.theme import CONTRAST, DARK, LIGHT, SHAPES, Scheme, Tokens
from ui.widgets.label import Label

SCHEMES = pytest.mark.parametrize(
    ("colours", "text_least", "shape_least"),
    [(LIGHT, 4.5, 3), (DARK, 4.5, 3), (CONTRAST, 7, 4.5)],
    ids=["light", "dark", "high contrast"],
)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_the_standard_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@SCHEMES
def test_every_text_can_be_read_on_every_ground_it_stands_on(
    colours: Tokens, text_least: float, shape_least: float
) -> None:
    pairs = [
        (text, ground)
        for text in (colours.text, colours.quiet, colours.disabled)
        for ground in (colours.ground, colours.surface)
    ]
    pairs += [(colours.text, colours.selection), (colours.on_button, colours.button)]
    pairs += [(colours.ask, colours.ask_ground), (colours.problem, colours.problem_ground)]
    pairs += [(colours.done, colours.done_ground), (colours.text, colours.problem_ground)]
    pairs += [(colours.text, colours.hairline), (colours.quiet, colours.ground)]

    assert [pair for pair in pairs if contrast(*pair) < text_least] == []


@SCHEMES
def test_every_shape_and_border_stands_out_from_what_is_around_it(
    colours: Tokens, text_least: float, shape_least: float
) -> None:
    shapes = (colours.donor, colours.recipient, colours.driver, colours.ask, colours.problem, colours.done)
    grounds = (colours.ground, colours.surface, colours.selection)
    pairs = [(shape, ground) for shape in shapes for ground in grounds]
    pairs += [(line, ground) for line in (colours.border, colours.focus) for ground in grounds[:2]]
    pairs += [(colours.recipient_on_ask, colours.ask_ground)]

    assert [pair for pair in pairs if contrast(*pair) < shape_least] == []


def test_each_role_has_a_shape_of_its_own_and_an_icon_for_it() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert set(SHAPES) <= set(icons.names())


def test_the_sheet_names_only_colours_that_exist(qapp: QApplication) -> None:
    sheet = theme.style_sheet(LIGHT, qapp.font())

    assert "$" not in sheet
    assert LIGHT.surface in sheet
    assert theme.style_sheet(DARK, qapp.font()) != sheet


def test_icons_take_their_colour_from_the_theme() -> None:
    for name in icons.names():
        source = files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in source
        assert not re.search(r"#[0-9A-Fa-f]{3,6}", source)


def test_every_icon_draws_something(qapp: QApplication) -> None:
    for name in icons.names():
        picture = icons.icon(name, "#FF0000").pixmap(24, 24).toImage()
        dots = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
        assert any(dot.alpha() > 200 and dot.red() > 200 for dot in dots), name


def test_a_button_keeps_its_icon_in_the_colours_of_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.LIGHT)
    button = QPushButton()
    qtbot.addWidget(button)
    icons.set_icon(button, "close")
    light = button.icon().pixmap(24, 24).toImage()

    theme.apply(qapp, Scheme.DARK)

    assert button.icon().pixmap(24, 24).toImage() != light


def test_a_larger_font_makes_higher_rows(qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.LIGHT)
    small = theme.row_height(qapp.font())

    theme.apply(qapp, Scheme.LIGHT, font_scale=1.5)

    assert theme.row_height(qapp.font()) > small
    theme.apply(qapp, Scheme.LIGHT)
    assert theme.row_height(qapp.font()) == small


@pytest.mark.parametrize("role", ["ask", "problem", "done"])
def test_a_label_that_gets_another_look_gets_the_room_of_that_look(
    qtbot: QtBot, qapp: QApplication, role: str
) -> None:
    theme.apply(qapp, Scheme.LIGHT)
    box = QWidget()
    qtbot.addWidget(box)
    born, changed = Label("Said", parent=box), Label("Said", parent=box)
    theme.set_role(born, role)
    theme.set_role(changed, "quiet")
    box.show()

    theme.change_role(changed, role)

    assert changed.sizeHint() == born.sizeHint()
