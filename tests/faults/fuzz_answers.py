"""Answers put together at random: none may make milk look better than its words, none may crash the reader.

``python -m tests.faults.fuzz_answers [--answers N] [--seed N] [--field KEY]`` prints what was found. The
reader is checked by what shares nothing with it: doubts, plain sentences, stories whose truth is known.
"""

from __future__ import annotations

import re
import sys
import time
import tomllib
import traceback
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from coordinator.domain.vocabulary import vocabulary
from tests.faults.plain_sentences import plainly, sentences
from tests.faults.plain_words import HEDGES, MONTHS, OFF_TOPIC, doubt
from tests.faults.told_histories import a_story, contradicts
from tests.judged_answers import FAMILIES, FIRST, LAST, Judged, judged

SEED = 20261128
ANSWERS = 200_000
Judge = Callable[[str, str], Judged]

_WORDS: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "data/fuzz_answers.toml").read_text("utf-8")
)
_CLAUSES: Mapping[str, Sequence[str]] = _WORDS["clauses"]
_SLOTS: Mapping[str, Sequence[str]] = _WORDS["slots"]


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that was read too well, or at which the reader failed."""

    field: str
    text: str
    why: str


def answers(
    random: Random, number: int, fields: Sequence[str] = tuple(FAMILIES)
) -> Iterator[tuple[str, str]]:
    """Give *number* fields with an answer each: sentences, sentences changed a little, heaps of words."""
    for _ in range(number):
        field = random.choice(fields)
        kind = random.random()
        text = _heap(random) if kind < 0.15 else _composed(random, field)
        if kind > 0.45:
            text = _changed(random, text)
        yield field, text


def _composed(random: Random, field: str) -> str:
    clauses = random.choices((*_CLAUSES[field], *sentences(field)), k=random.choices((1, 2, 3), (5, 4, 2))[0])
    text = filled(random, clauses[0])
    for clause in clauses[1:]:
        text += random.choice(_WORDS["joints"]) + filled(random, clause)
    return text


def filled(random: Random, clause: str) -> str:
    """Return *clause* with something in each of its places."""

    def chosen(match: re.Match[str]) -> str:
        return a_day(random) if match[1] == "d" else random.choice(_SLOTS[match[1]])

    return re.sub(r"\{(\w+)\}", chosen, clause)


def a_day(random: Random) -> str:
    """Return a day of the last year or so as people write it; now and then one that is not plain."""
    on = random.choice((FIRST, FIRST, LAST)) + timedelta(days=random.randint(-120, 60))
    forms = (
        f"{on.month}/{on.day}/{on.year}", on.isoformat(), f"{MONTHS[on.month - 1]} {on.day}, {on.year}",
        f"{on.month}/{on.day}/{on.year}", f"{on.month}/{on.day}", MONTHS[on.month - 1], "2019", "last week",
        f"{on.month}/{on.year}",
    )  # fmt: skip
    return random.choices(forms, (5, 3, 3, 5, 1, 1, 1, 1, 1))[0]


def _changed(random: Random, text: str) -> str:
    """Return *text* with one to three words put in, taken out, doubled, exchanged or misspelt."""
    words = text.split(" ")
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = random.randrange(len(words) + 1)
        change = random.random()
        if change < 0.6 or not words:
            words.insert(at, a_word(random))
        elif change < 0.7:
            del words[min(at, len(words) - 1)]
        elif change < 0.8:
            words.insert(at, random.choice(words))
        elif change < 0.9:
            words[min(at, len(words) - 1)] = a_word(random)
        else:
            words[min(at, len(words) - 1)] = _misspelt(random, words[min(at, len(words) - 1)])
    return " ".join(words)


def a_word(random: Random) -> str:
    """Return any word an answer may hold, of its own question or of another."""
    kind = random.random()
    if kind < 0.55:
        return str(random.choice(_WORDS["function_words"]))
    if kind < 0.65:
        return str(random.choice(_WORDS["marks"]))
    if kind < 0.75:
        return random.choice(HEDGES)
    if kind < 0.83:
        return random.choice(OFF_TOPIC)
    return random.choice(_vocabulary())


@cache
def _vocabulary() -> tuple[str, ...]:
    """Return all phrases of the program's lists, and those of this file."""
    return tuple(sorted({*_listed(), *(word for words in _SLOTS.values() for word in words if word)}))


def _listed() -> Iterator[str]:
    known = vocabulary()
    for kind in known.lists:
        yield from known.find(kind)


def _misspelt(random: Random, word: str) -> str:
    if len(word) < 3:
        return word + word
    at = random.randrange(1, len(word) - 1)
    return random.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :], word + word[-1])
    )


def _heap(random: Random) -> str:
    return " ".join(a_word(random) for _ in range(random.randint(1, 7)))


def wrong_answers(
    random: Random, number: int, judge: Judge = judged, fields: Sequence[str] = tuple(FAMILIES)
) -> Iterator[Wrong]:
    """Give those of *number* answers that come to more than their words, and sentences read otherwise."""
    for field, text in answers(random, number, fields):
        why = checked(field, text, judge)
        if why:
            yield Wrong(field, text, why)
    yield from _wrong_stories(random, number // 4, judge, fields)
    for field in fields:
        for sentence in sentences(field):
            on = date(2026, 10, random.randint(1, 9))
            text = sentence.format(d=_plain_day(on))
            why = checked(field, text, judge) or plainly(field, sentence, on, judge(field, text))
            if why:
                yield Wrong(field, text, why)


def _wrong_stories(random: Random, number: int, judge: Judge, fields: Sequence[str]) -> Iterator[Wrong]:
    """Give every story of *number* in which milk of a day against it is read as fine."""
    for _ in range(number):
        story = a_story(random, random.choice(fields), _plain_day)
        if story is None:
            continue
        why = checked(story.field, story.text, judge)
        if not why.startswith("CRASH"):
            why = contradicts(story, judge(story.field, story.text))
        if why:
            yield Wrong(story.field, story.text, why)


def _plain_day(on: date) -> str:
    return f"{on.month}/{on.day}/{on.year}"


def checked(field: str, text: str, judge: Judge = judged) -> str:
    """Return what is wrong with the reading of *text*, or nothing."""
    try:
        return doubt(judge(field, text))
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        return "CRASH " + traceback.format_exc().strip().splitlines()[-1]


def main(words: Sequence[str] | None = None) -> int:
    """Print what was found; return how many answers were wrong."""
    parser = ArgumentParser(prog="python -m tests.faults.fuzz_answers", description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", type=int, default=20, help="how many to print of each reason")
    parser.add_argument("--field", choices=tuple(FAMILIES))
    given = parser.parse_args(words)
    fields = (given.field,) if given.field else tuple(FAMILIES)
    began = time.perf_counter()
    found = list(wrong_answers(Random(given.seed), given.answers, fields=fields))
    _report(found, given.show)
    _say(f"{len(found)} of {given.answers} answers are read too well, in {time.perf_counter() - began:.0f} s")
    return len(found)


def _report(found: Sequence[Wrong], show: int) -> None:
    kinds = Counter((one.field, re.sub(r"\d{4}-\d\d-\d\d|“[^”]*”", "…", one.why)) for one in found)
    for (field, why), count in kinds.most_common():
        _say(f"{count:6} {field}: {why}")
        some = [
            one
            for one in found
            if one.field == field and re.sub(r"\d{4}-\d\d-\d\d|“[^”]*”", "…", one.why) == why
        ]
        for one in sorted(some, key=lambda one: len(one.text))[:show]:
            _say(f"         {one.text!r}: {one.why}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(min(main(), 1))
