"""A pasted reply, read by the readers of told answers, as proposals: nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.facts.wording import told
from coordinator.domain.imports.typed import NotClearError, read_facts
from coordinator.domain.worklist.replies import Piece, PieceKind, split_reply
from coordinator.sayings import Saying, joined
from coordinator.services.imports.told import heated_bags
from coordinator.services.imports.told_answers import ToldAnswer


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reply says to one question.

    ``read_as`` is how the answer is understood, ``None`` where only the words themselves can be shown;
    ``not_clear`` says why it stays asked. ``is_doubtful``: she looks at it before it counts.
    """

    question: Question
    words: str
    read_as: Saying | None = None
    not_clear: Saying | None = None
    is_doubtful: bool = False

    @property
    def answer(self) -> ToldAnswer:
        """The answer to keep, once she has confirmed it."""
        return ToldAnswer(self.words, self.question.id, self.question.topic)


@dataclass(frozen=True, slots=True)
class ReadReply:
    """A reply in its ``pieces``, which show all of it; what it proposes, and which questions stay asked."""

    pieces: tuple[Piece, ...]
    proposals: tuple[Proposal, ...]
    still_asked: tuple[Question, ...]


def read_reply(text: str, questions: Sequence[Question], today: date) -> ReadReply:
    """Return what the reply *text* proposes to *questions*, which are in the order they were numbered in."""
    pieces = split_reply(text, len(questions))
    found = sorted((one for one in pieces if one.kind is PieceKind.ANSWER), key=lambda one: one.number)
    proposals = tuple(_proposed(questions[one.number - 1], one, today) for one in found)
    clear = [one.question for one in proposals if one.not_clear is None]
    return ReadReply(pieces, proposals, tuple(one for one in questions if one not in clear))


def _proposed(question: Question, piece: Piece, today: date) -> Proposal:
    """Return one answer read back; one that no reader of facts reads is always looked at."""
    kind = next((kind for kind in FactKind if kind.value == question.topic), None)
    if kind is None:
        return Proposal(question, piece.words, is_doubtful=True)
    try:
        facts = heated_bags(kind, piece.words) or read_facts(kind, piece.words, today)
    except NotClearError as error:
        return Proposal(question, piece.words, not_clear=error.said, is_doubtful=True)
    read_as = joined("; ", (told(fact) for fact in facts))
    return Proposal(question, piece.words, read_as, is_doubtful=piece.is_doubtful)
