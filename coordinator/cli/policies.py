"""``milkrun policies`` and ``milkrun policy``: the profiles milk is judged by, and checking their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.cli import json_documents
from coordinator.cli.tables import table
from coordinator.domain.policies.review_words import asks
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import Status
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, saying
from coordinator.services.policies import profiles as service
from coordinator.services.policies.page_checks import note_same_figure

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.policies.profiles import Comparison, Policy, PolicyValue
    from coordinator.domain.policies.sources import PageCheck

_NOTE = saying("Information with a source, not medical advice; a clinician reviews it.")


def policies(task: Task) -> None:
    """List the profiles; with ``--compare`` set two side by side, the lines that differ marked in words."""
    show = _compare if task.words.compare else _list
    show(task)


def show(task: Task) -> None:
    """Show every value of a profile with where it was read and who checked it."""
    policy = service.profile(task.database, task.words.profile)
    if task.words.json:
        in_use = service.policy_now(task.database).key
        task.say_document(json_documents.written(json_documents.of_policy(policy, in_use)))
        return
    for value in policy.values.values():
        task.say(saying("{rule}: {value}", rule=value.rule, value=_said(value)))
        for line in _evidence(value):
            task.say(saying("    {line}", line=line))
    for question in policy.further:
        task.say(saying("Asked besides: {question}", question=question.text))
        task.say(saying("    {line}", line=joined("; ", question.seen_in)))
    task.say()
    task.say(_NOTE)


def _evidence(value: PolicyValue) -> Iterator[Saying]:
    yield joined("; ", value.seen_in)
    if value.page.kind is not None and value.value is not None:
        yield saying("it is {kind}", kind=value.page.kind.words)
    if value.seen_again is not None:
        yield _opened(value.seen_again)
    if value.change is not None and value.is_reviewed:
        yield saying(
            "reviewed by {name} on {on}",
            name=value.change.clinician,
            on=value.change.reviewed_on or value.change.on,
        )
    if value.change is not None and value.change.asked_on is not None:
        yield asks(value.change.asked_by, value.change.asked)


def _opened(seen: PageCheck) -> Saying:
    if seen.is_own_page:
        return saying(
            "{name} opened {page} on {on}: same figure", name=seen.by, page=seen.address, on=seen.on
        )
    return saying(
        "{name} opened {page} on {on}: same figure; not the authority’s own page, so still unchecked",
        name=seen.by,
        page=seen.address,
        on=seen.on,
    )


def same_figure(task: Task) -> None:
    """Note that the page of a value was opened today and says the same figure.

    Raises:
        UserError: If there is no such profile or value, or no page can say it.
    """
    words = task.words
    if words.rule not in RULES:
        raise UserError(saying("There is no value called “{rule}”.", rule=words.rule))
    task.say(
        _opened(note_same_figure(task.database, words.profile, words.rule, words.by, task.today, words.page))
    )


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
    open_ones = [value for value in known if not value.is_checked and value.status is not Status.CHOICE]
    return saying("{some} of {all}", some=len(open_ones), all=len(known))


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
    if value.status is Status.CHOICE:
        return saying("{value} (else {otherwise}, our choice)", value=value.words, otherwise=otherwise)
    return saying("{value} (else {otherwise}, unchecked)", value=value.words, otherwise=otherwise)
