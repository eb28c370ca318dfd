"""The letter before a yes: what the other side told, what the authorities say, and that both may say no.

What each side may see of the other is decided here and nowhere else: ``SHOWN_OF_DONOR`` and ``_of_family``;
``disclosed`` keeps of it what a choice was made with.
No letter has a surname, an address, a phone, notes, or why a family needs milk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coordinator.domain.agreements.holds import Hold, Side
from coordinator.domain.agreements.messages import milk_in_words
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource
from coordinator.domain.facts.wording import told
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.families.households import Household, first_name
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying

SHOWN_OF_DONOR: Final = (
    FactKind.DAIRY,
    FactKind.FOOD_AVOIDED,
    FactKind.FOOD,
    FactKind.MEDICINE,
    FactKind.SUPPLEMENT,
    FactKind.HERB,
    FactKind.NICOTINE,
    FactKind.ALCOHOL,
    FactKind.CANNABIS,
    FactKind.CAFFEINE,
    FactKind.BLOOD_TEST,
    FactKind.TATTOO_OR_TRANSFUSION,
    FactKind.TATTOO,
    FactKind.TRANSFUSION,
    FactKind.TRANSPLANT,
    FactKind.ILLNESS,
    FactKind.TRAVEL,
    FactKind.HEAT_TREATED,
)
"""Which of her answers the family is told. Her freezer and her own baby's birth are the coordinator's."""
_ASKED_OF_EVERYBODY: Final = (
    FactKind.DAIRY,
    FactKind.MEDICINE,
    FactKind.NICOTINE,
    FactKind.ALCOHOL,
    FactKind.CANNABIS,
    FactKind.BLOOD_TEST,
    FactKind.TATTOO_OR_TRANSFUSION,
    FactKind.ILLNESS,
)
"""Where no answer is a line of its own: a family must not read silence as a no."""
_ANSWERED_TOGETHER: Final = {FactKind.TATTOO_OR_TRANSFUSION: (FactKind.TATTOO, FactKind.TRANSFUSION)}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one authority says, in a sentence of ours.

    ``year`` is missing where its page names none. ``is_copy``: its own page could not be read.
    """

    body: str
    title: str
    address: str
    said: str
    year: int | None = None
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Statements:
    """All of them, and the version a choice is kept with."""

    version: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter may draw on.

    ``need`` is what the baby drinks a day beyond its mother's milk, ``still_asked`` what is still to be asked
    of the donor or a clinician before this milk goes to this baby.
    """

    hold: Hold
    donor: Household
    family: Household
    baby: Baby
    facts: tuple[Fact, ...]
    pumped: tuple[date | None, date | None] = (None, None)
    need: Volume | None = None
    signature: str = ""
    network: str = ""
    unit: VolumeUnit = VolumeUnit.OZ
    is_gentle: bool = False
    still_asked: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines; ``sources`` are set smaller, each under its line."""

    heading: Saying
    lines: tuple[Saying, ...]
    sources: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceLetter:
    """One side's letter."""

    to: Side
    title: Saying
    opening: Saying
    parts: tuple[Part, ...]
    closing: Saying
    version: str


def choice_letter(known: Told, statements: Statements, to: Side, today: date) -> ChoiceLetter:
    """Return the letter to one side of a hold, before its yes."""
    reader = known.donor if to is Side.DONOR else known.family
    about = _to_donor(known, today) if to is Side.DONOR else _to_family(known)
    parts = (*about, _authorities(statements), _to_decide(to))
    return ChoiceLetter(
        to,
        saying("Before you say yes"),
        _opening(known, first_name(reader.name), to),
        parts,
        _closing(known),
        statements.version,
    )


def as_text(letter: ChoiceLetter) -> str:
    """Return the letter to paste into a message, or to read aloud."""
    blocks = [str(letter.opening)]
    for part in letter.parts:
        lines = [str(part.heading)]
        for at, line in enumerate(part.lines):
            lines.append(f"- {line}")
            if at < len(part.sources):
                lines.append(f"  {part.sources[at]}")
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, str(letter.closing), str(version_words(letter.version))]) + "\n"


def version_words(version: str) -> Saying:
    """Return which text it is."""
    return saying(
        "Text of {version}. Information with a source, not medical advice; a clinician reviews it.",
        version=version,
    )


def _opening(known: Told, reader: str, to: Side) -> Saying:
    milk = milk_in_words(known.hold, known.unit)
    if to is Side.FAMILY:
        return saying(
            "Dear {name}, this concerns {milk} that a donor in {town} would share with you. Please read it "
            "before you decide.",
            name=reader,
            milk=milk,
            town=known.hold.donor_town,
        )
    babies = known.baby.count
    whom = plural("{n} baby", "{n} babies", babies) if babies > 1 else saying("a baby")
    if known.is_gentle:
        return saying(
            "Dear {name}, this concerns {milk} for {whom} in {town}. Take all the time you need; no is a "
            "good answer too.",
            name=reader,
            milk=milk,
            whom=whom,
            town=known.hold.recipient_town,
        )
    return saying(
        "Dear {name}, this concerns {milk} for {whom} in {town}. Please read it before you decide.",
        name=reader,
        milk=milk,
        whom=whom,
        town=known.hold.recipient_town,
    )


def _to_family(known: Told) -> tuple[Part, ...]:
    name = first_name(known.donor.name)
    told_us = Part(saying("What {name} told us", name=name), tuple(of_donor(known.facts)))
    return told_us, *_still_open(known), Part(saying("The milk"), tuple(_milk(known)))


def _still_open(known: Told) -> tuple[Part, ...]:
    """Return the part that says what nobody knows yet; none where nothing is open."""
    return (Part(saying("Still to be asked"), known.still_asked),) if known.still_asked else ()


def of_donor(facts: Sequence[Fact]) -> Iterator[Saying]:
    """Return what the family is told of a donor's answers, and what nobody has asked her."""
    answers = list(shown_of_donor(facts))
    for kind in SHOWN_OF_DONOR:
        yield from (_dated(one) for one in answers if one.kind is kind)
        if kind in _ASKED_OF_EVERYBODY:
            for missing in _unanswered(kind, {one.kind for one in answers}):
                yield saying("{what}: not answered yet", what=_named(missing))


def shown_of_donor(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the answers of a donor that a family is told; what her notes only mention is no answer."""
    for kind in SHOWN_OF_DONOR:
        yield from (one for one in facts if one.kind is kind and one.source is not FactSource.NOTES)


def _unanswered(kind: FactKind, answered: set[FactKind]) -> Iterable[FactKind]:
    """Return *kind* where nobody answered it; of one that stands for two, the one that is missing."""
    parts = _ANSWERED_TOGETHER.get(kind, ())
    missing = [one for one in parts if one not in answered]
    if kind in answered or (parts and not missing):
        return ()
    return missing if len(missing) < len(parts) else (kind,)


def answer_words(fact: Fact) -> Saying:
    """Return one answer as a family is told it, without its day."""
    return saying("{what}: {told}", what=_named(fact.kind), told=told(fact))


def _dated(fact: Fact) -> Saying:
    said = answer_words(fact)
    if fact.recorded_on is None:
        return said
    return saying("{said} (told {on})", said=said, on=fact.recorded_on)


def _named(kind: FactKind) -> Saying:
    return _QUESTIONS.get(kind) or kind.words


_QUESTIONS: Final = {
    FactKind.DAIRY: saying("eats or drinks dairy"),
    FactKind.FOOD_AVOIDED: saying("foods she leaves out"),
    FactKind.FOOD: saying("food she eats"),
    FactKind.MEDICINE: saying("medicines"),
    FactKind.SUPPLEMENT: saying("supplements"),
    FactKind.HERB: saying("herbs"),
    FactKind.BLOOD_TEST: saying("blood tests"),
    FactKind.ILLNESS: saying("illness in her home"),
    FactKind.HEAT_TREATED: saying("milk heat-treated at home"),
}


def _milk(known: Told) -> Iterator[Saying]:
    yield saying("{milk}", milk=milk_in_words(known.hold, known.unit))
    first, last = known.pumped
    if first is not None and last is not None:
        yield saying("pumped {first} to {last}", first=first, last=last)
    else:
        yield saying("when it was pumped was not told for all of it")


def _to_donor(known: Told, today: date) -> tuple[Part, ...]:
    name = first_name(known.family.name)
    return (
        Part(saying("What {name} told us", name=name), tuple(_of_family(known, today))),
        Part(saying("What we tell {name} of you", name=name), tuple(of_donor(known.facts))),
        *_still_open(known),
    )


def _of_family(known: Told, today: date) -> Iterator[Saying]:
    baby = known.baby
    if baby.born is not None:
        months = max(0, (today.year - baby.born.year) * 12 + today.month - baby.born.month)
        months -= months > 0 and today.day < baby.born.day
        if baby.count > 1:
            yield plural(
                "{babies} babies of {n} month",
                "{babies} babies of {n} months",
                months,
                babies=str(baby.count),
            )
        else:
            yield plural("a baby of {n} month", "a baby of {n} months", months)
    if known.need:
        amount = as_written(format_volume(known.need, known.unit))
        yield saying("needs about {amount} a day", amount=amount)
    if baby.must_avoid:
        yield saying("the milk must be without: {foods}", foods=", ".join(baby.must_avoid))
    yield from (words for _, words in wishes_of(baby))


def wishes_of(baby: Baby) -> Iterator[tuple[str, Saying]]:
    """Yield what a family does not take, each with the name of its field."""
    if baby.medicine_ok is Willing.NO:
        yield "medicine_ok", saying("does not take {what}", what=saying("milk with medicines in it"))
    if baby.nicotine_ok is Willing.NO:
        yield "nicotine_ok", saying("does not take {what}", what=saying("milk of somebody who smokes"))


def _authorities(statements: Statements) -> Part:
    said = [saying("{body}: {said}", body=one.body, said=one.said) for one in statements.statements]
    return Part(saying("What the authorities say"), tuple(said), tuple(map(_source, statements.statements)))


def _source(one: Statement) -> Saying:
    title = saying("{title}, {year}", title=one.title, year=str(one.year)) if one.year else one.title
    words = saying("{title}: {address}", title=title, address=one.address)
    return saying("{source} (a copy was read)", source=words) if one.is_copy else words


def _to_decide(to: Side) -> Part:
    lines = [saying("You decide for yourselves, and you may say no at any time, also after a yes.")]
    if to is Side.FAMILY:
        lines += [
            saying("Talk with your baby's clinician first, and tell us what you would ask the donor."),
            saying("Tell us whether you will heat-treat the milk yourselves."),
        ]
    else:
        lines.append(
            saying("Tell us what has changed since you answered: medicines, illness, blood tests, diet.")
        )
    lines.append(saying("No money is paid for milk. Surnames and addresses are given only after both yeses."))
    return Part(saying("For you to decide"), tuple(lines))


def _closing(known: Told) -> Saying:
    me = known.signature or saying("your milk coordinator")
    return joined(", ", filter(None, (me, known.network or NOTHING)))
