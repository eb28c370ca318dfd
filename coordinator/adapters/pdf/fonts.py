"""Fonts for any name: which face draws which character, and how wide it is.

reportlab has no fallback between fonts: a character the font lacks vanishes without a word. So a text is cut
into runs, each drawn in the first face that has its characters; what no face has becomes a visible U+FFFD.
Faces are loaded when first needed. Letters that join, stack or change places are shaped by HarfBuzz, as
the face says; Latin letters stand as they are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from itertools import groupby
from threading import RLock

import uharfbuzz  # noqa: F401 - without it reportlab shapes nothing, and says nothing
from bidi import get_display
from reportlab.lib.abag import ABag
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont, shapeFragWord

REPLACEMENT = "\ufffd"

_BASE = "NotoSans"
_SCRIPTS = (
    (re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]"), "NotoSansHebrew"),
    (re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"), "NotoSansArabic"),
    (re.compile("[\u0900-\u097f\ua8e0-\ua8ff]"), "NotoSansDevanagari"),
    (re.compile("[\u0e00-\u0e7f]"), "NotoSansThai"),
    (re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"), "DroidSansFallback"),
)
_NO_BOLD = frozenset({"DroidSansFallback"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SHAPED = frozenset({"NotoSansHebrew", "NotoSansArabic", "NotoSansDevanagari", "NotoSansThai"})
_DIGITS = re.compile("[\u0660-\u066c\u06f0-\u06f9]+")
"""Numbers run from left to right in Arabic too, and need no shaping."""
_FEATURES = {"kern": True, "liga": True}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_KEPT_BLANKS = {"\u00a0", "\u202f"}
_loading = RLock()
"""Two threads may render at once; a face is parsed and registered once."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in drawing order, left to right, all in one face. Shaped ones know where each glyph goes."""

    text: str
    font: str
    width_at_one_point: float


def tidy(text: str) -> str:
    """Return *text* composed (NFC), on one line, without control characters and invisible marks."""
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    one_line = _BLANKS.sub(lambda found: found[0] if found[0] in _KEPT_BLANKS else " ", composed)
    return one_line.strip(" ")


def missing_glyphs(text: str) -> set[str]:
    """Return the characters of *text* that no bundled font can draw; they print as a replacement sign."""
    return {character for character in tidy(text) if _font_for(character, bold=False) is None}


@lru_cache(maxsize=20_000)
def runs(text: str, *, bold: bool = False) -> tuple[Run, ...]:
    """Return *text* (one line, see ``tidy``) as runs in the order they are drawn, left to right."""
    drawn = [_glyph(character, bold) for character in _visual(text)]
    grouped = groupby(drawn, key=lambda pair: pair[1])
    return tuple(_run("".join(character for character, _ in pairs), font) for font, pairs in grouped)


@lru_cache(maxsize=50_000)
def width_at_one_point(text: str, *, bold: bool = False) -> float:
    """Return the width of *text* set in 1 pt, in points."""
    return sum(run.width_at_one_point for run in runs(text, bold=bold))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of *text* set in *size* points, in points."""
    return width_at_one_point(text, bold=bold) * size


def is_right_to_left(text: str) -> bool:
    """Return whether *text* holds letters written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def _visual(text: str) -> str:
    """Return *text* as it is drawn: right-to-left parts turned round."""
    return str(get_display(text)) if is_right_to_left(text) else text


def _run(text: str, font: str) -> Run:
    """Return *text*, which stands in drawing order, with the glyphs its letters take beside each other."""
    if font.partition("-")[0] not in _SHAPED or _DIGITS.fullmatch(text):
        return Run(text, font, _face(font).stringWidth(text, 1))
    word = [0.0, (ABag(fontName=font, fontSize=1), text[::-1] if is_right_to_left(text) else text)]
    with _loading:  # a glyph that is no character is given a number of its own, in the face all threads share
        wide, (_, shaped) = shapeFragWord(word, _FEATURES, force=True)
    return Run(shaped, font, wide)


def _glyph(character: str, bold: bool) -> tuple[str, str]:  # noqa: FBT001 - a cached inner step
    font = _font_for(character, bold=bold)
    return (character, font) if font else (REPLACEMENT, _font_name(_BASE, bold=bold))


@lru_cache(maxsize=20_000)
def _font_for(character: str, *, bold: bool) -> str | None:
    """Return the font that has *character*, or None when nobody has it."""
    base = _font_name(_BASE, bold=bold)
    if ord(character) in _face(base).face.charToGlyph:
        return base
    for pattern, family in _SCRIPTS:
        if pattern.match(character):
            name = _font_name(family, bold=bold)
            return name if ord(character) in _face(name).face.charToGlyph else None
    return None


def _font_name(family: str, *, bold: bool) -> str:
    if family in _NO_BOLD:
        return family
    return f"{family}-Bold" if bold else f"{family}-Regular"


def _face(name: str) -> TTFont:
    with _loading:
        return _load(name)


@cache
def _load(name: str) -> TTFont:
    data = resources.files("resources").joinpath(f"fonts/{name}.ttf").read_bytes()
    font = TTFont(name, BytesIO(data))
    registerFont(font)
    return font
