"""Sentences anybody can read, and what they come to: a reader that only ever asks does not pass them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tests.faults.plain_words import DATA, mild_by_day
from tests.judged_answers import FIRST, LAST, Judged

_SENTENCES: Mapping[str, Mapping[str, str]] = {
    field: {sentence: came_to for came_to, some in told.items() for sentence in some}
    for field, told in DATA["sentences"].items()
}
"""Field -> sentence -> what it comes to."""


def sentences(field: str) -> tuple[str, ...]:
    """Return the whole sentences this look can read."""
    return tuple(_SENTENCES[field])


def plainly(field: str, sentence: str, on: date, answer: Judged) -> str:
    """Return how the reading of *sentence*, with its day *on*, differs from what it plainly says."""
    came_to = _SENTENCES[field][sentence]
    against = {
        "fine": (None, None),
        "against": (FIRST, LAST),
        "until": (FIRST, _before(on)),
        "from": (on, LAST),
    }
    first, last = against[came_to]
    for day, is_mild in mild_by_day(answer):
        is_against = first is not None and last is not None and first <= day <= last
        if is_against and is_mild:
            return f"plainly against it on {day}"
        # After the day it ended some time must pass, which is no matter of reading.
        if not is_against and not is_mild and not (came_to == "until" and day < on + timedelta(days=35)):
            return f"plainly nothing against it on {day}"
    return ""


def _before(on: date) -> date:
    return on - timedelta(days=1)
