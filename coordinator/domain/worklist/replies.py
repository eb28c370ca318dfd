"""A pasted reply to numbered questions, cut into answers; every character of it stays somewhere in sight."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class PieceKind(StrEnum):
    """What a part of a reply is taken for."""

    ANSWER = "answer"
    UNASSIGNED = "unassigned"
    QUOTED = "quoted"
    BELOW = "below a quote"

    @property
    def is_hers(self) -> bool:
        """Whether it is no answer and repeats nothing, so that she is to see it."""
        return self in {PieceKind.UNASSIGNED, PieceKind.BELOW}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply as it was written, its number and blanks included.

    ``words`` is the answer in it, for the question ``number``. ``is_doubtful``: it could be cut otherwise,
    or there is more beside it, so that she looks at it before it counts. Words that answer several questions
    at once ("all no") have their text with the first. What stands below "On … wrote:" without a sign at its
    lines may be the old message or an answer typed there: it is shown, and no answer is read in it.
    """

    kind: PieceKind
    text: str
    number: int = 0
    words: str = ""
    is_doubtful: bool = False


_MARK: Final = re.compile(r"(?<![^\s,;!?.(])\(?(?P<number>\d{1,2})\s?[.):](?=[^\S\n]*[^\s\d])(?=\s|[^\W\d])")
"""``1. no``, ``2) since June``, ``3: yes``; neither ``6:30`` nor ``2.5 oz``."""
_MARK_BEFORE_A_FIGURE: Final = re.compile(r"(?m)^[^\S\n]*\(?(?P<number>\d{1,2})[.):][^\S\n]+(?=\d)")
_KEYCAP: Final = re.compile("(?P<number>\\d)\ufe0f?\u20e3")
_SIGNED: Final = re.compile(r"(?<![^\s,;!?.(])(?:#|[Qq])(?P<number>\d{1,2})(?:[.):]|(?=\s))")
_DASHED: Final = re.compile(r"(?m)^[^\S\n]*\(?(?P<number>\d{1,2})[^\S\n]*[-–—=][^\S\n]*(?=[^\W\d])")
_SURE: Final = (_MARK, _MARK_BEFORE_A_FIGURE, _KEYCAP, _SIGNED, _DASHED)
_PLAIN: Final = r"(?:no|nope|none|never|yes|yep|yeah)"
_LOOSE: Final = re.compile(rf"(?<![^\s,;!?.])(?P<number>\d{{1,2}})(?={_PLAIN}(?!\w))", re.IGNORECASE)
"""``1no 2yes``: looked at."""
_SAID_TO: Final = re.compile(rf"(?<!\w){_PLAIN}\s+(?:to|for|on)\s+(?:#|number\s+)?\d", re.IGNORECASE)
"""``yes to 1, no to 2``: the number comes last, so that none begins an answer."""
_BARE: Final = re.compile(r"(?<![^\s,;!?.])(?P<number>\d{1,2})(?=\s+[^\s])")
_AMOUNT: Final = re.compile(
    r"\s+(?:bags?|oz|ounces?|ml|days?|weeks?|months?|years?|hours?|times?|miles?|minutes?|am|pm|or|to|of|and"
    r"|a|per|more|cups?|drinks?|glass(?:es)?|bottles?|babies|kids|[-–/%+x])(?!\w)",
    re.IGNORECASE,
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_AFTER_MONTH: Final = re.compile(rf"\b{_MONTH}\s+$", re.IGNORECASE)
_BEFORE_MONTH: Final = re.compile(rf"\s+{_MONTH}(?!\w)", re.IGNORECASE)
_QUOTED_LINE: Final = re.compile(r"^[^\S\n]*(?:>|Sent (?:from|via) |Get Outlook for )")
_QUOTE_BEGINS: Final = re.compile(
    r"^\s*(?:On\b.{4,200}\bwrote:|-{2,}\s*(?:Original|Forwarded) message\s*-{2,})\s*$", re.IGNORECASE
)
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    start: int
    end: int
    is_doubtful: bool = False


def split_reply(text: str, count: int, sent: Sequence[str] = ()) -> tuple[Piece, ...]:
    """Cut a reply to *count* numbered questions; the texts of the pieces are *text*, in its order.

    A line that ends with one of the *sent* sentences only repeats the message.

    Numbers may come in any order. One that stands twice is nobody's answer. Without numbers, as many lines as
    questions are taken in turn, as doubtful; one question has the whole reply.
    """
    own, pieces = "", []
    for part, kind in _quotes(text, sent):
        own += part if kind is PieceKind.UNASSIGNED else ""
        pieces.append(Piece(kind, part))
    if alike := _all_alike(pieces, count):
        return alike
    if below := _below_quotes(pieces, count):
        return below
    marked = any(_marks(one.text, count) for one in pieces if one.kind is PieceKind.UNASSIGNED)
    cut = [
        piece
        for one in pieces
        for piece in (_by_number(one.text, count) if marked and one.kind is PieceKind.UNASSIGNED else [one])
    ]
    return tuple(_once_each(cut) if marked else _by_line(cut, own, count))


def _quotes(text: str, sent: Sequence[str]) -> Iterator[tuple[str, PieceKind]]:
    """Yield the runs of lines of *text*: hers, those that repeat an older message, and those that may."""
    lines = text.splitlines(keepends=True)
    run, was, is_below = "", PieceKind.UNASSIGNED, False
    for place, line in enumerate(lines):
        two = f"{line.rstrip()} {lines[place + 1]}" if place + 1 < len(lines) else line
        begins = bool(_QUOTE_BEGINS.match(line) or (line.startswith("On ") and _QUOTE_BEGINS.match(two)))
        is_below = is_below or (begins and not _is_marked_quote(lines[place + 1 :]))
        is_sent = any(one and line.strip().endswith(one) for one in sent)
        is_quoted = begins or is_sent or bool(_QUOTED_LINE.match(line))
        hers = PieceKind.BELOW if is_below else PieceKind.UNASSIGNED
        kind = PieceKind.QUOTED if is_quoted else hers
        if run and kind is not was:
            yield run, was
            run = ""
        run, was = run + line, kind
    if run:
        yield run, was


def _is_marked_quote(lines: Sequence[str]) -> bool:
    following = next((line for line in lines if line.strip()), "")
    return bool(_QUOTED_LINE.match(following))


def _marks(text: str, count: int) -> list[_Mark]:
    """Return where answers begin: at numbers with a point or bracket if there are any, else at bare ones."""
    found = {
        match.start(): _Mark(int(match["number"]), match.start(), match.end())
        for pattern in _SURE
        for match in pattern.finditer(text)
        if 1 <= int(match["number"]) <= count
    }
    if not found and _SAID_TO.search(text):
        return []
    loose = [
        _Mark(int(match["number"]), match.start(), match.end(), is_doubtful=True)
        for match in _LOOSE.finditer(text)
        if 1 <= int(match["number"]) <= count
    ]
    sure = [found[start] for start in sorted(found)]
    return _with_bare(sure, text, count) if sure else _bare_marks(text, count) or loose


_AFTER_PLAIN: Final = re.compile(rf"(?:(?:^|[\n,;.!])\s*|(?<!\w){_PLAIN}\s+)$", re.IGNORECASE)
_BEFORE_PLAIN: Final = re.compile(rf"\s+{_PLAIN}(?!\w)", re.IGNORECASE)


def _with_bare(sure: list[_Mark], text: str, count: int) -> list[_Mark]:
    """Return the *sure* marks, and between them the bare numbers that count on from them: all looked at.

    One that counts on stands where an answer can begin: after a plain one or a stop, or before a plain one.
    """
    known, found = {mark.number for mark in sure}, list(sure)
    for bare in _bare_marks(text, count):
        before = [mark.number for mark in found if mark.start < bare.start]
        behind = [mark.number for mark in sure if mark.start > bare.start]
        counts_on = max(before, default=0) < bare.number < min(behind, default=count + 1)
        can_begin = _AFTER_PLAIN.search(text[: bare.start]) or _BEFORE_PLAIN.match(text, bare.end)
        if bare.number not in known and counts_on and can_begin:
            found.append(replace(bare, is_doubtful=True))
    return sorted(found, key=lambda mark: mark.start)


def _bare_marks(text: str, count: int) -> list[_Mark]:
    """Return bare numbers that are no amounts; one beside a month may be its day, so it is doubtful."""
    marks = []
    for match in _BARE.finditer(text):
        if 1 <= int(match["number"]) <= count and not _AMOUNT.match(text, match.end()):
            is_day = _is_beside_a_month(text, match)
            marks.append(_Mark(int(match["number"]), match.start(), match.end(), is_doubtful=is_day))
    sure = {mark.number for mark in marks if not mark.is_doubtful}
    return [mark for mark in marks if not (mark.is_doubtful and mark.number in sure)]


def is_an_amount_or_a_day(text: str, number: re.Match[str]) -> bool:
    """Whether the *number* found in *text* counts something, or may be the day of a month."""
    return bool(_AMOUNT.match(text, number.end())) or _is_beside_a_month(text, number)


def _is_beside_a_month(text: str, number: re.Match[str]) -> bool:
    return bool(_AFTER_MONTH.search(text[: number.start()]) or _BEFORE_MONTH.match(text, number.end()))


def _by_number(text: str, count: int) -> list[Piece]:
    marks = _marks(text, count)
    if not marks:
        return [Piece(PieceKind.UNASSIGNED, text)]
    pieces = [Piece(PieceKind.UNASSIGNED, text[: marks[0].start])] if marks[0].start else []
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    for place, (mark, end) in enumerate(zip(marks, ends, strict=True)):
        is_cut_in_doubt = mark.is_doubtful or any(after.is_doubtful for after in marks[place + 1 : place + 2])
        pieces += _answer(text[mark.start : end], mark, is_doubtful=is_cut_in_doubt)
    return pieces


def _answer(text: str, mark: _Mark, *, is_doubtful: bool) -> list[Piece]:
    """Return the answer after *mark*; a new paragraph is no part of it, and makes it doubtful."""
    head = mark.end - mark.start
    words = text[head:]
    lead = len(words) - len(words.lstrip())
    gap = _PARAGRAPH.search(words, lead)
    ends = head + gap.start() if gap and words[gap.end() :].strip() else len(text)
    rest = [Piece(PieceKind.UNASSIGNED, text[ends:])] if ends < len(text) else []
    said = text[head:ends].strip(" \t\r\n,;")
    answer = Piece(PieceKind.ANSWER, text[:ends], mark.number, said, is_doubtful or bool(rest))
    return [answer if _says_something(said) else Piece(PieceKind.UNASSIGNED, text[:ends]), *rest]


_JOINS: Final = re.compile(r"\W*(?:and|or|plus|to|through|thru)\W*", re.IGNORECASE)


def _says_something(words: str) -> bool:
    """Whether *words* are an answer: the sign between two numbers is none, a thumb is one."""
    is_said = any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in words)
    return is_said and not _JOINS.fullmatch(words)


def _once_each(pieces: Sequence[Piece]) -> list[Piece]:
    times = Counter(one.number for one in pieces if one.kind is PieceKind.ANSWER)
    return [Piece(PieceKind.UNASSIGNED, one.text) if times[one.number] > 1 else one for one in pieces]


def _by_line(pieces: Sequence[Piece], own: str, count: int) -> list[Piece]:
    """Return *pieces* with one line a question, where there are as many; one question has it all."""
    unassigned = [one for one in pieces if one.kind is PieceKind.UNASSIGNED and one.text.strip()]
    if count == 1 and len(unassigned) == 1:
        only = replace(unassigned[0], kind=PieceKind.ANSWER, number=1, words=own.strip())
        return [only if one is unassigned[0] else one for one in pieces]
    if len(unassigned) == 1 and len(_ONE_PLAIN.findall(own)) == count and _ONLY_PLAIN.fullmatch(own):
        return [part for one in pieces for part in (_plain_words(one) if one is unassigned[0] else [one])]
    if count < 1 or sum(1 for line in own.splitlines() if line.strip()) != count:
        return list(pieces)
    found, number = [], 0
    for one in pieces:
        lines = [one.text] if one.kind is not PieceKind.UNASSIGNED else one.text.splitlines(keepends=True)
        for line in lines:
            if one.kind is not PieceKind.UNASSIGNED or not line.strip():
                found.append(replace(one, text=line))
                continue
            number += 1
            found.append(Piece(PieceKind.ANSWER, line, number, line.strip(), is_doubtful=True))
    return found


_ONE_PLAIN: Final = re.compile(rf"{_PLAIN}(?!\w)", re.IGNORECASE)
_ONLY_PLAIN: Final = re.compile(rf"\s*{_PLAIN}(?:[\s,.;/&]+{_PLAIN})*[\s.!]*", re.IGNORECASE)


def _plain(text: str) -> str:
    return text.strip(" \t\r\n,.;/&!")


def _plain_words(piece: Piece) -> list[Piece]:
    """Return ``no, no, yes`` as one answer a word, each to be looked at."""
    starts = [match.start() for match in _ONE_PLAIN.finditer(piece.text)]
    ends = [*starts[1:], len(piece.text)]
    starts[0] = 0
    return [
        Piece(PieceKind.ANSWER, text := piece.text[start:end], number, _plain(text), is_doubtful=True)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]


_ALL: Final = re.compile(
    r"\s*(?:all\s+(?:of\s+(?:them|these)\s+)?(?:are\s+)?(?P<first>no|yes|none)"
    r"|(?P<then>no|yes|none)\s+(?:to|for|on)\s+(?:all|every(?:thing|one| one)?|each)"
    r"(?:\s+of\s+(?:them|these))?)"
    r"(?P<rest>\s*[.!]*\s*|\s*,?\s*(?:except|but|besides|apart from|other than)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_SAID_TO_ALL: Final = re.compile(r"\d{1,2}")


def _all_alike(pieces: Sequence[Piece], count: int) -> tuple[Piece, ...]:
    """Return ``all no except 3`` as an answer to each question but those it names; all are looked at.

    What is said to a named one is read by its number; where nothing is, it stays asked.
    """
    own = [one for one in pieces if one.kind is PieceKind.UNASSIGNED and one.text.strip()]
    found = _ALL.fullmatch(own[0].text) if len(own) == 1 else None
    if found is None or count < 2:
        return ()
    rest, head = found["rest"], own[0].text[: found.start("rest")]
    but = {int(number) for number in _SAID_TO_ALL.findall(rest)}
    told = _by_number(rest, count)
    but |= {one.number for one in told if one.kind is PieceKind.ANSWER}
    numbers = [number for number in range(1, count + 1) if number not in but]
    said = found["first"] or found["then"]
    parts = [
        Piece(PieceKind.ANSWER, head if number == numbers[0] else "", number, said, is_doubtful=True)
        for number in numbers
    ]
    if not parts:
        return ()
    parts += [replace(one, is_doubtful=one.kind is PieceKind.ANSWER) for one in _once_each(told) if one.text]
    return tuple(part for one in pieces for part in (parts if one is own[0] else [one]))


_QUOTED_NUMBER: Final = re.compile(r"(?m)^[^\S\n]*>?[^\S\n]*(?P<number>\d{1,2})\.[^\S\n]")


def _below_quotes(pieces: Sequence[Piece], count: int) -> tuple[Piece, ...]:
    """Return answers written below each quoted question as those of its number; all are looked at."""
    numbers: list[int] = []
    found = []
    for place, one in enumerate(pieces):
        if one.kind is not PieceKind.UNASSIGNED or not one.text.strip():
            found.append(one)
            continue
        before = pieces[place - 1].text if place else ""
        quoted = [int(match["number"]) for match in _QUOTED_NUMBER.finditer(before)]
        if not quoted or not 1 <= quoted[-1] <= count or (not numbers and len(quoted) > 1):
            return ()
        numbers.append(quoted[-1])
        found.append(Piece(PieceKind.ANSWER, one.text, quoted[-1], one.text.strip(), is_doubtful=True))
    return tuple(found) if numbers and len(set(numbers)) == len(numbers) else ()
