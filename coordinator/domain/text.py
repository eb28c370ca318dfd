"""Comparing what people typed."""

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


def folded(text: str) -> str:
    """Return *text* as search compares it: trimmed, without case and accents."""
    plain = text.strip().casefold()
    if plain.isascii():
        return plain
    return _MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(_UNDECOMPOSED)
