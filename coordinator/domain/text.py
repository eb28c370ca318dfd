"""Comparing what people typed, and what of it can be stored."""

from __future__ import annotations

import re
import unicodedata

# Combining marks: Latin and Cyrillic, Hebrew points, Arabic signs, and their later blocks. A pattern, because
# asking of every letter whether it combines takes five times as long over a table of families.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def storable(text: str) -> str:
    """Return *text* as every database and every paper can hold it.

    Control characters are left out but for tab and newline; other ends of lines become newlines. Halves of a
    character (surrogates) are joined, and a lone one becomes the replacement character.
    """
    if not _UNSTORABLE.search(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", whole))


def folded(text: str) -> str:
    """Return *text* as search compares it: trimmed, without case and accents."""
    plain = text.strip().casefold()
    if plain.isascii():
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(_UNDECOMPOSED)
