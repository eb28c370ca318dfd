"""``milkrun read``: what the program reads in the words of one answer, and what it would ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator import terminal
from coordinator.cli import json_documents
from coordinator.domain.facts.wording import told
from coordinator.domain.families.households import Role
from coordinator.domain.imports.one_answer import OneAnswer, read_one

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


def _told(found: OneAnswer) -> Iterator[str]:
    if found.value is not None:
        yield f"{found.field}: {found.value}"
    yield from map(_fact, found.facts)
    yield from (f"Asked: {question}" for question in found.questions)
    if found.not_understood:
        yield "Not understood: " + ", ".join(f"“{part}”" for part in found.not_understood)


def _fact(fact: Fact) -> str:
    return f"{fact.kind.value}: {told(fact)}"
