"""``milkrun read``: what the program reads in the words of one answer, and what it would ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator import terminal
from coordinator.cli import json_documents
from coordinator.domain.facts.wording import told
from coordinator.domain.families.households import Role
from coordinator.domain.imports.one_answer import OneAnswer, read_one
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import date

    from coordinator.domain.facts.dated_facts import Fact


def read(words: Namespace, today: date) -> None:
    """Read one answer as a cell of a spreadsheet would be; no network is opened."""
    role = Role(words.kind) if words.kind else None
    found = read_one(words.field, words.text, today, role)
    if words.json:
        terminal.say_document(json_documents.written(json_documents.of_answer(found)))
        return
    for line in _told(found):
        terminal.say(line)


def _told(found: OneAnswer) -> Iterator[Saying]:
    if found.value is not None:
        yield saying("{field}: {value}", field=found.field, value=str(found.value))
    yield from map(_fact, found.facts)
    yield from (saying("Asked: {question}", question=question) for question in found.questions)
    if found.not_understood:
        parts = joined(", ", (saying("“{words}”", words=part) for part in found.not_understood))
        yield saying("Not understood: {parts}", parts=parts)


def _fact(fact: Fact) -> Saying:
    return saying("{kind}: {told}", kind=fact.kind.value, told=told(fact))
