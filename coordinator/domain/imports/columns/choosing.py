"""What the columns of a list are: headings, cells and order weighed for the sheet as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.assigning import LEAST, dealt
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.columns.fitting import fit
from coordinator.domain.imports.columns.guesses import ColumnGuess, Sureness
from coordinator.domain.imports.columns.heading import Words, words_of
from coordinator.domain.imports.columns.order import context_factor
from coordinator.domain.imports.columns.own_questions import own_questions
from coordinator.domain.imports.columns.reading_of import use_of_column
from coordinator.domain.imports.columns.rules import (
    Parsed,
    how_well,
    is_none_of_ours,
    is_of_others,
    rules_for,
)
from coordinator.domain.imports.columns.shapes import Cells, Shape
from coordinator.domain.imports.columns.sheet_looks import Sheet

Remembered = Mapping[Role, Mapping[tuple[str, ...], str]]
"""Kind of list -> words of a heading -> the field she chose for it, empty for none."""
_SURE, _MARGIN = 0.78, 0.08
_JOINS = 0.8
_FEW, _ALL_BUT_FEW, _VARIED = 3, 0.9, 0.6
_HERS = 0.5
"""Share of names made of what stands below "First" and "Last", from which on they are the same person's."""
_VAGUE = frozenset(["contact", "best", "other", "parent", "need"])
_EMPTY, _SOME = 0.05, 0.3
_TOLD = 1.5
"""What she said herself."""
_PLAIN_CELLS = frozenset(["email", "phone", "zip", "moment"])
_WAYS_TO_REACH = ("email", "phone")
_TOGETHER = (frozenset(["nicotine", "alcohol", "cannabis"]), frozenset(["tattoo", "blood_tests"]))
"""What one question often asks at once."""
_OUR_WORDS = 0.7
"""What a heading in the words of our own forms is worth, whatever its cells look like."""
_JOINED = frozenset(["email", "phone", "notes", "medicines", "foods_avoided", "must_avoid", "hours"])
"""Fields that more than one question of a form is about; of all others, a second column is another thing."""
_TOLD_BY_CELLS = (
    (Shape.EMAIL, "email", 0.72),
    (Shape.PHONE, "phone", 0.66),
    (Shape.ADDRESS, "address", 0.66),
    (Shape.PERSON, "name", 0.55),
)
"""Cells so plain that they need no heading: (shape, field, how sure)."""


def guess_columns(
    sheet: Sheet, kind: Role, known: Mapping[tuple[str, ...], str] | None = None
) -> tuple[ColumnGuess, ...]:
    """Return what the columns of a *kind* list are; *known* are headings she has told the field of before."""
    scores = scores_of(sheet, kind)
    heads = dict(sheet.details) | _share_out(sheet, kind, scores)
    for at, topic in _told_before(sheet, known or {}):
        scores[at] = {topic: _TOLD} if topic else {}
    chosen = dealt([{} if at in heads else one for at, one in enumerate(scores)])
    taken = set(chosen.values())
    guesses = [_guess(sheet, at, chosen.get(at, ""), one, taken) for at, one in enumerate(scores)]
    for at, guess in enumerate(guesses):
        guesses[at] = _with_shared(sheet, guess, scores[at], taken)
    _join(sheet, guesses, scores, heads, set(own_questions(sheet.headers, kind).values()))
    _follow(sheet, guesses, heads)
    _let_go(sheet, guesses)
    return tuple(guesses)


def _share_out(sheet: Sheet, kind: Role, scores: list[dict[str, float]]) -> dict[int, int]:
    """Return which column each choice goes with, and score the first of each field by what it says.

    "Foods you avoid (Soy)" is one question; "Do you use any? (Alcohol)" asks of each choice another thing.
    """
    heads: dict[int, int] = {}
    for group in sheet.groups:
        asked = _asked(sheet, kind, sheet.choices[group[0]].stem)
        if max(asked.values(), default=0.0) >= _JOINS:
            scores[group[0]] = asked
            heads |= dict.fromkeys(group[1:], group[0])
            continue
        firsts: dict[str, int] = {}
        for at in group:
            scores[at] = _asked(sheet, kind, sheet.choices[at].words)
            topic = max(scores[at], key=lambda one: scores[at][one], default="")
            if firsts.setdefault(topic, at) != at:
                heads[at] = firsts[topic]
    return heads


def _asked(sheet: Sheet, kind: Role, words: Words) -> dict[str, float]:
    return _scored(sheet, sheet.parsed_as(words), Cells(), "", kind)


def _told_before(sheet: Sheet, known: Mapping[tuple[str, ...], str]) -> Iterator[tuple[int, str]]:
    for at, one in enumerate(sheet.parsed):
        if one.heading.words and one.heading.words in known:
            yield at, known[one.heading.words]


def scores_of(sheet: Sheet, kind: Role) -> list[dict[str, float]]:
    """Return how surely each column is each field of a *kind* list; fields below the least are left out."""
    looks = zip(sheet.parsed, sheet.cells, sheet.owners, strict=True)
    scores = [_scored(sheet, *look, kind) or _by_cells(sheet, *look) for look in looks]
    for at, topic in own_questions(sheet.headers, kind).items():
        scores[at] = {topic: 1.0}
    _part_names(sheet, scores)
    _tell_names_apart(sheet, scores)
    _tell_people_apart(sheet, scores)
    _pass_over_empty(sheet, scores)
    return scores


def _pass_over_empty(sheet: Sheet, scores: Sequence[dict[str, float]]) -> None:
    """A form tool's own "Email" that holds nothing takes no field from a column that is full of addresses."""
    for topic in _WAYS_TO_REACH:
        if any(topic in one and cells.count for one, cells in zip(scores, sheet.cells, strict=True)):
            for one, cells in zip(scores, sheet.cells, strict=True):
                if not cells.count:
                    one.pop(topic, None)


@lru_cache
def _our_words(kind: Role) -> Mapping[Words, str]:
    return {words_of(synonym): field.topic for field in FIELDS[kind] for synonym in field.synonyms}


def _part_names(sheet: Sheet, scores: Sequence[dict[str, float]]) -> None:
    """Beside "Name (Last)", "Name (First)" is half a name, whatever its heading begins with."""
    halves: dict[str, list[int]] = {"first": [], "last": []}
    for at, (one, found) in enumerate(zip(sheet.parsed, scores, strict=True)):
        half = one.all_meanings & halves.keys()
        if len(half) == 1 and "name" in found and f"{min(half)}_name" in found:
            halves[min(half)].append(at)
    if all(halves.values()):
        for at in (*halves["first"], *halves["last"]):
            scores[at].pop("name")


def _tell_names_apart(sheet: Sheet, scores: Sequence[dict[str, float]]) -> None:
    """A bare "Name" beside "Surname" is the first name; a French "nom" beside "prénom" the last."""
    has = {
        topic: any(one.get(topic, 0.0) >= _JOINS for one in scores) for topic in ("first_name", "last_name")
    }
    if has["first_name"] == has["last_name"] or (has["first_name"] and sheet.words.main != "fr"):
        return
    missing = "first_name" if has["last_name"] else "last_name"
    for one, found in zip(sheet.parsed, scores, strict=True):
        solid = [span for span in one.spans if not span.is_light]
        if "name" in found and len(solid) == 1 and solid[0].meanings == {"name"}:
            found[missing] = found.pop("name")


def _tell_people_apart(sheet: Sheet, scores: Sequence[dict[str, float]]) -> None:
    """A "Name" beside "First" and "Last" that hardly ever has what stands in them names somebody else."""
    first, last = (_words_below(sheet, scores, topic) for topic in ("first_name", "last_name"))
    if not first or not last:
        return
    for cells, found in zip(sheet.cells, scores, strict=True):
        names = [set(words_of(text)) for text in cells.texts]
        hers = sum(bool(name & first) and bool(name & last) for name in names)
        if "name" in found and names and hers < _HERS * len(names):
            found.pop("name")


def _words_below(sheet: Sheet, scores: Sequence[Mapping[str, float]], topic: str) -> set[str]:
    columns = [
        cells for cells, found in zip(sheet.cells, scores, strict=True) if found.get(topic, 0.0) >= _JOINS
    ]
    return {word for cells in columns for text in cells.texts for word in words_of(text)}


def _scored(sheet: Sheet, one: Parsed, cells: Cells, owner: str, kind: Role) -> dict[str, float]:
    found = {}
    known = _our_words(kind)
    exact = known.get(words_of(one.heading.text)) or known.get(one.heading.words)
    for topic, rule in rules_for(kind).items():
        told = how_well(one, rule, sheet.words, is_its_name=topic == exact)
        told *= context_factor(topic, one, owner)
        if told < LEAST / 2:
            continue
        score = fit(rule.cells, cells, sheet.newest_year).applied(told)
        if topic == exact and rule.cells not in _PLAIN_CELLS:
            score = max(score, _OUR_WORDS * told)
        # A form's own "Name" stands empty before the one it asks.
        score -= 0.0 if cells.count else _EMPTY
        if score >= LEAST:
            found[topic] = score
    return found


def _by_cells(sheet: Sheet, one: Parsed, cells: Cells, owner: str) -> dict[str, float]:
    """Return what a column is by its cells alone, where its heading is in words nobody knows."""
    # "E-mail for updates" is their e-mail, though nobody wants to know who updated what.
    is_ours = "email" in one.meanings and not is_of_others(one, sheet.words)
    if cells.count < _FEW or owner not in {"", "baby"} or (is_none_of_ours(one, sheet.words) and not is_ours):
        return {}
    is_unclear = all(span.is_unknown or span.is_light or span.meanings & _VAGUE for span in one.spans)
    return {
        topic: sure
        for shape, topic, sure in _TOLD_BY_CELLS
        if cells.share(shape) >= _ALL_BUT_FEW
        and cells.distinct >= _VARIED
        and (is_unclear or shape is Shape.EMAIL)
    }


def _guess(
    sheet: Sheet, at: int, topic: str, scores: Mapping[str, float], taken: Iterable[str]
) -> ColumnGuess:
    if not topic:
        return ColumnGuess(at, ColumnUse(at))
    rivals = [score for other, score in scores.items() if other != topic and other not in taken]
    use = use_of_column(topic, at, sheet.parsed[at], sheet.cells[at])
    is_plain = use.unit is not Unit.OR_BAGS and scores[topic] - max(rivals, default=0.0) >= _MARGIN
    is_sure = scores[topic] >= _TOLD or (is_plain and scores[topic] >= _SURE)
    return ColumnGuess(at, use, topic, Sureness.SURE if is_sure else Sureness.LIKELY, scores[topic])


def _with_shared(
    sheet: Sheet, guess: ColumnGuess, scores: Mapping[str, float], taken: Iterable[str]
) -> ColumnGuess:
    """Return *guess* with what else its question asks, if no other column does."""
    group = next((topics for topics in _TOGETHER if guess.topic in topics), frozenset[str]())
    told = [topic for topic in sorted(group - {guess.topic}) if scores.get(topic, 0.0) >= _JOINS]
    is_span = (
        "span" in sheet.parsed[guess.index].meanings or sheet.cells[guess.index].share(Shape.SPAN) >= _SOME
    )
    if guess.topic == "expressed_from" and is_span:
        told.append("expressed_to")
    shared = tuple(topic for topic in told if topic not in taken)
    return replace(guess, use=replace(guess.use, shared=shared)) if shared else guess


def _join(
    sheet: Sheet,
    guesses: list[ColumnGuess],
    scores: Sequence[Mapping[str, float]],
    heads: Mapping[int, int],
    ours: Collection[str],
) -> None:
    """Give a column that lost its field to another a second place in it, where both say the same.

    What our own form asked (*ours*) is told there alone; *heads* are columns that go with another already.
    """
    holders = {guess.topic: guess.index for guess in guesses if guess.topic}
    for at, guess in enumerate(guesses):
        if guess.topic or not scores[at] or at in heads:
            continue
        topic = max(scores[at], key=lambda one: scores[at][one])
        holder = holders.get(topic)
        if holder is None or scores[at][topic] < _JOINS:
            continue
        same = sheet.parsed[holder].heading.words == sheet.parsed[at].heading.words
        is_rest = topic == "street" and "line2" in sheet.parsed[at].meanings
        if same or is_rest or (topic in _JOINED and topic not in ours and sheet.cells[at].count):
            use = use_of_column(topic, at, sheet.parsed[at], sheet.cells[at])
            use = replace(use, is_added=is_rest)
            guesses[at] = ColumnGuess(at, use, topic, Sureness.SURE if same else Sureness.LIKELY)


def _follow(sheet: Sheet, guesses: list[ColumnGuess], heads: Mapping[int, int]) -> None:
    """Give details and further choices the field of the column they belong to."""
    for at in range(len(guesses)):
        choice = sheet.choices.get(at)
        first = guesses[heads.get(at, at)]
        if not first.topic or (choice is None and at not in heads):
            continue
        use = replace(first.use, index=at, is_detail=choice is None)
        if choice:
            use = replace(use, option=choice.name) if choice.is_tick else replace(use, part=choice.name)
        guesses[at] = ColumnGuess(at, use, first.topic, first.sureness, first.score)


def _let_go(sheet: Sheet, guesses: list[ColumnGuess]) -> None:
    """A form tool's own "First Name" that nobody filled in says nothing beside a column with the names."""
    names = [guess for guess in guesses if guess.topic == "name" and sheet.cells[guess.index].count]
    for guess in guesses:
        if names and guess.topic in {"first_name", "last_name"} and not sheet.cells[guess.index].count:
            guesses[guess.index] = ColumnGuess(guess.index, ColumnUse(guess.index))
