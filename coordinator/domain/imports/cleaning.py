"""The door: every cell of a file passes here, and what nobody typed is taken off it.

Marks nobody sees, spaces of other widths, digits of other scripts, quotes that only keep a spreadsheet
program from calculating, errors of formulas, and letters that were saved twice. What is not broken stays.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from coordinator.domain.reading.cells import Cell
from coordinator.domain.text import storable

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners belong to scripts that join letters, and to pictures; beside plain letters they are litter.
    "|(?<![\u0590-\U000dffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\U000dffff])"
    # So do the marks that choose between a letter and a picture.
    "|(?<![\u2000-\U000dffff])[\ufe00-\ufe0f]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHENS = re.compile("[\u2010\u2011\ufe63\uff0d]")
_WIDE = re.compile("[\uff08\uff09\uff0c\uff0e\uff20\uff21-\uff3a\uff41-\uff5a]")
_DIGIT = re.compile(r"[^\D0-9]")
_TEXT_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"', re.DOTALL)
_QUOTED_NUMBER = re.compile(r"'\s*(\(?\d[\d\s().,:/+-]*)'?")
_PLAIN = re.compile(r"(?![Ee]rr)[A-Za-z0-9($<>/.-][ -%'-~]*")
"""What most cells are: nothing in it is looked at any closer."""
_ERROR = re.compile(
    r"#(?:n/?a|n/d|nv|ref|value|div/?0|name|null|num|error|spill|calc|getting_data|field|blocked|connect|unknown"
    r"|bezug|wert|zahl|valeur|nom|nombre|nul|valor|[¡¿][^\s]{2,12})[!?]?|#{3,}|err(?:or)?:\s?\d{3}",
    re.IGNORECASE,
)
_SAVED_TWICE = re.compile(r"[^\x00-\x7f]{2}|Ã ")
_ENTITY = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-f]{2,4}|amp|quot|apos|nbsp|[a-z]{1,2}(?:acute|grave|uml|tilde|circ|cedil));",
    re.IGNORECASE,
)
_LETTERS = re.compile("[ -%'-~À-\u024f\u1e00-\u1eff’“”–—…\n]*")
"""Letters of Latin alphabets and what stands between them: no mark to take off."""
_FROM_WIDE = 0xFEE0
"""How far a letter of full width is from the plain one."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cell as it is read on, and its words as they stood before they were mended; empty for most."""

    cell: Cell
    before: str = ""


def is_plain(text: str) -> bool:
    """Whether there is surely nothing to clean in *text*."""
    return _PLAIN.fullmatch(text) is not None


def cleaned(cell: Cell) -> Cleaned:
    """Return *cell* without what nobody typed."""
    text = cell.text
    if text.isascii() and text.isprintable() and "&" not in text:
        return Cleaned(_unwrapped(cell, text))
    if _LETTERS.fullmatch(text) and not _SAVED_TWICE.search(text):
        return Cleaned(_unwrapped(cell, text))
    whole = mended(text)
    plain = _without_marks(storable(whole))
    return Cleaned(_unwrapped(cell, plain), storable(text) if whole != text else "")


def mended(text: str) -> str:
    """Return *text* with letters put right that were saved twice: ``JosÃ©`` and ``Jos&eacute;`` are José."""
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if not _SAVED_TWICE.search(text):
        return text
    from ftfy import fix_text  # noqa: PLC0415 - a tenth of a second that most files do not need

    return fix_text(text, _only_what_is_broken())


@cache
def _only_what_is_broken() -> TextFixerConfig:
    """Switch off what is a matter of taste: curly quotes, ligatures, line ends, wide letters."""
    from ftfy import TextFixerConfig  # noqa: PLC0415 - see above

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def _without_marks(text: str) -> str:
    text = _HYPHENS.sub("-", _SPACES.sub(" ", _INVISIBLE.sub("", text)))
    text = _WIDE.sub(lambda found: chr(ord(found[0]) - _FROM_WIDE), text)
    return _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def _unwrapped(cell: Cell, text: str) -> Cell:
    bare = text.strip()
    if found := _TEXT_FORMULA.fullmatch(bare):
        text = found[1].replace('""', '"')
    elif found := _QUOTED_NUMBER.fullmatch(bare):
        text = found[1]
    elif _ERROR.fullmatch(bare):
        return Cell(error=bare)
    return cell if text == cell.text else replace(cell, text=text)
