"""The questions of a form of our own: their answers are theirs, whatever was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordinator.domain.families.fields import FIELDS, OWN
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.heading import words_of

_ENOUGH = 5
"""So many questions of one role alone nobody else asks in our words; "State" stands anywhere."""


def own_questions(headings: Sequence[str], kind: Role) -> Mapping[int, str]:
    """Return column -> field of each question of our *kind* form; none where the list is not of one.

    A form that was shortened or added to is still ours.
    """
    asked = {words_of(str(field.question.words)): field for field in FIELDS[kind] if field.question}
    found = {at: asked[words] for at, words in enumerate(map(words_of, headings)) if words in asked}
    distinct = {field.topic for field in found.values() if field in OWN[kind]}
    return {at: field.topic for at, field in found.items()} if len(distinct) >= _ENOUGH else {}
