"""``milkrun policies``: the profiles milk is judged by, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.sayings import Saying, joined, saying
from coordinator.services.policies import profiles as service

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.policies.profiles import Comparison, Policy, PolicyValue

_NOTE = saying("Information with a source, not medical advice; a clinician reviews it.")


def policies(task: Task) -> None:
    """List the profiles; with ``--compare`` set two side by side, the lines that differ marked in words."""
    show = _compare if task.words.compare else _list
    show(task)


def _list(task: Task) -> None:
    found, in_use = service.profiles(task.database), service.policy_now(task.database).key
    if task.words.json:
        task.say_document(
            json_documents.written([json_documents.of_policy(policy, in_use) for policy in found])
        )
        return
    rows = [(policy.key, policy.title, _kind(policy, in_use), _unchecked(policy)) for policy in found]
    unchecked = saying("Unchecked")
    headers = (saying("Key"), saying("Profile"), "", unchecked)
    for line in (*table(headers, rows, right=(unchecked,)), "", str(_NOTE)):
        task.say(line)


def _kind(policy: Policy, in_use: str) -> Saying:
    words = [saying("in use")] if policy.key == in_use else []
    if policy.for_comparison_only:
        words.append(saying("for comparison only"))
    if policy.base:
        words.append(saying("own, copied from {profile}", profile=policy.base))
    return joined(", ", words)


def _unchecked(policy: Policy) -> Saying:
    known = [value for value in policy.values.values() if value.value is not None]
    return saying("{some} of {all}", some=sum(not value.is_checked for value in known), all=len(known))


def _compare(task: Task) -> None:
    found = service.compare_profiles(task.database, *task.words.compare)
    if task.words.json:
        task.say_document(json_documents.written(json_documents.of_comparison(found)))
        return
    differing = saying(
        "{some} of {all} differ. {note}", some=len(found.differing), all=len(found.lines), note=_NOTE
    )
    for line in (*_side_by_side(found), "", str(differing)):
        task.say(line)


def _side_by_side(found: Comparison) -> Iterator[str]:
    rows = [
        (saying("differs") if line.differs else "", line.title, _said(line.left), _said(line.right))
        for line in found.lines
    ]
    yield from table(("", saying("Rule"), found.left.title, found.right.title), rows)


def _said(value: PolicyValue) -> Saying:
    """Return a value in words with what milk is otherwise, and that nobody checked it, if so."""
    if value.value is None:
        return value.words
    otherwise = value.otherwise.words.casefold()
    if value.is_checked:
        return saying("{value} (else {otherwise})", value=value.words, otherwise=otherwise)
    return saying("{value} (else {otherwise}, unchecked)", value=value.words, otherwise=otherwise)
