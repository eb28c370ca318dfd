"""A family's request: the baby, what there is at home, what it must avoid, how far they drive."""

from __future__ import annotations

import re

from coordinator.domain.families.babies import Willing
from coordinator.domain.families.lists import NONE, as_text
from coordinator.domain.imports.amounts import Amount
from coordinator.domain.imports.births import name_and_birth, read_birth_of
from coordinator.domain.imports.donor_rows import read_gestation
from coordinator.domain.imports.elsewhere import names_a_freezer
from coordinator.domain.imports.formula import formula_mentioned
from coordinator.domain.imports.free_words import babies_told, words_of_loss
from coordinator.domain.imports.household_rows import drives
from coordinator.domain.imports.measures import read_reach, read_space
from coordinator.domain.imports.numbers import IS_YES
from coordinator.domain.imports.row import RowReader
from coordinator.domain.imports.row_answers import RecipientAnswers
from coordinator.domain.reading.foods import read_must_avoid
from coordinator.domain.reading.tokens import GRAMMAR
from coordinator.domain.vocabulary import vocabulary, words_of
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, coded, saying

_HALFWAY = r"\b(?:meet|come)\b[^.]{0,20}\bhalf[- ]?way"
_URGENT = r"\bneeds?\b[^.]{0,20}\b(?:this week|asap|urgent)|\burgent|\basap\b|\brun(?:s|ning)? out\b"


def read_recipient(row: RowReader, texts: list[str]) -> RecipientAnswers:
    """Return what the family's own columns say; *texts* are all free words of the row."""
    everything = " \n ".join([*texts, row.text("baby_name")])
    minutes_or_miles = _reach(row)
    return RecipientAnswers(
        baby_name=_baby_name(row),
        baby_born=read_birth_of(row, saying("Baby's birth date")),
        babies=_babies(row, everything),
        gestation_weeks=read_gestation(row),
        reason=row.words("reason"),
        own_supply=row.amount("own_supply", saying("Own milk per day")),
        formula=_formula(row),
        formula_mentioned=_formula_mentioned(row, texts),
        stock=row.amount("stock", saying("Milk in the freezer")),
        freezer_space=_freezer_space(row),
        must_avoid=_must_avoid(row),
        medicine_ok=_willing(row, "medicine_ok", saying("Donor's medicine")),
        nicotine_ok=_willing(row, "nicotine_ok", saying("Donor's nicotine")),
        reach_miles=minutes_or_miles[0],
        reach_minutes=minutes_or_miles[1],
        has_car=drives(row, texts),
        meets_halfway=_says(row, "meets_halfway", _HALFWAY, everything),
        needs_this_week=_says(row, "needs_this_week", _URGENT, everything),
    )


def _baby_name(row: RowReader) -> str:
    """Return the baby's name without the birth date beside it, from whichever cell holds both."""
    name, _ = name_and_birth(row, "baby_name")
    if not name:
        other, born = name_and_birth(row, "baby_born")
        name = other if born is not None else ""
    row.keep("baby_name", name)
    return name


def _must_avoid(row: RowReader) -> tuple[str, ...] | None:
    text = row.text("must_avoid")
    if row.is_unclear("must_avoid"):
        row.ask_about("must_avoid", saying("Baby must avoid"))
        return None
    foods, left = read_must_avoid(text, row.rule_of_answer("must_avoid")) if text else ((), ())
    if left or not text:
        row.ask_about("must_avoid", saying("Baby must avoid"))
    # What was understood still counts as something to avoid until somebody has asked.
    told = None if not text or (left and not foods) else foods
    row.keep("must_avoid", None if told is None else as_text(told) or NONE)
    return told


def _formula(row: RowReader) -> Amount | None:
    """Return what a column about formula tells; nothing is asked where there is none."""
    return row.amount("formula", saying("Formula a day")) if row.text("formula") else None


def _formula_mentioned(row: RowReader, texts: list[str]) -> Volume | None:
    """Return what the family's free words say it tops up with, zero for no plain amount, and ask about it."""
    if row.text("formula"):
        return None
    for key in ("notes", "reason", ""):
        mention = formula_mentioned([row.text(key)] if key else texts)
        if mention is None:
            continue
        row.ask("formula", _about_formula(key, mention.a_day), mention.words)
        if not mention.is_given:
            return None
        row.keep("formula_mentioned", f"{mention.a_day.oz:.3g} oz" if mention.a_day else "some")
        return mention.a_day
    return None


def _about_formula(key: str, a_day: Volume | None) -> Saying:
    what, asked = saying("formula"), saying("how much a day stays?")
    if a_day:
        what = saying("{ounces:.3g} oz of formula a day", ounces=a_day.oz)
        asked = saying("does it stay? Then they need that much less")
    if key == "notes":
        return coded("asked.formula_in_notes", "Notes mention {what}: {asked}", what=what, asked=asked)
    if key == "reason":
        return coded(
            "asked.formula_in_reason", "Why donor milk: mentions {what}: {asked}", what=what, asked=asked
        )
    return coded("asked.formula_told", "They mention {what}: {asked}", what=what, asked=asked)


def _babies(row: RowReader, everything: str) -> int:
    babies = babies_told(everything)
    if babies > 1 and words_of_loss(everything):
        row.ask("babies", coded("asked.how_many_babies", "How many babies are to be fed?"), row.text("notes"))
    elif babies == 1 and re.search(r"\S\s*(?:&|\band\b|,)\s*\S", row.text("baby_name")):
        said = coded("asked.two_names", "Two names: is there more than one baby?")
        row.ask("babies", said, row.text("baby_name"))
    row.keep("babies", babies)
    return babies


def _freezer_space(row: RowReader) -> str:
    text = row.text("freezer_space")
    space = read_space(text, row.use("freezer_space").unit)
    kept = text if space is None else " ".join((f"{space:.3g}", "cu", "ft"))
    if space is None and not names_a_freezer(text):
        row.ask_about("freezer_space", saying("Freezer space in cubic feet"))
    row.keep("freezer_space", kept)
    return kept


def _willing(row: RowReader, key: str, label: Saying) -> Willing | None:
    willing = None if row.is_unclear(key) else read_willing(row.text(key))
    if willing is None:
        row.ask_about(key, label)
    row.keep(key, willing.value if willing else "")
    return willing


def read_willing(typed: str) -> Willing | None:
    """Return what a family says to a donor's medicine or nicotine; a yes with a "but" is asked."""
    text = typed.casefold().strip(" .!")
    if re.match(r"(?:it )?depends|ask|maybe|let's talk", text):
        return Willing.ASK
    if re.fullmatch(r"yes|y|ok|okay|fine|sure|true|yes please", text):
        return Willing.YES
    if _is_no(text):
        return Willing.NO
    is_if = re.match(r"(?:yes|ok)\b.*\b(?:if|compatible|depending|approved|with)\b|if compatible", text)
    return Willing.IF_COMPATIBLE if is_if and not _TAKES_BACK.search(text) else None


_TAKES_BACK = re.compile(r"\b(?:no|not|never|none|except|but|don't|unless|without|other than)\b")


def _is_no(text: str) -> bool:
    """Whether the whole answer is one of the ways to say no, or the milk is not wanted so."""
    known = vocabulary().phrases((GRAMMAR,)).get(words_of(text))
    is_plain = known is not None and known.key in {"no", "nope", "never"}
    return is_plain or bool(
        re.fullmatch(r"no,? thank(?:s| you)|(?:i'd )?(?:prefer|rather) (?:not|none)", text)
    )


def _reach(row: RowReader) -> tuple[float | None, int | None]:
    text = row.text("reach")
    use = row.use("reach")
    told = use.limit if use.limit and IS_YES.fullmatch(text) else text
    miles, minutes = read_reach(told, use.unit) if text else (None, None)
    if miles is None and minutes is None:
        row.ask_about("reach", saying("How far they drive"))
    row.keep(
        "reach", f"{minutes} min" if minutes is not None else f"{miles:g} mi" if miles is not None else ""
    )
    return miles, minutes


def _says(row: RowReader, key: str, pattern: str, everything: str) -> bool:
    found = bool(re.search(pattern, everything, re.IGNORECASE))
    row.keep(key, "yes" if found else "")
    return found
