"""How a value is said on a review sheet, on paper and in a workbook alike."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.domain.policies.profiles import PolicyValue
from coordinator.domain.policies.review import Answer, Proposal
from coordinator.domain.policies.rules import RULES, Shape
from coordinator.domain.policies.sources import Status
from coordinator.domain.policies.values import choice_words, unit_words
from coordinator.sayings import Saying, as_written, joined, saying

INFORMATION = saying("Information with a source, not medical advice; a clinician reviews it.")
HOW_TO_ANSWER = saying(
    "For each value: agree, change to (type the new value in the unit shown), or ask (write what you ask). "
    "What you leave blank stays as it is."
)
_STATUS = {
    Status.PRIMARY: saying("the issuing body’s own page was read"),
    Status.COPY: saying("only a copy was read, not the issuing body’s own page"),
    Status.UNVERIFIED: saying("nobody has compared it with the issuing body’s own page"),
    Status.CHOICE: saying("our choice"),
}


def status_line(status: Status | str, copies: int = 0) -> Saying:
    """Return how well a value is known; so many *copies* that agree were met."""
    if copies > 1 and status == Status.COPY:
        return saying("{n} copies that agree were read, not the issuing body’s own page", n=copies)
    return _STATUS[Status(status)]


def may_be(value: PolicyValue) -> Saying:
    """Return what a value is measured in or chosen from."""
    rule = RULES[value.rule]
    choices = joined(", ", [saying("“{word}”", word=choice_words(one)) for one in rule.choices])
    if rule.shape is Shape.CHOICE:
        return choices
    if rule.shape is not Shape.AMOUNT:
        return saying("a list, with “;” between")
    unit = unit_words(value.unit)
    return saying("{unit}, or {choices}", unit=unit, choices=choices) if rule.choices else unit


def checks_of(value: PolicyValue) -> Iterator[Saying]:
    """Yield who checked a value in this network: a page opened, a review, a question."""
    seen, change = value.seen_again, value.change
    if seen is not None:
        said = saying(
            "{name} opened {page} on {on}: same figure", name=seen.by, page=seen.address, on=seen.on
        )
        yield said
    if change is not None and value.is_reviewed and change.reviewed_on is not None:
        yield saying("reviewed by {name} on {on}", name=change.clinician, on=change.reviewed_on)
    if change is not None and change.asked_on is not None:
        yield asks(change.asked_by, change.asked)


def asks(name: str, what: str) -> Saying:
    """Return that a clinician asks about a value, and what."""
    if not what:
        return saying("{name} asks about it", name=name)
    return saying("{name} asks: {what}", name=name, what=what)


def proposal_words(proposal: Proposal, value: Saying) -> Saying:
    """Return what an answer would do, in a sentence; *value* is the new one in words."""
    title = RULES[proposal.now.rule].title
    now, note = proposal.now.words, as_written(proposal.note)
    if proposal.answer is Answer.AGREE:
        return saying("{title}: {now} is reviewed as it stands", title=title, now=now)
    if proposal.answer is Answer.CHANGE:
        return saying("{title}: {now} becomes {value}", title=title, now=now, value=value)
    if not proposal.note:
        return saying("{title}: {now} stays, and is asked about", title=title, now=now)
    return saying("{title}: {now} stays, and is asked about: {what}", title=title, now=now, what=note)
