"""Bare answers in other languages, or in two at once: "Sí", "Yes / Sí", a tick that is written out."""

from __future__ import annotations

import re

_IN_ENGLISH = {
    "sí": "yes", "si": "yes", "oui": "yes", "non": "no", "nunca": "never", "jamais": "never",
    "ninguno": "none", "ninguna": "none", "nada": "none", "aucun": "none", "aucune": "none", "rien": "none",
    "a veces": "sometimes", "parfois": "sometimes", "rara vez": "rarely", "rarement": "rarely",
    "checked": "yes", "unchecked": "no", "selected": "yes", "not selected": "no",
}  # fmt: skip
"""The bare answers of Spanish and French forms and of ticks; whatever says more is read as it stands."""
_PAIR = re.compile(
    r"\s*(?P<one>[^\W\d_]+(?: vez| veces)?)\s*/\s*(?P<other>[^\W\d_]+(?: vez| veces)?)"
    r"(?=\s*(?:$|[,;:.(–—-]))",
    re.IGNORECASE,
)
"""The same answer twice, as a form in two languages has it."""


def in_english(text: str) -> str | None:
    """Return *text* in English where it is bare, or says the same in two languages; else ``None``.

    "Yes / Sí - Lexapro" is "yes - Lexapro": what stands behind the pair is read as it is.
    """
    if (words := _IN_ENGLISH.get(_bare(text))) is not None:
        return words
    told = _PAIR.match(text)
    if told is None:
        return None
    first, second = (_IN_ENGLISH.get(_bare(word), _bare(word)) for word in (told["one"], told["other"]))
    is_same = first == second and first in _IN_ENGLISH.values()
    return first + text[told.end() :] if is_same else None


def _bare(text: str) -> str:
    return text.strip(" .!").casefold()
