"""What is read before anybody rings a donor."""

from __future__ import annotations

from ui.translation import translate


def first_words(note: str, *, is_bereaved: bool) -> str:
    """Return the note of her household, or what is to be thought of; empty for nothing."""
    if note:
        return translate("HoldSide", "Read before you ring: {words}").format(words=note)
    if is_bereaved:
        return translate("HoldSide", "She has lost her baby: ring with care, or send the gentle text.")
    return ""
