"""Colours, spacing and type of the window: a set of tokens each for light, dark and high contrast.

Fusion with an own palette, because ``QStyleHints.setColorScheme`` does nothing on platforms without a
theme; what a palette cannot say stands in ``style.qss``, filled in from the same tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from importlib.resources import files
from string import Template
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

SPACE_SMALL, SPACE, SPACE_LARGE, SPACE_HUGE = 4, 8, 16, 24
"""The four distances between things, in logical pixels."""

RAIL_BELOW_PX = 1200
"""Narrower windows get the navigation rail and a sliding detail pane."""

_BASE_SIZE_PROPERTY = "milkrun_base_point_size"


class Scheme(Enum):
    """Which set of tokens is used."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Tokens:
    """Every colour of the window by its role, as ``#RRGGBB``."""

    ground: str
    surface: str
    hairline: str
    border: str
    text: str
    quiet: str
    donor: str
    recipient: str
    driver: str
    button: str
    on_button: str
    ask: str
    ask_ground: str
    problem: str
    problem_ground: str
    done: str
    done_ground: str
    selection: str
    disabled: str
    recipient_on_ask: str

    @property
    def focus(self) -> str:
        """The two-pixel ring around what has the keyboard: the donor colour."""
        return self.donor

    @property
    def is_dark(self) -> bool:
        """Whether light words stand on a dark ground."""
        return QColor(self.ground).lightness() < QColor(self.text).lightness()


LIGHT = Tokens(
    ground="#FAF8F5",
    surface="#FFFFFF",
    hairline="#E3DED6",
    border="#857F75",
    text="#22252A",
    quiet="#5C6168",
    donor="#0F766E",
    recipient="#BE3455",
    driver="#5B5BD6",
    button="#0F766E",
    on_button="#FFFFFF",
    ask="#92600A",
    ask_ground="#FFF3D6",
    problem="#A12622",
    problem_ground="#FDE8E6",
    done="#276738",
    done_ground="#E5F3E8",
    selection="#D5ECE9",
    disabled="#6F7378",
    recipient_on_ask="#BE3455",
)
DARK = Tokens(
    ground="#1E2022",
    surface="#26292C",
    hairline="#3A3E42",
    border="#7C8288",
    text="#ECEAE6",
    quiet="#A9ADB3",
    donor="#2DD4BF",
    recipient="#FB7185",
    driver="#A5B4FC",
    button="#2DD4BF",
    on_button="#1E2022",
    ask="#FBD38D",
    ask_ground="#4A3A17",
    problem="#FCA5A5",
    problem_ground="#4C1F1E",
    done="#86EFAC",
    done_ground="#1D3B27",
    selection="#174A45",
    disabled="#90959B",
    recipient_on_ask="#FDA4AF",
)

CONTRAST = Tokens(
    ground="#000000",
    surface="#000000",
    hairline="#585858",
    border="#FFFFFF",
    text="#FFFFFF",
    quiet="#E6E6E6",
    donor="#4DF0DC",
    recipient="#FFB0C0",
    driver="#C8CFFF",
    button="#FFE14D",
    on_button="#000000",
    ask="#FFE08A",
    ask_ground="#241A00",
    problem="#FFB4B4",
    problem_ground="#2B0000",
    done="#A9F7C2",
    done_ground="#00210D",
    selection="#003A66",
    disabled="#BFBFBF",
    recipient_on_ask="#FFB0C0",
)

TOKENS_OF: Final[Mapping[Scheme, Tokens]] = {
    Scheme.LIGHT: LIGHT,
    Scheme.DARK: DARK,
    Scheme.CONTRAST: CONTRAST,
}

SHAPES = {"donor": "circle", "recipient": "square", "driver": "triangle"}
"""The shape that carries each role; the colour only helps."""


class Theme(QObject):
    """The tokens in force; ``changed`` says that colours or sizes are others now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.forced: Scheme | None = None

    def follow_system(self) -> None:
        """Take the system's scheme again, unless one was forced."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.forced is None:
            _dress(app, self, _system_scheme(app))


THEME = Theme()


def tokens() -> Tokens:
    """Return the tokens in force."""
    return THEME.tokens


def apply(app: QApplication, scheme: Scheme | None = None, *, font_scale: float = 1.0) -> Theme:
    """Dress *app*; without *scheme* it follows the system, now and whenever that changes.

    Args:
        app: The one application.
        scheme: Regardless of the system, as she chose it; for tests and pictures, too.
        font_scale: Factor over the system's font size (1.25 is 125 %).
    """
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(_scaled_font(app, font_scale))
    THEME.forced = scheme
    hints = app.styleHints()
    if app.property("milkrun_follows") is None:
        app.setProperty("milkrun_follows", True)
        hints.colorSchemeChanged.connect(THEME.follow_system)
    _dress(app, THEME, scheme or _system_scheme(app))
    return THEME


def style_sheet(colours: Tokens, font: QFont) -> str:
    """Return ``style.qss`` with the tokens and the sizes that follow from *font* filled in.

    Raises:
        KeyError: If the sheet names a token that does not exist.
    """
    source = files("ui").joinpath("style.qss").read_text(encoding="utf-8")
    size = font.pointSizeF() if font.pointSizeF() > 0 else 10.0
    line = QFontMetrics(font).height()
    sizes = {
        "base_pt": f"{size:.2f}",
        "heading_pt": f"{size * 1.25:.2f}",
        "small_pt": f"{size * 0.9:.2f}",
        "inner_px": str(line + 2),
        "status_px": str(line + 14),
    }
    # A sheet takes pictures only from files, so the arrows it needs come for dark and for light.
    arrows = str(files("resources").joinpath("icons", "fixed")).replace("\\", "/")
    scheme = Scheme.DARK if colours.is_dark else Scheme.LIGHT
    others = {"focus": colours.focus, "arrows": arrows, "scheme": scheme.value}
    return Template(source).substitute(asdict(colours) | sizes | others)


def row_height(font: QFont) -> int:
    """Return the height of a table row in *font*, in logical pixels."""
    return QFontMetrics(font).height() + SPACE + 2


def set_role(widget: QObject, role: str) -> None:
    """Give *widget* the look ``style.qss`` has for *role* (``quiet``, ``main``, ``heading``, …)."""
    widget.setProperty("role", role)


def change_role(widget: QWidget, role: str) -> None:
    """Give *widget* another look than it has been shown with."""
    set_role(widget, role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    # Only this makes a label count the room around its words anew.
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _system_scheme(app: QApplication) -> Scheme:
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Scheme.DARK if is_dark else Scheme.LIGHT


def _scaled_font(app: QApplication, scale: float) -> QFont:
    font = app.font()
    base = app.property(_BASE_SIZE_PROPERTY)
    if not isinstance(base, float):
        base = font.pointSizeF() if font.pointSizeF() > 0 else 10.0
        app.setProperty(_BASE_SIZE_PROPERTY, base)
    font.setPointSizeF(base * scale)
    return font


def _dress(app: QApplication, theme: Theme, scheme: Scheme) -> None:
    theme.tokens = TOKENS_OF[scheme]
    app.setPalette(_palette(theme.tokens))
    app.setStyleSheet(style_sheet(theme.tokens, app.font()))
    theme.changed.emit()


def _palette(colours: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, colours.ground),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.ground),
        (role.Button, colours.surface),
        (role.ToolTipBase, colours.surface),
        (role.WindowText, colours.text),
        (role.Text, colours.text),
        (role.ButtonText, colours.text),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Link, colours.donor),
        (role.Accent, colours.donor),
        (role.Mid, colours.hairline),
        (role.Dark, colours.border),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    return palette
