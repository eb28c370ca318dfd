"""What a family is asked in a message: each topic as a sentence spoken to the family, in one place.

The call list speaks to whoever rings ("Nobody has spoken with her yet"); a message speaks to her. Only what
stands here is ever written to a family: what a clinician or the network answers has no sentence, and so stays
out. After changing a sentence raise ``TEXT_VERSION``: it is kept with every message that was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.sayings import NOTHING, Saying, saying

TEXT_VERSION: Final = 1

_FACTS: Final[Mapping[FactKind, Saying]] = {
    FactKind.DAIRY: saying("Do you eat or drink dairy? If you stopped, on which day?"),
    FactKind.FOOD_AVOIDED: saying("Are there foods you leave out? Which, and since which day?"),
    FactKind.FOOD: saying("Do you eat soy, egg, nuts, wheat or fish? If you stopped one, on which day?"),
    FactKind.MEDICINE: saying(
        "Do you take any medicine, or did you while you pumped this milk? Which, from which day to which?"
    ),
    FactKind.SUPPLEMENT: saying("Do you take vitamins or other supplements? Which, and since which day?"),
    FactKind.HERB: saying("Do you take herbs or herbal teas? Which, and since which day?"),
    FactKind.NICOTINE: saying("Do you smoke, vape or use nicotine? If you stopped, on which day?"),
    FactKind.ALCOHOL: saying("Do you drink alcohol? How much and how often? If you stopped, on which day?"),
    FactKind.CANNABIS: saying("Do you use cannabis or CBD? If you stopped, on which day?"),
    FactKind.CAFFEINE: saying("How many drinks with caffeine, such as coffee, do you have a day?"),
    FactKind.BLOOD_TEST: saying(
        "Which blood tests have you had (HIV, HTLV, hepatitis B and C, syphilis), on which day, "
        "with what result?"
    ),
    FactKind.TATTOO_OR_TRANSFUSION: saying(
        "Have you had a tattoo, a piercing or a blood transfusion? Which, and on which day?"
    ),
    FactKind.TATTOO: saying("Have you had a tattoo or a piercing? Which, and on which day?"),
    FactKind.TRANSFUSION: saying("Have you had a blood transfusion? On which day?"),
    FactKind.TRANSPLANT: saying("Have you had a transplant? Which, and on which day?"),
    FactKind.ILLNESS: saying(
        "Has anybody at home been ill since your oldest milk? With what, from which day to which?"
    ),
    FactKind.TRAVEL: saying("Have you stayed abroad? Where, from which day to which?"),
    FactKind.HEAT_TREATED: saying(
        "Is any of the milk heat-treated, such as scalded: no, all of it, or how many ounces?"
    ),
    FactKind.FREEZER: saying("In what kind of freezer do you keep the milk?"),
    FactKind.BIRTH: saying("On which day was your baby born?"),
}
_MENTIONS: Final[Mapping[FactKind, Saying]] = {
    FactKind.FREEZER: saying("Has all of the milk stayed frozen?"),
    FactKind.BIRTH: saying(
        "Are you still pumping, with nothing changed since your form (medicine, food, illness)?"
    ),
}
"""Where a question about what free words mention is another than the plain one of its kind."""
_PLACE: Final = saying("In which town do you live, and what is its ZIP?")
_FIELDS: Final[Mapping[str, Saying]] = {
    "health": saying("Is your baby at home and well?"),
    "stock": saying("How many ounces of milk do you have at home now?"),
    "ounces": saying("How many ounces do you have to share now?"),
    "bags": saying("How many bags or bottles do you have to share now?"),
    "expressed_from": saying("On which day was your oldest milk pumped?"),
    "expressed_to": saying("On which day was your newest milk pumped?"),
    "freezer": saying(
        "Where do you keep the milk: chest freezer, upright freezer, freezer above the fridge, or fridge?"
    ),
    "hours": saying("Which days and times usually suit you?"),
    "phone": saying("Which phone number reaches you best?"),
    "email": saying("Which e-mail address reaches you best?"),
    "town": _PLACE,
    "zip": _PLACE,
    "address": saying("What is your full address, with the ZIP?"),
    "baby_born": saying("On which day was your baby born?"),
    "gestation": saying("How many weeks along were you when your baby was born?"),
    "babies": saying("How many babies are to be fed?"),
    "own_supply": saying("How many ounces of your own milk do you have a day?"),
    "formula": saying("How many ounces of formula does your baby get a day?"),
    "freezer_space": saying("How much room do you have for milk in the freezer, in cubic feet?"),
    "must_avoid": saying("Is there a food your baby must avoid, such as dairy, soy or egg? Which?"),
    "medicine_ok": saying(
        "Would milk of a donor who takes medicine suit you: yes, no, if compatible, or ask me?"
    ),
    "nicotine_ok": saying("Would milk of a donor who uses nicotine suit you: yes, no, or ask me?"),
    "oldest_milk_months": saying("Does milk of any age suit you, or only up to how many months?"),
    "reach": saying("How far could you drive to fetch milk, in miles?"),
    "has_car": saying("Who could fetch the milk for you, or does it have to be driven to you?"),
    "sterile": saying("Was your piercing or tattoo done with sterile needles, by somebody licensed?"),
    "max_hours": saying("For how many hours at most can you drive on one day?"),
    "max_miles": saying("How many miles can you drive at most?"),
    "lift": saying("How many pounds can you lift?"),
    "coolers": saying("Which coolers do you have, in quarts?"),
    "away": saying("When are you away, from which day to which?"),
}
_BY_CODE: Final[Mapping[str, Saying]] = {
    "asked.tests_ran_out": saying("Have you had new blood tests? Which, on which day, with what result?"),
}
_GENTLE_SKIPS: Final = frozenset(
    {FactKind.BIRTH.value, f"mentioned: {FactKind.BIRTH.value}", "baby_born", "gestation", "health", "babies"}
)
"""What nobody who lost her baby is asked in writing."""
LEFT_OUT: Final = frozenset(
    {
        "own", "first_contact", "sign_offs", "timestamp", "name", "first_name", "last_name", "street",
        "state", "preferred_contact", "languages", "notes", "baby_name", "reason", "urgency", "wishes",
    }
)  # fmt: skip
"""Topics no family is asked about in a message: the network's own, or better asked on the phone."""
_ASKED_PLAINLY: Final = frozenset({"health", "has_car", "sterile", "stock"})
"""Topics whose question is the same whether or not something was told before."""


def spoken(question: Question, *, is_gentle: bool = False) -> Saying:
    """Return *question* as it is put to the family itself; nothing for what is not asked in a message.

    What she told is never quoted: a text lies open on many a table.
    """
    if is_gentle and question.topic in _GENTLE_SKIPS:
        return NOTHING
    said = _BY_CODE.get(question.said.code) or sentence_of(question.topic)
    if said and question.raw and question.topic not in _ASKED_PLAINLY:
        return saying("Once more, so that we have it right. {question}", question=said)
    return said


def sentence_of(topic: str) -> Saying:
    """Return the sentence of a topic; nothing where it has none."""
    mentioned = mentioned_kind(topic)
    if mentioned is not None:
        return _MENTIONS.get(mentioned) or _FACTS[mentioned]
    kind = next((kind for kind in FactKind if kind.value == topic), None)
    return _FACTS[kind] if kind is not None else _FIELDS.get(topic, NOTHING)
