"""``milkrun ask`` and ``milkrun reply``: a family's questions as a message, and what came back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coordinator.adapters.spreadsheets.text_files import read_message
from coordinator.cli import json_documents
from coordinator.domain.worklist.family_message import Channel
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, plural, saying
from coordinator.services.asking.by_message import FamilyMessage, message_to, record_sent
from coordinator.services.asking.replies import FamilyReply, asked_of, read_reply, take_reply

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.services.asking.reading import AskedThen, Understood

CHANNELS: Final = {"text": Channel.TEXT, "email": Channel.EMAIL, "pasted": Channel.PASTED}


def ask(task: Task) -> None:
    """Show the message that asks a family what is open; with ``--sent`` note that it was sent."""
    message = message_to(task.database, task.words.family.upper(), task.today)
    if task.words.sent:
        record_sent(task.database, message, CHANNELS[task.words.by], task.today)
    if task.words.json:
        task.say_document(json_documents.written(_of_message(message, is_sent=task.words.sent)))
        return
    if task.words.message:
        for line in tuple(message.text.splitlines()) or (saying("Nothing to ask in a message."),):
            task.say(line)
    else:
        for one in message.items:
            task.say(saying("{number}. {question}", number=one.number, question=one.said))
    for question in message.left_out:
        task.say(saying("Not in a message: {question}", question=question.said))
    if message.asked_on is not None:
        task.say(saying("Last asked by message on {day}.", day=str(message.asked_on)))
    if task.words.sent:
        task.say(saying("{code}: noted as sent.", code=message.code))


def reply(task: Task) -> None:
    """Show how a reply is understood; with ``--accept`` keep what is in no doubt."""
    words, code = task.words, task.words.family.upper()
    asked = asked_of(task.database, code, task.today)
    if not asked.items:
        raise UserError(saying("{code} was asked nothing in a message.", code=code))
    text = sys.stdin.read() if words.file == "-" else read_message(Path(words.file))
    found = read_reply(asked, text, task.today)
    taken = [one for one in found.answers if one.can_count and not one.is_doubtful]
    if words.accept:
        take_reply(task.database, code, taken, task.today)
    if words.json:
        task.say_document(json_documents.written(_of_reply(found, taken if words.accept else [])))
        return
    _tell(task, found)
    if words.accept:
        kept = plural("Kept {n} answer of {code}.", "Kept {n} answers of {code}.", len(taken), code=code)
        task.say(kept)


def _tell(task: Task, found: FamilyReply) -> None:
    for one in found.answers:
        task.say(_line(one))
    told = {one.asked.number for one in found.answers}
    for asked in found.still_asked:
        if asked.number not in told:
            task.say(saying("{number}. {question} Stays asked.", number=asked.number, question=asked.said))
    for words in _besides(found):
        task.say(saying("Not read as an answer: “{words}”", words=words))


def _line(one: Understood) -> Saying:
    number, words = one.asked.number, one.words
    if not one.can_count:
        return saying("{number}. “{words}”: {why}", number=number, words=words, why=one.not_clear)
    if one.is_doubtful:
        return saying(
            "{number}. “{words}”: {read_as}. Look first: {why}",
            number=number,
            words=words,
            read_as=one.read_as,
            why=one.doubts[0] if len(one.doubts) == 1 else tuple(one.doubts),
        )
    return saying("{number}. “{words}”: {read_as}", number=number, words=words, read_as=one.read_as)


def _besides(found: FamilyReply) -> list[str]:
    words = (" ".join(one.text.split()) for one in found.pieces if one.kind.is_hers)
    return [one for one in words if one]


def _of_message(message: FamilyMessage, *, is_sent: bool) -> json_documents.Document:
    return {
        "family": message.code,
        "text": message.text,
        "questions": [
            {
                "number": one.number,
                "topic": one.topic,
                "question": str(one.said),
                "hold": one.hold_code or None,
            }
            for one in message.items
        ],
        "left_out": [one.text for one in message.left_out],
        "gentle": message.is_gentle,
        "asked_on": message.asked_on.isoformat() if message.asked_on else None,
        "sent": is_sent,
    }


def _of_reply(found: FamilyReply, taken: list[Understood]) -> json_documents.Document:
    asked = found.asked
    return {
        "family": asked.code,
        "asked_on": asked.on.isoformat() if asked.on else None,
        "answers": [_of_answer(one, is_kept=one in taken) for one in found.answers],
        "still_asked": [_of_asked(one) for one in found.still_asked],
        "not_read": _besides(found),
    }


def _of_answer(one: Understood, *, is_kept: bool) -> json_documents.Document:
    return {
        **_of_asked(one.asked),
        "words": one.words,
        "read_as": str(one.read_as or NOTHING) or None,
        "not_clear": str(one.not_clear or NOTHING) or None,
        "look_first": [str(why) for why in one.doubts],
        "kept": is_kept,
    }


def _of_asked(one: AskedThen) -> json_documents.Document:
    return {
        "number": one.number,
        "topic": one.topic,
        "question": str(one.said),
        "hold": one.hold_code or None,
    }
