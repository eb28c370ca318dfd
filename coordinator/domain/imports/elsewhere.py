"""What notes, reasons and other free words mention: quoted and asked about, never a fact by itself.

Only whole words and phrases count, the longest first, each concept once. A mention that an answer of its own
says already is not asked again, nor one that agrees with a plain "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.facts.food_names import DAIRY
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.domain.suitability.mentions import FOODS, mention_topic
from coordinator.domain.vocabulary import Concept, Words, vocabulary, words_of
from coordinator.sayings import Saying, coded, saying

FreeWords = tuple[bool, str]
"""Whether they are her notes, not those of another column, and the words as typed."""

_KINDS = (
    *("vaccines", "medicines", "drugs", "cannabis", "nicotine", "supplements", "herbs", "alcohol"),
    *("elsewhere", "events", "infections", "freezers", "foods"),
)
_TOPICS = {
    "medicines": FactKind.MEDICINE,
    "drugs": FactKind.MEDICINE,
    "cannabis": FactKind.CANNABIS,
    "nicotine": FactKind.NICOTINE,
    "supplements": FactKind.SUPPLEMENT,
    "herbs": FactKind.HERB,
    "alcohol": FactKind.ALCOHOL,
    "infections": FactKind.ILLNESS,
    "foods": FactKind.FOOD,
}
"""List -> what its words are about in a donor's notes."""
_TOPICS_OF = {
    ("events", "tattoo"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "permanent_makeup"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "piercing"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "body_modification"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "transfusion"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "needle_stick"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "immunoglobulin"): FactKind.TATTOO_OR_TRANSFUSION,
    ("events", "transplant"): FactKind.TRANSPLANT,
    ("events", "breast_surgery"): FactKind.ILLNESS,
    ("elsewhere", "hospital"): FactKind.ILLNESS,
    ("elsewhere", "surgery"): FactKind.ILLNESS,
    ("elsewhere", "illness"): FactKind.ILLNESS,
    ("elsewhere", "chronic"): FactKind.MEDICINE,
    ("elsewhere", "blood_in_milk"): FactKind.ILLNESS,
    ("elsewhere", "power_cut"): FactKind.FREEZER,
    ("elsewhere", "storage"): FactKind.FREEZER,
    ("freezers", "thawed"): FactKind.FREEZER,
    ("freezers", "refrozen"): FactKind.FREEZER,
    ("freezers", "power_cut"): FactKind.FREEZER,
    ("elsewhere", "heat"): FactKind.HEAT_TREATED,
}
_NOT_ASKED = frozenset(
    {"panel", "all_panel", "donor_panel", "blood_donation", "prenatal_panel", "rest", "blood_test"}
    | {"blood_count", "hbv_antibody", "non_alcoholic", "cooking", "mouthwash", "communion"}
    | {"vegan", "vegetarian", "coffee", "tea", "soda", "caffeine"}
    | {"prenatal", "prenatal_dha", "multivitamin", "vitamin", "supplement"}
)
"""Concepts that in free words make no milk worse."""
_ASKED = {
    FactKind.MEDICINE: saying("what does she take, since when?"),
    FactKind.SUPPLEMENT: saying("does she take it, since when?"),
    FactKind.HERB: saying("does she take it, since when?"),
    FactKind.CANNABIS: saying("who, and when?"),
    FactKind.NICOTINE: saying("who smokes or vapes, and when?"),
    FactKind.ALCOHOL: saying("how much, and when?"),
    FactKind.ILLNESS: saying("who was ill, from when to when, and what was taken?"),
    FactKind.TATTOO_OR_TRANSFUSION: saying("when was it, and was everything sterile?"),
    FactKind.TRANSPLANT: saying("when was it?"),
    FactKind.FREEZER: saying("which bags, for how long, and did they stay frozen?"),
    FactKind.HEAT_TREATED: saying("which bags were heated, and how many ounces?"),
    FactKind.DAIRY: saying("does she eat any, since when?"),
    FactKind.FOOD: saying("does she eat it, since when?"),
}
_ANOTHERS = frozenset({"baby", "child"})
_PEOPLE = frozenset({"partner", "household", "relative", *_ANOTHERS})
_BABIES = frozenset({"baby", "babies"})
_OWN_BODY = frozenset({"hospital", "surgery"})
_CARED_FOR = frozenset({"allergy_sign", "clinician", "cleft", "preterm", "jaundice"})
"""What a family's words may say of a baby who is at home: asked, not referred."""
_NEGATION = re.compile(r"\b(?:no|not|never|non|none|nobody|without|free)\b|n[o'’]t\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\d|\b(?:since|until|till|but|except|only|just|any ?more|again|when|unless|quit|stop\w*|start\w*|yet|"
    r"now|used|before|after|ago|last|always|sometimes|maybe)\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[-–—]\s+|,\s+(?:but|and)\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that free words name: the words as typed, and the clause they stand in."""

    concept: Concept
    words: str
    clause: str
    people: frozenset[str] = frozenset()

    @property
    def is_denied(self) -> bool:
        """Whether the clause plainly says no, with nothing that changes it."""
        return bool(_NEGATION.search(self.clause)) and not _CHANGE.search(self.clause)


def donor_mentions(
    texts: Iterable[FreeWords], facts: Sequence[Fact]
) -> tuple[tuple[Fact, ...], tuple[QuestionAnswer, ...]]:
    """Return what a donor's free words mention beside *facts*, her answers, and what to ask about each."""
    told, questions, known = list[Fact](), list[QuestionAnswer](), set[tuple[FactKind, str]]()
    for in_notes, text in texts:
        for mention in mentions(text):
            kind = _donor_topic(mention)
            key = mention.concept.key
            if kind is None or (kind, key) in known or _is_answered(mention, kind, facts):
                continue
            known.add((kind, key))
            raw = _mentioned(mention, in_notes=in_notes)
            subject = key if kind in FOODS else mention.concept.label
            told.append(Fact(kind, Presence.UNCLEAR, subject, raw=raw, source=FactSource.NOTES))
            questions.append(
                QuestionAnswer(mention_topic(kind), _asked(mention, kind, in_notes=in_notes), raw)
            )
    return tuple(told), tuple(questions)


def _mentioned(mention: Mention, *, in_notes: bool) -> str:
    """Return what is stored of a mention, by which its question is found again."""
    if in_notes:
        return saying("Notes mention “{words}”", words=mention.words).in_english
    return saying("Another column mentions “{words}”", words=mention.words).in_english


def _asked(mention: Mention, kind: FactKind, *, in_notes: bool) -> Saying:
    words, asked = mention.words, _ASKED[kind]
    if in_notes:
        return coded("asked.notes_mention", "Notes mention “{words}”: {asked}", words=words, asked=asked)
    return coded(
        "asked.column_mentions", "Another column mentions “{words}”: {asked}", words=words, asked=asked
    )


@lru_cache(maxsize=4096)
def health_words(reason: str, notes: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a family's reason and notes that speak of illness: to refer for, to ask about."""
    refer, ask = dict[str, None](), dict[str, None]()
    for mention in (*mentions(reason, in_notes=False), *mentions(notes)):
        if mention.concept.group == "health" and mention.concept.key != "clinician":
            (ask if mention.concept.key in _CARED_FOR else refer)[mention.words] = None
    return tuple(refer), tuple(ask)


def tells_licence(text: str) -> bool:
    """Whether *text* says that a place was licensed or its needles sterile, or that they were not."""
    words, known = words_of(text), vocabulary().lists["licences"].phrases
    return any(
        (one := known.get(words[start:end])) is not None and one.key != "shop"
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _longest()) + 1)
    )


def names_a_freezer(text: str) -> bool:
    """Whether *text* is nothing but a freezer or a part of one, which is a size to keep: "top freezer"."""
    words = tuple(word for word in words_of(text) if word not in _SIZES)
    known = vocabulary().lists["freezers"].phrases
    freezer = known.get(words)
    return words == ("freezer",) or (freezer is not None and freezer.group == "freezer")


_SIZES = frozenset(
    {"a", "an", "one", "two", "half", "whole", "full", "small", "big", "large", "top", "bottom"}
)
"""Words that go before a freezer and say how much of it there is."""


@lru_cache(maxsize=4096)
def mentions(text: str, *, in_notes: bool = True) -> tuple[Mention, ...]:
    """Return every concept that *text* names, in the order of the words.

    Args:
        text: As typed.
        in_notes: Whether it answers no question, so that words which mean something only there do not count.
    """
    clauses = filter(None, _CLAUSES.split(text))
    return tuple(one for clause in clauses for one in _in_clause(clause, in_notes=in_notes))


def _in_clause(clause: str, *, in_notes: bool) -> Iterator[Mention]:
    pieces = clause.split()
    spelt = [(word, at) for at, piece in enumerate(pieces) for word in words_of(piece)]
    hits = list(_hits(tuple(word for word, _ in spelt), in_notes=in_notes))
    people = [hit for hit in hits if hit[0].key in _PEOPLE and hit[0].kind == "elsewhere"]
    for concept, start, end in hits:
        if concept.group == "people":
            continue
        first, last = spelt[start][1], spelt[end - 1][1]
        # "Husband has covid" says more than "covid".
        first = min([first, *(spelt[at][1] for _, at, _ in people if spelt[at][1] < first)])
        words = " ".join(pieces[first : last + 1]).strip(" .,;:!?()“”\"'")
        yield Mention(concept, words, clause, frozenset(one.key for one, _, _ in people))


def _hits(words: Words, *, in_notes: bool) -> Iterator[tuple[Concept, int, int]]:
    """Yield each concept with its first word and the one after its last; the longest phrase counts."""
    known = vocabulary().phrases(_KINDS, in_notes=in_notes)
    longest = _longest()
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + longest), at, -1):
            concept = known.get(words[at:end])
            if concept is not None:
                yield concept, at, end
                at = end
                break
        else:
            at += 1


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(words) for words in vocabulary().phrases(_KINDS))


def _donor_topic(mention: Mention) -> FactKind | None:
    concept = mention.concept
    is_anothers = mention.people & _ANOTHERS or _BABIES.intersection(words_of(mention.words))
    if concept.key in _NOT_ASKED or (concept.key in _OWN_BODY and is_anothers):
        return None
    kind = _TOPICS_OF.get((concept.kind, concept.key)) or _TOPICS.get(concept.kind)
    return FactKind.DAIRY if kind is FactKind.FOOD and _is_dairy(concept) else kind


def _is_dairy(concept: Concept) -> bool:
    return concept.key in vocabulary().covered(DAIRY)


def _is_answered(mention: Mention, kind: FactKind, facts: Sequence[Fact]) -> bool:
    """Whether her own answer names the same thing, or both say a plain no."""
    own = [fact for fact in facts if fact.kind in _ALIKE.get(kind, (kind,))]
    if any(fact.presence is Presence.NO and not fact.is_dated for fact in own) and mention.is_denied:
        return True
    told = [fact.raw or fact.subject for fact in own if fact.presence is Presence.YES]
    return any(one.concept == mention.concept for words in told for one in mentions(words, in_notes=False))


_TAKEN = (FactKind.MEDICINE, FactKind.SUPPLEMENT, FactKind.HERB)
_ALIKE = {
    **dict.fromkeys(_TAKEN, _TAKEN),
    FactKind.FOOD: (FactKind.FOOD, FactKind.FOOD_AVOIDED),
    FactKind.DAIRY: (FactKind.DAIRY, FactKind.FOOD_AVOIDED),
}
