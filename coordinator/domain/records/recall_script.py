"""What to say on the telephone in a recall, step by step, for each of those who are rung."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coordinator.domain.families.languages import languages_of
from coordinator.domain.records.recall_letters import (
    NO_ADVICE,
    QUESTIONS,
    SMALL_RISK,
    LetterMilk,
    LetterPart,
    Sender,
    StepsSource,
    kept_in_words,
)
from coordinator.domain.records.recall_work import Party, PartyKind
from coordinator.domain.volume import VolumeUnit, format_volume
from coordinator.sayings import Saying, as_written, saying


@dataclass(frozen=True, slots=True)
class CallScript:
    """The script for one of those to ring, with where its steps are from."""

    who: str
    name: str
    phone: str
    parts: tuple[LetterPart, ...]
    source: StepsSource


def call_script(
    party: Party,
    milk: Sequence[LetterMilk],
    sender: Sender,
    source: StepsSource,
    unit: VolumeUnit = VolumeUnit.OZ,
) -> CallScript:
    """Return what to say to *party*, with what is known of each part of the *milk*."""
    before = tuple(_before(party))
    parts = [LetterPart(saying("Before you ring"), before)] if before else []
    parts += _STEPS[party.kind](tuple(_facts(milk, unit)), sender)
    return CallScript(party.who, party.name, party.phone, tuple(parts), source)


def _before(party: Party) -> Iterator[Saying]:
    if party.read_first:
        yield saying("Read this first: {words}", words=as_written(party.read_first))
    spoken, _ = languages_of(party.languages)
    if party.languages.strip() and "english" not in spoken:
        yield saying(
            "They told the languages {languages}; ask somebody to translate.", languages=party.languages
        )
    if not party.phone:
        yield saying("No phone is written down: send the letter, or ask who knows them.")


def _facts(milk: Sequence[LetterMilk], unit: VolumeUnit) -> Iterator[Saying]:
    """Yield what is known of each part: how much, when it came, when it was pumped, how it was kept."""
    for one in milk:
        amount = format_volume(one.volume, unit).replace("\u00a0", " ")
        pumped, kept = _pumped(one), kept_in_words(one.kept)
        if one.came_on is None:
            yield saying(
                "{amount} of {lot}, pumped {pumped}; kept and carried: {kept}",
                amount=amount, lot=one.lot, pumped=pumped, kept=kept,
            )  # fmt: skip
        else:
            yield saying(
                "{amount} of {lot} came on {on}, pumped {pumped}; kept and carried: {kept}",
                amount=amount, lot=one.lot, on=one.came_on, pumped=pumped, kept=kept,
            )  # fmt: skip


def _pumped(one: LetterMilk) -> Saying:
    first, last = one.pumped.first, one.pumped.last
    if first is not None and last is not None:
        return saying("{first} to {last}", first=first, last=last)
    if first is not None:
        return saying("from {first} on", first=first)
    if last is not None:
        return saying("until {last}", last=last)
    return saying("on days nobody told")


def _greeting(sender: Sender) -> Saying:
    if sender.name:
        return saying(
            "“This is {name} of {network}. Have you a few minutes? It is about milk, and no emergency.”",
            name=sender.name,
            network=sender.of_network,
        )
    return saying(
        "“I ring for {network}. Have you a few minutes? It is about milk, and no emergency.”",
        network=sender.of_network,
    )


def _to_a_family(facts: tuple[Saying, ...], sender: Sender) -> list[LetterPart]:
    return [
        LetterPart(
            saying("Say"),
            (
                _greeting(sender),
                saying("“Some of the milk that came to you, another mother's milk, is in question.”"),
                SMALL_RISK,
                *facts,
            ),
        ),
        LetterPart(
            saying("Ask them to"),
            (
                saying("Keep what is left apart, and not feed it until you ring again."),
                saying("Tell the baby's doctor, and hand on these details; offer the letter."),
            ),
        ),
        LetterPart(
            saying("Ask, and write down"),
            (
                saying("How much of it was fed, how much was thrown out, how much is left?"),
                saying("Whoever does not know has answered, too: note what they do know."),
            ),
        ),
        LetterPart(
            saying("If they ask"),
            (
                NO_ADVICE,
                saying("Whose milk it is, and why it is in question: you tell no family about another."),
            ),
        ),
    ]


def _to_a_donor(facts: tuple[Saying, ...], sender: Sender) -> list[LetterPart]:
    return [
        LetterPart(
            saying("Say"),
            (
                _greeting(sender),
                saying("“Some of the milk you gave is in question. Nobody blames you.”"),
                SMALL_RISK,
            ),
        ),
        LetterPart(saying("Ask, and write down what she would like to tell"), QUESTIONS),
        LetterPart(
            saying("What is with her still"),
            (
                *facts,
                saying("Ask her to keep it apart, and to give none of it away until you ring again."),
                saying("How much is left, and was some of it discarded or fed to her own baby?"),
            ),
        ),
        LetterPart(
            saying("If she asks"),
            (saying("To whom it went, and how their babies are: you tell no family about another."),),
        ),
    ]


def _to_a_volunteer(facts: tuple[Saying, ...], sender: Sender) -> list[LetterPart]:
    return [
        LetterPart(
            saying("Say"),
            (_greeting(sender), saying("“Some of the milk that waits with you is in question.”"), *facts),
        ),
        LetterPart(
            saying("Ask them to"),
            (
                saying("Keep it apart, frozen as it is, and bring it to nobody until you ring again."),
                saying("Say how much is there, and how it was kept since the run."),
            ),
        ),
    ]


_STEPS: Mapping[PartyKind, Callable[[tuple[Saying, ...], Sender], list[LetterPart]]] = {
    PartyKind.FAMILY: _to_a_family,
    PartyKind.DONOR: _to_a_donor,
    PartyKind.VOLUNTEER: _to_a_volunteer,
}
