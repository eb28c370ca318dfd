"""Languages people name, and whether two have one in common: yes, no, or to be asked."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from coordinator.domain.text import folded


class Can(Enum):
    """Whether somebody can do what a door needs. What nobody was asked is to be asked: unknown is not no."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


_BETWEEN: Final = re.compile(r"[,;/&+\n]|\band\b|\by\b")
_NAMES: Final = (
    "english;inglés", "spanish;español;castellano", "portuguese;português;portugués", "french;français",
    "haitian creole;kreyòl ayisyen", "arabic;العربية", "mandarin;普通话", "cantonese;廣東話",
    "vietnamese;tiếng việt", "korean;한국어", "russian;русский", "tagalog;filipino", "german;deutsch",
    "polish;polski", "italian;italiano", "hindi;हिन्दी", "urdu;اردو", "bengali;বাংলা", "nepali;नेपाली",
    "persian;farsi;فارسی", "somali;soomaali", "swahili;kiswahili", "kinyarwanda;ikinyarwanda", "lingala",
    "amharic;አማርኛ", "tigrinya;ትግርኛ", "ukrainian;українська", "japanese;日本語", "hebrew;עברית", "yiddish",
    "pashto;پښتو", "asl", "khmer", "lao", "thai", "turkish;türkçe",
    "albanian;shqip", "romanian;română", "hungarian;magyar", "indonesian", "burmese", "karen", "hmong",
    "navajo;diné bizaad", "dutch", "swedish", "telugu", "tamil", "gujarati", "punjabi", "malayalam", "greek",
)  # fmt: skip
"""Languages, each with what else people call it; the first is its name here.

"Chinese" and "Creole" are not among them: each is several, whose speakers may not understand each other.
"""
_KNOWN: Final = {
    folded(word): folded(names.split(";", 1)[0]) for names in _NAMES for word in names.split(";")
}


def languages_of(told: str) -> tuple[frozenset[str], bool]:
    """Return the languages *told* names, as they are compared, and whether every word of it names one.

    "a little English" is no language told: it is half understood, and half understood is asked.
    """
    found = [_KNOWN.get(folded(part)) for part in _BETWEEN.split(told) if part.strip()]
    return frozenset(one for one in found if one), None not in found


def in_common(family: str, driver: str, usual: str) -> Can:
    """Return whether the two can talk with each other.

    A family that told no language asks for none. A volunteer who told none is taken to speak the *usual* one
    of the network, such as "English", and is asked for others; who told another may well speak it besides.
    """
    here, is_here_read = languages_of(family)
    there, is_there_read = languages_of(driver)
    common, _ = languages_of(usual)
    if not family.strip() or here & there or folded(family) == folded(driver):
        return Can.YES
    if not driver.strip():
        return Can.YES if here & common else Can.ASK
    is_plain = is_here_read and is_there_read and not here & common
    return Can.NO if is_plain else Can.ASK
