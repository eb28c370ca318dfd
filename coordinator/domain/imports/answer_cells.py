"""The words of one field in one row: from one column or several, and only where something was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, Unclear
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.polarity import REVERSED, WILLING, plain_words, turned_willing
from coordinator.domain.reading.shared_answers import HABITS, own_words

_WAYS = frozenset({
    "timestamp", "name", "first_name", "last_name", "email", "phone", "street", "town", "state", "zip",
    "address",
})  # fmt: skip
"""Fields that everybody fills in: they do not tell whether the form was answered."""
_ADDED = frozenset({
    "dairy", "foods_avoided", "medicines", "nicotine", "alcohol", "cannabis", "blood_tests", "tattoo",
    "heat_treated", "must_avoid", "notes", "reason", "hours", "languages",
})  # fmt: skip
"""Fields whose columns tell of different things: one answer does not make the other needless."""
_LISTS = frozenset({"foods_avoided", "medicines", "must_avoid", "blood_tests", "heat_treated"})
_DENIED_IN_PART = frozenset({"medicines", "must_avoid", "heat_treated"})
"""Where "none" in one column and a name in another are one answer: the name, which asks for more care."""
_LINES = frozenset({"phone", "email"})
_EMPTY = re.compile(r"n\s*[./\\]?\s*a\.?|not applicable|-+|–+|—+|\.+", re.IGNORECASE)
_SAME = re.compile(
    r"\W*(?:(?:see|as|same as)\s+(?:above|before|previous|earlier)|same|ditto|[\"”“]|[ií]dem)\W*",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\W*(?:yes|yep|yeah|y|true|s[ií]|oui|x|✓|✔|☑|☒|checked|selected|1|1\.0)\W*|[✓✔☑☒]", re.IGNORECASE
)
_NO = re.compile(
    r"\W*(?:no|nope|n|false|non|never|none|nothing|unchecked|not selected|0|0\.0)\W*|[☐✗✘]", re.IGNORECASE
)
_BARE = re.compile(
    r"\W*(?:yes|yep|yeah|y|true|s[ií]|oui|x|no|nope|n|false|non|never|none|nothing)\b", re.IGNORECASE
)
_BOX = re.compile(r"\[\s*[xX✓✔]?\s*\]|[☐☑☒]")
_TICKED = re.compile(r"[xX✓✔☑☒]")
_LEAST_EMPTY = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """The cell of a field, in words that its reader reads, and how its column is read.

    ``others`` are answers of other columns that say something else. ``is_unclear``: a yes or no that the
    heading turns round, in words that cannot be turned.
    """

    cell: Cell
    use: ColumnUse
    others: tuple[str, ...] = ()
    is_unclear: bool = False


def answers_of(
    source: SourceRow, mapping: FieldMapping, rules: Mapping[str, DateRule]
) -> dict[str, Answered]:
    """Return what each field of a row was answered; fields that share a cell each have all of it."""
    cells = _without_fillers(source, mapping).cells
    told = {
        key: _in_english(key, _answered(key, cells, uses, rules[key]))
        for key, uses in mapping.items()
        if uses
    }
    together = [key for key in HABITS if key in told and told[key].use.shared]
    return told | {key: _own(key, told, together, rules[key]) for key in together}


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


_OWN_WORDS = frozenset({*_WAYS, "baby_name", "notes", "reason", "hours", "languages", "preferred_contact"})


def _in_english(key: str, answer: Answered) -> Answered:
    """Return *answer* in English where it is bare, or where it says the same in two languages."""
    if key in _OWN_WORDS or answer.cell.is_blank:
        return answer
    text = answer.cell.text
    words = _IN_ENGLISH.get(_bare(text)) or _in_one_language(text)
    return answer if words is None else replace(answer, cell=Cell(words))


def _in_one_language(text: str) -> str | None:
    """Return "Yes / Sí - Lexapro" as "Yes - Lexapro": what stands behind the pair is read as it is."""
    told = _PAIR.match(text)
    if told is None:
        return None
    first, second = (_IN_ENGLISH.get(_bare(word), _bare(word)) for word in (told["one"], told["other"]))
    is_same = first == second and first in _IN_ENGLISH.values()
    return first + text[told.end() :] if is_same else None


def _bare(text: str) -> str:
    return text.strip(" .!").casefold()


def _own(key: str, told: Mapping[str, Answered], together: Sequence[str], rule: DateRule) -> Answered:
    """Return what one answer about several habits says about *key*."""
    answer = told[key]
    alike = [other for other in together if told[other].use.index == answer.use.index]
    if answer.cell.is_blank or len(alike) < 2:
        return answer
    words = own_words(key, answer.cell.text, alike, rule)
    return replace(answer, is_unclear=True) if words is None else replace(answer, cell=Cell(words))


def _without_fillers(source: SourceRow, mapping: FieldMapping) -> SourceRow:
    """Return a row that says "N/A" nearly everywhere with nothing in its place: nobody answered there."""
    columns = {use.index for key, uses in mapping.items() if key not in _WAYS for use in uses}
    told = [index for index in columns if not source.cells[index].is_blank]
    empty = {index for index in told if is_filler(source.cells[index].text)}
    if len(empty) < _LEAST_EMPTY or len(empty) * 2 < len(told):
        return source
    cells = tuple(Cell() if index in empty else cell for index, cell in enumerate(source.cells))
    return replace(source, cells=cells)


def is_filler(text: str) -> bool:
    """Whether *text* only says that nothing stands there: "N/A", a dash."""
    return bool(_EMPTY.fullmatch(text.strip()))


def _answered(key: str, cells: Sequence[Cell], uses: Sequence[ColumnUse], rule: DateRule) -> Answered:
    """Return what the columns *uses* of one row say about the field *key* together."""
    if len(uses) == 1 and key not in _LISTS and not _is_special(uses[0]):
        return Answered(cells[uses[0].index], uses[0])
    unclear = [use for use in uses if use.option and _says_nothing(cells[use.index].text, use.unclear)]
    options = [use for use in uses if use.option and use not in unclear]
    parts = [use for use in uses if use.part and not use.option]
    plain = [use for use in uses if not use.option and not use.part]
    beside = _one_of(key, cells, plain, rule) if plain else None
    if beside is not None and not options and not parts:
        return _with_boxes(beside) if key in _LISTS else beside
    told = [_parts(cells, parts), _ticked(cells, options)]
    if beside is not None and not beside.cell.is_blank and not _repeats(beside.cell.text, told):
        told.insert(0, beside.cell.text.strip())
    words = Cell("; ".join(filter(None, told)))
    if unclear:
        # A yes or no below "Can baby have dairy?" ticks nothing, and is no blank.
        cell = cells[unclear[0].index] if words.is_blank else words
        return Answered(cell, replace(unclear[0], yes_means_no=False), is_unclear=True)
    return replace(beside, cell=words) if beside else Answered(words, replace(uses[0], yes_means_no=False))


def _is_special(use: ColumnUse) -> bool:
    return use.yes_means_no or use.is_detail or bool(use.unclear or use.option or use.part)


def _with_boxes(answer: Answered) -> Answered:
    """Return the ticked choices of a cell that shows all of them: "Dairy [x] Soy [ ]"."""
    text = answer.cell.text
    if not _BOX.search(text):
        return answer
    is_before = bool(_BOX.match(text.strip()))
    words = [part.strip(" ,;\n") for part in _BOX.split(text)]
    boxes = [match[0] for match in _BOX.finditer(text)]
    labels = words[1:] if is_before else words[:-1]
    beside = words[0] if is_before else words[-1]
    ticked = [label for label, box in zip(labels, boxes, strict=True) if _TICKED.search(box) and label]
    return replace(answer, cell=Cell(", ".join((*ticked, *filter(None, (beside,))))))


def _repeats(text: str, told: Sequence[str]) -> bool:
    """Whether the question's own column says again what its ticks say."""
    ticks = set(_words(" ".join(told)))
    return bool(ticks) and set(_words(text)) <= ticks


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _ticked(cells: Sequence[Cell], uses: Sequence[ColumnUse]) -> str:
    """Return the choices that were ticked, with whatever was written beside one; no tick claims nothing."""
    found = []
    for use in uses:
        text = cells[use.index].text.strip()
        if text and not _NO.fullmatch(text) and not is_filler(text):
            is_tick = _YES.fullmatch(text) or _repeats(text, [use.option])
            found.append(use.option if is_tick else f"{use.option} {text}")
    return ", ".join(dict.fromkeys(found))


def _parts(cells: Sequence[Cell], uses: Sequence[ColumnUse]) -> str:
    found = []
    for use in uses:
        text = " ".join(cells[use.index].text.split())
        if text and not _NO.fullmatch(text) and not is_filler(text):
            found.append(use.part if _YES.fullmatch(text) else f"{use.part}: {text}")
    return "; ".join(found)


def _one_of(key: str, cells: Sequence[Cell], uses: Sequence[ColumnUse], rule: DateRule) -> Answered:
    """Return the answer of plain columns: what is filled, and what its details add."""
    filled = [use for use in uses if not cells[use.index].is_blank]
    # "See above" in a later column repeats the earlier one.
    filled = [use for use in filled if use is filled[0] or not _SAME.fullmatch(cells[use.index].text)]
    main = [use for use in filled if not use.is_detail]
    details = [cells[use.index].text.strip() for use in filled if use.is_detail]
    details = _different([text for text in details if not is_filler(text)])
    if not main:
        given = "; ".join(text for text in details if not _NO.fullmatch(text))
        return Answered(Cell(given), replace(uses[0], yes_means_no=False))
    if len(main) == 1:
        only = Answered(cells[main[0].index], main[0])
        return _plainly(key, _with_details(key, only, details), rule)
    told = [_plainly(key, Answered(cells[use.index], use), rule) for use in main]
    return _with_details(key, _together(key, told), details)


def _plainly(key: str, answer: Answered, rule: DateRule) -> Answered:
    """Return an answer to a question that asks the other way round in words that speak for themselves."""
    answer = _in_english(key, answer)
    text = answer.cell.text
    if text.strip() and _says_nothing(text, answer.use.unclear):
        return replace(answer, is_unclear=True)
    if not answer.use.yes_means_no or answer.cell.is_blank or key not in {*REVERSED, *WILLING}:
        return answer
    words = turned_willing(text) if key in WILLING else plain_words(key, text, rule)
    return replace(answer, is_unclear=True) if words is None else replace(answer, cell=Cell(words))


def _says_nothing(text: str, unclear: Unclear) -> bool:
    """Whether *text* is an answer that says nothing by itself below such a heading."""
    if unclear is Unclear.NO:
        return bool(_NO.fullmatch(text))
    return unclear is Unclear.YES_AND_NO and bool(_BARE.match(text))


def _together(key: str, told: Sequence[Answered]) -> Answered:
    """Return the answers of several columns: joined where they add up, else the first and what differs."""
    first = told[0]
    texts = _different([one.cell.text.strip() for one in told])
    is_unclear = any(one.is_unclear for one in told)
    if len(texts) == 1:
        return replace(first, is_unclear=is_unclear)
    if key in _LINES:
        return replace(first, cell=Cell("\n".join(texts)))
    if key not in _ADDED and not any(one.use.is_added for one in told):
        return replace(first, others=tuple(texts[1:]))
    if key in _DENIED_IN_PART:
        named = [text for text in texts if not _NO.fullmatch(text)] or texts[:1]
        texts = [text for text in named if not _YES.fullmatch(text)] or named
    between = ", " if key == "street" else "; "
    return replace(first, cell=Cell(between.join(texts)), is_unclear=is_unclear)


def _different(texts: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(" ".join(_words(text)) or text, text)
    return list(found.values())


def _with_details(key: str, main: Answered, details: Sequence[str]) -> Answered:
    """Return a yes or no with what was specified; a no with details says two things, and is asked."""
    text = main.cell.text.strip()
    more = [detail for detail in details if not (_YES.fullmatch(detail) or _NO.fullmatch(detail))]
    is_yes = bool(_YES.fullmatch(text))
    if not more:
        takes_back = is_yes and bool(details) and all(_NO.fullmatch(detail) for detail in details)
        return replace(main, cell=Cell(f"{text}; {details[0]}")) if takes_back else main
    if is_yes:
        told = "; ".join(more)
        is_list = key in _LISTS and not main.use.yes_means_no
        return replace(main, cell=Cell(told if is_list else f"{text}, {told}"))
    return replace(main, cell=Cell("; ".join((text, *more))))
