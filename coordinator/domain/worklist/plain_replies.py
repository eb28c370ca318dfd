"""The words of a reply as a person types them, made plain for the readers of answers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_THUMBS: Final = {"👍": "yes", "✅": "yes", "👎": "no", "❌": "no"}
"""Signs that are an answer by themselves; she looks at each."""
_NOT_KNOWN: Final = re.compile(
    r"(?:(?:sorry|hmm+|um+|oh)\W+)?(?:(?:honestly|really)\W+)?"
    r"(?:i\s*)?(?:do\s*n[o'’]?t|dont|dunno|do not|idk|not)\s*(?:really\s*)?"
    r"(?:know|sure|remember|recall|certain|knwo)?(?:\s+(?:yet|exactly|that|it|right now|off hand))*",
    re.IGNORECASE,
)
_ASKS_BACK: Final = re.compile(
    r"[^?]*\?\W*|(?:what|which one|how) do(?:es)? (?:you|that|it) mean\b.*", re.IGNORECASE
)
_NO_SINCE: Final = re.compile(r"^(no|nope|none)\s*[,;:.–—-]+\s*(?=since\b)", re.IGNORECASE)
_YES: Final = re.compile(
    r"(?:yes|yep|yeah|yup|sure|ok|okay|of course|absolutely|definitely|gladly|happy to|(?:i|we)['’]?d love to"
    r"|(?:i|we) would love to|sounds good)"
    r"(?:\s+(?:(?:s?he|it) is|(?:they|we) are|all (?:good|well)|yes|please|of course|sure|gladly|happy to"
    r"|that(?:['’]s| is| would be) (?:fine|great|good)"
    r"|thank(?:s| you)(?: so much)?))*",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?:no|nope|nah|sorry|not (?:this time|now|any ?more))"
    r"(?:\s+(?:no|sorry|thank(?:s| you)|not (?:this time|now|any ?more)|please))*",
    re.IGNORECASE,
)


def without_signs(words: str) -> str:
    """Return *words* without smileys and the like; a thumb alone is a yes or a no."""
    shown = words.replace("\ufe0f", "").strip()
    for sign, said in _THUMBS.items():
        bare = re.sub("[\U0001f3fb-\U0001f3ff]", "", shown)
        if bare and not bare.replace(sign, "").strip():
            return said
    kept = "".join(" " if _is_sign(letter) else letter for letter in words)
    return " ".join(kept.split()) if kept != words else words


def as_one_statement(words: str) -> str:
    """Return ``no, since Oct 9`` as ``no since Oct 9``: until then it was so."""
    return _NO_SINCE.sub(r"\1 ", words)


def is_thumb(words: str) -> bool:
    """Whether *words* say their yes or no by a sign alone."""
    return without_signs(words) in {"yes", "no"} and not re.search(r"[a-z]", words, re.IGNORECASE)


def is_at_odds(words: str) -> bool:
    """Whether a sign says no beside words that are no plain no: ``yes 👎``, ``dairy free ❌``."""
    plain = without_signs(words)
    has_no = any(sign in words for sign, said in _THUMBS.items() if said == "no")
    return has_no and bool(plain) and says_yes(plain) is not False


def tells_nothing(words: str) -> bool:
    """Whether somebody says that they do not know, or asks back: then nothing is read in it."""
    plain = words.strip(" .!,;-–…")
    return bool(plain) and bool(_NOT_KNOWN.fullmatch(plain) or _ASKS_BACK.fullmatch(words.strip()))


def says_yes(words: str) -> bool | None:
    """Return whether *words* are a plain yes or a plain no to milk on hold; ``None`` where they say more."""
    plain = " ".join(re.sub(r"[.,!;:]+", " ", words).split())
    if _YES.fullmatch(plain):
        return True
    return False if _NO.fullmatch(plain) else None


def _is_sign(letter: str) -> bool:
    """Whether it is a picture, a tone of its skin, or what joins pictures."""
    is_joint = letter in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= letter <= "\U0001f3ff"
    return is_joint or (unicodedata.category(letter) == "So" and letter not in "°©®")
