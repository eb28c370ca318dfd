"""What reading an answer gives: facts, what to ask, and the words that were not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.wording import when
from coordinator.domain.reading.tokens import Token
from coordinator.sayings import Saying, as_written, coded, joined, saying


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts of one answer, the questions it leaves, and the words that no grammar consumed.

    An answer that is not wholly understood has a fact of its kind that is ``UNCLEAR`` and has no dates, so
    that it is asked about for all days, beside whatever was understood. ``questions`` are without the name
    of the field and without its words; whoever shows them adds both.
    """

    facts: tuple[Fact, ...] = ()
    questions: tuple[Saying, ...] = ()
    not_understood: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """All its questions in words; empty when there is none."""
        return "; ".join(map(str, self.questions))

    @property
    def is_clear(self) -> bool:
        """Whether nothing of it is asked."""
        return not self.questions


def describe(fact: Fact) -> str:
    """Return a fact in plain words, for comparing two answers and showing a change."""
    words = [fact.subject] if fact.subject else []
    words.append(fact.presence.value)
    if fact.start:
        words += ["from", fact.start.isoformat()]
    if fact.end:
        words += ["until", fact.end.isoformat()]
    return " ".join(words) if fact.presence is not Presence.UNCLEAR else f"unclear: {fact.raw}"


def question_about(label: Saying, reading: Reading, text: str) -> Saying:
    """Return what to ask about an answer: what was understood of it, what was not, and her words."""
    told = [shown(fact) for fact in reading.facts if _is_news(fact, reading.questions)]
    asked = joined("; ", [*told, *reading.questions])
    return coded("asked.about_answer", "{label}: {asked}? (“{words}”)", label=label, asked=asked, words=text)


def _is_news(fact: Fact, questions: Sequence[Saying]) -> bool:
    """Whether a fact was understood and no question says it already."""
    is_asked = bool(fact.subject) and any(
        question.in_english.startswith(fact.subject) for question in questions
    )
    return fact.presence is not Presence.UNCLEAR and not is_asked


def shown(fact: Fact) -> Saying:
    """Return a fact in her words and with its days, for a question or a preview."""
    if fact.presence is Presence.UNCLEAR:
        return saying("not clear, asked")
    words = as_written(fact.subject) or fact.presence.words
    return saying("{words} {when}", words=words, when=when(fact)) if fact.is_dated else words


def plain(kind: FactKind, presence: Presence, text: str, subject: str = "") -> Reading:
    """Return one fact without dates."""
    return Reading((Fact(kind, presence, subject, raw=text),))


def asked(
    kind: FactKind, text: str, question: Saying, facts: Sequence[Fact] = (), left: Iterable[str] = ()
) -> Reading:
    """Return *facts* with the one that says that the answer was not clear, and the question."""
    return Reading((*facts, Fact(kind, Presence.UNCLEAR, raw=text)), (question,), tuple(left))


_CLAUSE_END = re.compile(r"[,;()\n]|[.!](?=\s|$)|$")


def unread(text: str, left: Sequence[Token]) -> tuple[str, ...]:
    """Return the words of the tokens left over, each with the rest of its clause, in reading order.

    Half a clause understood is not understood: "but my husband smokes", not "husband".
    """
    found: list[str] = []
    reached = 0
    for token in sorted(left, key=lambda one: one.start):
        if token.start < reached:
            continue
        end = _CLAUSE_END.search(text, token.end)
        reached = end.start() if end else len(text)
        found.append(" ".join(text[token.start : reached].split()))
    return tuple(found)


WHAT_IS_MEANT = saying("what is meant")


def what_does_it_mean(left: Sequence[str], otherwise: Saying = WHAT_IS_MEANT) -> Saying:
    """Return the question about the words left over."""
    if not left:
        return otherwise
    each = (saying("“{words}”", words=words) for words in left)
    quoted = reduce(lambda first, then: saying("{first} and {then}", first=first, then=then), each)
    return saying("what does {quoted} mean", quoted=quoted)
