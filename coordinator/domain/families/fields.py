"""Every field of a family, described once: what it is called, how it is read, where it stands.

The importer, typed answers, forms, tables, the history and ``--json`` walk these rows. A row with ``history``
is a column of its table; one with ``headings`` is asked by the lists people fill in. A new field is a row
here and a column in ``coordinator.db``; more only where it *means* something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Asked, Field, On, Question, Seen
from coordinator.domain.families.typed_fields import Kind
from coordinator.sayings import Saying, saying

_DAY = saying("Type a date such as 11/21/2026.")
_AMOUNT = saying("Type an amount such as 120 oz, or “none”.")
_HABIT = saying("Type “no”, “yes”, or with the day, such as “stopped 10/9/2026” or “once, 10/9/2026”.")
_WILLING = saying("Type “yes”, “no”, “if compatible” or “ask me”.")
_YES_NO = (saying("yes"), saying("no"))
_SINCE = saying("Or with the day, such as “stopped 10/9/2026”.")
_WAYS = (saying("text"), saying("call"), saying("e-mail"))
_FREEZERS = (
    saying("chest freezer"),
    saying("deep freezer"),
    saying("upright freezer frost-free"),
    saying("freezer above the fridge"),
    saying("side-by-side"),
    saying("fridge"),
)
_HEATED = (saying("no"), saying("all of it"), saying("some bags"))
_MEDICINE_OK = (saying("yes"), saying("no"), saying("if compatible"), saying("ask me"))
_NICOTINE_OK = (saying("yes"), saying("no"), saying("ask me"))
_WEEKS = saying("Type the completed weeks, such as 38, or “term”.")

_HOUSEHOLD = (
    Field(
        "timestamp", saying("Answered on"), "timestamp;submitted;submission date;date submitted;time stamp",
        question=Question(saying("Answered on"), Asked.DAY),
    ),
    Field(
        "name", saying("Name"),
        "your full name;full name;name;parent's name;parent name;mother's name;contact name", Kind.NAME,
        saying("name"),
        question=Question(saying("Your full name")),
    ),
    Field("first_name", saying("First name"), "first name;given name;your first name"),
    Field("last_name", saying("Last name"), "last name;family name;surname;your last name"),
    Field(
        "name_on_paper", saying("Name on paper"), "", Kind.LINE, saying("name on paper"), seen_by=Seen.DRIVER,
    ),
    Field(
        "email", saying("E-mail"), "email address;email;e-mail;mail;e-mail address;your email", Kind.EMAIL,
        saying("e-mail"), hint=saying("Type an e-mail address."),
        question=Question(saying("E-mail address")),
    ),
    Field(
        "phone", saying("Phone"),
        "cell phone;phone;mobile;phone number;cell;telephone;mobile phone;cell number", Kind.PHONE,
        saying("phone"), hint=saying("Type the number with its area code."), seen_by=Seen.DRIVER,
        question=Question(saying("Cell phone"), help=saying("With its area code.")),
    ),
    Field(
        "other_phone", saying("Other phone"), "", Kind.PHONE, saying("other phone"),
        hint=saying("Type the number with its area code."), seen_by=Seen.DRIVER,
    ),
    Field(
        "other_email", saying("Other e-mail"), "", Kind.EMAIL, saying("other e-mail"),
        hint=saying("Type an e-mail address."),
    ),
    Field("address", saying("Address"), "full address;whole address;address (street, town, state, zip)"),
    Field(
        "street", saying("Street"),
        "street address;address;home address;street;mailing address;address line 1", Kind.LINE,
        saying("street"), seen_by=Seen.DRIVER,
        question=Question(saying("Street address")),
    ),
    Field(
        "town", saying("Town"), "town / city;town;city;city/town;municipality;place", Kind.LINE,
        saying("town"), hint=saying("Type a ZIP, or a town and its state, such as Dover, NH."),
        seen_by=Seen.DRIVER,
        question=Question(saying("Town or city")),
    ),
    Field(
        "state", saying("State"), "state;state / province;province", Kind.STATE, saying("state"),
        seen_by=Seen.DRIVER,
        question=Question(saying("State")),
    ),
    Field(
        "zip_code", saying("ZIP"), "zip;zip code;postal code;zipcode;postcode", Kind.ZIP, saying("ZIP"),
        told_as="zip", hint=saying("Type the five digits of the ZIP."), seen_by=Seen.DRIVER,
        question=Question(saying("ZIP code")),
    ),
    Field(
        "preferred_contact", saying("Best way to reach"),
        "best way to reach you;preferred contact;contact method", Kind.LINE, saying("best way to reach"),
        question=Question(saying("Best way to reach you"), options=_WAYS),
    ),
    Field("ring_times", saying("When to ring"), "", Kind.LINE, saying("when to ring")),
    Field("hours", saying("Good times"), "", Kind.LINE, saying("hours"), seen_by=Seen.DRIVER),
    Field(
        "languages", saying("Languages"), "languages spoken at home;languages;language;languages spoken",
        Kind.LINE, saying("languages"),
        question=Question(saying("Languages spoken at home")),
    ),
    Field("stairs", saying("Stairs at the door"), "", Kind.YES_NO_ASK, saying("stairs"), seen_by=Seen.DRIVER),
    Field("last_contact_on", saying("Last contact"), "", Kind.DAY, saying("last contact")),
    Field(
        "driver_note", saying("For the driver (prints)"), "", Kind.TEXT, saying("note for the driver"),
        seen_by=Seen.DRIVER,
    ),
    Field(
        "notes", saying("Notes (private)"),
        "anything else?;notes;comments;note;anything else we should know;remarks;other info", Kind.TEXT,
        saying("private notes"), saying("Private notes (never print)"), seen_by=Seen.PRIVATE,
        question=Question(saying("Anything else we should know?"), Asked.AT_LENGTH),
    ),
    Field(
        "read_before_ringing", saying("Read before you ring"), "", Kind.TEXT, saying("read before you ring"),
        seen_by=Seen.PRIVATE,
    ),
    Field("first_spoken_on", saying("First talk"), "", Kind.DAY, saying("first talk")),
    Field(
        "first_spoken_how", saying("How they first spoke"), "", Kind.SPOKEN, saying("how they first spoke"),
    ),
)  # fmt: skip
_DONOR = (
    Field("donor_state", saying("State"), "", Kind.DONOR_STATE, saying("state"), seen_by=Seen.PRIVATE),
    Field(
        "baby_born", saying("Her baby's birth date"),
        "your baby's birth date;baby's dob;baby birth date;baby's birthday", Kind.DAY,
        saying("baby's birth date"), saying("Her baby was born"), hint=_DAY, on=On.FORM,
        question=Question(saying("Your baby’s birth date"), Asked.DAY),
    ),
    Field(
        "gestation_weeks", saying("Weeks at birth"),
        "weeks at birth;gestation (weeks);gestation;gestational age", Kind.WHOLE, saying("weeks at birth"),
        told_as="gestation", hint=_WEEKS, limits=(20, 44), on=On.FORM,
        question=Question(
            saying("Weeks of pregnancy when your baby was born"), help=saying("Such as 38, or “term”."),
        ),
    ),
    Field(
        "ounces", saying("Ounces offered"),
        "about how many ounces do you have to share?;ounces;how many ounces;amount of milk;"
        "ounces available;milk to share (oz);ounces to share;oz to share;ounces offered", hint=_AMOUNT,
        question=Question(saying("About how many ounces do you have to share?"), help=saying("Such as 120.")),
    ),
    Field(
        "bags", saying("Bags"), "how many bags or bottles?;bags;number of bags;how many bags;containers",
        hint=saying("Type how many bags, such as 25."),
        question=Question(saying("How many bags or bottles?")),
    ),
    Field(
        "expressed_from", saying("Oldest milk"),
        "oldest milk pumped on;oldest milk;oldest bag;pumped from;oldest date", form=saying("Oldest bag"),
        hint=_DAY,
        question=Question(saying("Oldest milk pumped on"), Asked.DAY),
    ),
    Field(
        "expressed_to", saying("Newest milk"),
        "newest milk pumped on;newest milk;newest bag;pumped to;newest date", form=saying("Newest bag"),
        hint=_DAY,
        question=Question(saying("Newest milk pumped on"), Asked.DAY),
    ),
    Field(
        "freezer", saying("Where it is stored"),
        "where is it stored?;freezer type;storage;freezer;how is it stored;where stored",
        form=saying("Kept in"),
        hint=saying(
            "Type where it is kept, such as chest freezer, side-by-side, or freezer above the fridge."
        ),
        question=Question(saying("Where is it stored?"), options=_FREEZERS),
    ),
    Field(
        "dairy", saying("Dairy"), "do you eat dairy?;dairy;dairy free?;eats dairy", hint=_HABIT,
        fact=FactKind.DAIRY,
        question=Question(saying("Do you eat dairy?"), options=_YES_NO, help=_SINCE),
    ),
    Field(
        "foods_avoided", saying("Foods avoided"),
        "other foods you avoid;foods avoided;diet;food restrictions", fact=FactKind.FOOD_AVOIDED,
        question=Question(saying("Other foods you avoid"), help=saying("Such as “soy, eggs”, or “none”.")),
    ),
    Field(
        "medicines", saying("Medicines"),
        "medications, vitamins and supplements (with start date if recent);medications;medicines;"
        "medication;supplements", fact=FactKind.MEDICINE,
        question=Question(
            saying("Medicines, vitamins and supplements"), Asked.AT_LENGTH,
            help=saying("Each with the day you began, or “none”."),
        ),
    ),
    Field(
        "nicotine", saying("Nicotine"), "nicotine or vaping?;nicotine;smoking;tobacco;do you smoke or vape",
        fact=FactKind.NICOTINE,
        question=Question(saying("Do you smoke, vape or use nicotine?"), options=_YES_NO, help=_SINCE),
    ),
    Field(
        "alcohol", saying("Alcohol"), "alcohol?;alcohol;do you drink alcohol", fact=FactKind.ALCOHOL,
        question=Question(saying("Do you drink alcohol?"), options=_YES_NO, help=_SINCE),
    ),
    Field(
        "cannabis", saying("Cannabis"), "cannabis or cbd?;cannabis;marijuana;thc or cbd",
        fact=FactKind.CANNABIS,
        question=Question(saying("Do you use cannabis or CBD?"), options=_YES_NO, help=_SINCE),
    ),
    Field(
        "blood_tests", saying("Blood tests"),
        "most recent blood tests (date) and results;blood tests;blood test;lab results",
        fact=FactKind.BLOOD_TEST,
        question=Question(
            saying("Most recent blood tests"), Asked.AT_LENGTH,
            help=saying("Which, the day and the result, such as “HIV, HTLV negative 7/14/2026”."),
        ),
    ),
    Field(
        "tattoo", saying("Tattoo, piercing, transfusion"),
        "any tattoo, piercing or transfusion in the last 12 months?;tattoo, piercing or transfusion;"
        "tattoos or piercings;transfusion", form=saying("Tattoo, piercing or transfusion"),
        fact=FactKind.TATTOO_OR_TRANSFUSION,
        question=Question(
            saying("Any tattoo, piercing or transfusion in the last 12 months?"),
            help=saying("“No”, or what it was, with its date."),
        ),
    ),
    Field(
        "heat_treated", saying("Heat-treated"),
        "has any of it been scalded or heat treated?;scalded;heat treated;scalded milk",
        fact=FactKind.HEAT_TREATED,
        question=Question(saying("Has any of the milk been scalded or heat treated?"), options=_HEATED),
    ),
    Field(
        "hours", saying("Good times"),
        "good times for a pickup;pickup times;when can we pick up;hours;best times;availability",
        question=Question(saying("Good times for a pickup")),
    ),
    Field("wishes", saying("Wishes"), "", Kind.TEXT, saying("wishes"), on=On.FORM),
    Field("state_note", saying("Note"), "", Kind.TEXT, saying("note about her state"), seen_by=Seen.PRIVATE),
    Field("bereaved", saying("Loss"), "", Kind.YES_NO, saying("loss"), seen_by=Seen.PRIVATE),
)  # fmt: skip
_RECIPIENT = (
    Field(
        "baby_name", saying("Baby's name"), "baby's first name;baby's name;baby name;child's name", Kind.LINE,
        saying("baby's name"), saying("Baby’s name"),
        question=Question(saying("Baby’s first name")),
    ),
    Field(
        "baby_born", saying("Baby's birth date"),
        "baby's dob;baby's birth date;baby birth date;baby's birthday;dob;due date or dob", Kind.DAY,
        saying("baby's birth date"), saying("Born"), hint=_DAY,
        question=Question(saying("Baby’s birth date"), Asked.DAY),
    ),
    Field(
        "babies", saying("Babies"), "", Kind.COUNT, saying("babies"),
        hint=saying("Type how many babies there are, such as 2."), limits=(1, 8),
    ),
    Field(
        "gestation_weeks", saying("Weeks at birth"),
        "gestation (weeks);gestation;weeks at birth;gestational age", Kind.WHOLE, saying("weeks at birth"),
        told_as="gestation", hint=_WEEKS, limits=(20, 44),
        question=Question(
            saying("Weeks of pregnancy when the baby was born"), help=saying("Such as 38, or “term”."),
        ),
    ),
    Field("health", saying("Where the baby is"), "", Kind.HEALTH, saying("where the baby is")),
    Field(
        "reason", saying("Why donor milk"), "why donor milk?;reason;why do you need milk;reason for request",
        Kind.TEXT, saying("reason"),
        question=Question(saying("Why do you need donor milk?"), Asked.AT_LENGTH),
    ),
    Field(
        "own_supply", saying("Own milk per day"),
        "how much of your own milk per day? (oz);own milk per day;own supply;own supply (oz/day);"
        "how much do you make a day;how much milk do you make per day", form=saying("Own milk a day, oz"),
        hint=saying("Type an amount a day such as 4 oz or 4-5, or “none”."),
        question=Question(
            saying("How many ounces of your own milk do you have a day?"),
            help=saying("Such as 4 or 4-5, or “none”."),
        ),
    ),
    Field("own_supply_low", saying("Own milk a day, least"), "", Kind.VOLUME, saying("own supply")),
    Field("own_supply_high", saying("Own milk a day, most"), "", Kind.VOLUME, saying("own supply at best")),
    Field(
        "formula", saying("Formula a day"),
        "formula per day;formula a day;formula (oz/day);how much formula;how much formula per day (oz)",
        Kind.VOLUME, saying("formula a day"), saying("Formula that stays, a day"),
        hint=saying("Type “yes” if it stays, “no”, or how much a day, such as 10 oz."),
        question=Question(saying("How many ounces of formula a day?"), help=saying("Such as 10, or “none”.")),
    ),
    Field(
        "stock", saying("Milk in the freezer"),
        "milk in your freezer now (oz);milk in freezer;stock;milk on hand;"
        "how much milk do you have on hand;freezer stash (oz)", Kind.VOLUME, saying("milk at home"),
        saying("In the freezer"), hint=_AMOUNT,
        question=Question(
            saying("How many ounces are in your freezer now?"), help=saying("Such as 120, or “none”."),
        ),
    ),
    Field("stock_on", saying("Counted on"), "", Kind.DAY, saying("day of that count")),
    Field(
        "freezer", saying("Freezer space"),
        "freezer space (cubic feet);freezer space;freezer size;space in freezer", Kind.LINE,
        saying("freezer"), told_as="freezer_space", hint=saying("Type the cubic feet, such as 5."),
        question=Question(saying("Freezer space, in cubic feet"), help=saying("Such as 5.")),
    ),
    Field(
        "must_avoid", saying("Baby must avoid"),
        "baby must avoid;allergies;allergies / foods to avoid;foods to avoid;must avoid;baby's allergies;"
        "dietary restrictions", Kind.FOODS, saying("what the baby must avoid"), saying("Must avoid"),
        question=Question(
            saying("What must the baby avoid?"), help=saying("Such as “dairy, soy”, or “none”."),
        ),
    ),
    Field("washout_days", saying("Wash-out days"), "", Kind.WASHOUTS, saying("wash-out days")),
    Field(
        "oldest_milk_months", saying("Oldest milk they take"),
        "how old may the milk be?;oldest milk you take;oldest milk you would take;oldest milk they take;"
        "oldest milk accepted;max age of milk;maximum age of milk;maximum milk age;milk no older than;"
        "only milk less than (months old)", Kind.MONTHS, saying("oldest milk they take"),
        saying("Oldest milk, months"), hint=saying("Type the months, such as 6, or “any”."), limits=(1, 24),
        is_asked=False, on=On.TABLE | On.JSON,
        question=Question(
            saying("How many months old may the milk be?"), help=saying("Such as 6, or “any”."),
        ),
    ),
    Field(
        "medicine_ok", saying("Donor's medicine"),
        "ok if donor takes medication?;medication ok;ok with medication;"
        "willing to accept milk from donor on meds", Kind.WILLING, saying("milk with medicine"),
        saying("Donor with medicine"), hint=_WILLING,
        question=Question(saying("Is milk all right if the donor takes medicine?"), options=_MEDICINE_OK),
    ),
    Field(
        "nicotine_ok", saying("Donor's nicotine"), "ok if donor uses nicotine?;nicotine ok;ok with nicotine",
        Kind.WILLING, saying("milk with nicotine"), saying("Donor with nicotine"), hint=_WILLING,
        question=Question(saying("Is milk all right if the donor uses nicotine?"), options=_NICOTINE_OK),
    ),
    Field("clinician", saying("Baby’s clinician"), "", Kind.LINE, saying("clinician")),
    Field("clinician_agreed_on", saying("Agreed on"), "", Kind.DAY, saying("clinician's agreement")),
    Field(
        "reach", saying("How far they drive"),
        "how far can you drive? (miles);how far can you drive;travel distance;driving distance;"
        "distance willing to drive", hint=saying("Type how far, such as 25 miles or 40 minutes."),
        question=Question(saying("How far can you drive?"), help=saying("Such as 25 miles or 40 minutes.")),
    ),
    Field("reach_miles", saying("Drives at most"), "", Kind.MILES, saying("miles they drive")),
    Field("reach_minutes", saying("Drives at most, minutes"), "", Kind.WHOLE, saying("minutes they drive")),
    Field("has_car", saying("Has a car"), "", Kind.YES_NO_ASK, saying("car")),
    Field(
        "meets_halfway", saying("Could meet halfway"), "", Kind.YES_OR_NOT_SAID, saying("meeting halfway"),
    ),
    Field(
        "hours", saying("Good times"), "good times;best times;hours;availability;good times to meet",
        question=Question(saying("Good times to meet")),
    ),
    Field(
        "needs_this_week", saying("Needs milk this week"), "", Kind.YES_OR_NOT_SAID,
        saying("“needs milk this week”"),
    ),
    Field("paused", saying("Paused"), "", Kind.YES_NO, saying("paused")),
)  # fmt: skip
_DRIVER = (
    Field(
        "hours", saying("Usually free"),
        "usually free;availability;available;hours;when are you free;good times",
        question=Question(
            saying("When are you usually free?"), help=saying("Such as “Sat 8-12, Sun 13-17”."),
        ),
    ),
    Field(
        "max_hours", saying("Hours at most"), "max hours;maximum hours;hours at most;how many hours",
        Kind.NUMBER, saying("most hours"), saying("Most hours"), hint=saying("Type the hours, such as 3."),
        limits=(0, 24), decimals=1, unit=r"(?:hours?|hrs?|h)", on=On.TABLE | On.JSON,
        question=Question(saying("How many hours at most?"), help=saying("Such as 3.")),
    ),
    Field(
        "coolers_qt", saying("Coolers (quarts)"), "coolers (quarts);coolers;cooler sizes;cooler", Kind.SIZES,
        saying("coolers"), saying("Coolers, quarts"), "coolers",
        hint=saying("Type each cooler's quarts, such as 28, 28, 48, or “none”."), on=On.JSON,
        question=Question(
            saying("Coolers you have, in quarts"), help=saying("Such as “28, 28, 48”, or “none”."),
        ),
    ),
    Field(
        "lift_lb", saying("Can lift (lb)"), "can lift (lb);can lift;lift;lifting limit", Kind.NUMBER,
        saying("most to lift"), saying("Lifts, lb"), "lift", hint=saying("Type the pounds, such as 40."),
        limits=(0, 300), unit=r"(?:lbs?|pounds?)", on=On.TABLE | On.JSON,
        question=Question(saying("How many pounds can you lift?"), help=saying("Such as 40.")),
    ),
    Field(
        "climbs_stairs", saying("Climbs stairs"), "", Kind.YES_NO_ASK, saying("climbing stairs"),
        on=On.TABLE | On.JSON,
    ),
    Field(
        "max_miles", saying("Goes up to (miles)"), "will go up to (miles);max miles;miles;max distance",
        Kind.MILES, saying("most miles"), saying("Goes up to"), hint=saying("Type the miles, such as 60."),
        unit=r"(?:miles?|mi)", on=On.JSON,
        question=Question(saying("How many miles will you drive at most?"), help=saying("Such as 60.")),
    ),
    Field(
        "away", saying("Away"), "away;away dates;vacation;not available;unavailable",
        hint=saying("Type the first and the last day, such as 12/20/2026 to 1/3/2027."),
        question=Question(
            saying("When are you away?"),
            help=saying("First and last day, such as “12/20/2026 to 1/3/2027”."),
        ),
    ),
    Field("away_from", saying("Away from"), "", Kind.DAY, saying("away from"), on=On.JSON),
    Field("away_to", saying("Away to"), "", Kind.DAY, saying("away to"), on=On.JSON),
)  # fmt: skip
_DRIVER_NAME = Field("name", saying("Name"), "driver;driver name;volunteer;volunteer name")

OWN: Mapping[Role, tuple[Field, ...]] = {
    Role.DONOR: _DONOR,
    Role.RECIPIENT: _RECIPIENT,
    Role.DRIVER: _DRIVER,
}
"""The fields one role alone has."""


def _asked(role: Role) -> tuple[Field, ...]:
    home: tuple[Field, ...] = _HOUSEHOLD
    if role is Role.DRIVER:
        home = tuple(
            replace(field, headings=f"{field.headings};{_DRIVER_NAME.headings}")
            if field.key == _DRIVER_NAME.key
            else field
            for field in home
        )
    return tuple(field for field in (*home, *OWN[role]) if field.headings)


def _stored(fields: tuple[Field, ...]) -> Mapping[str, Field]:
    return {field.key: field for field in fields if field.history}


FIELDS: Mapping[Role, tuple[Field, ...]] = {role: _asked(role) for role in Role}
"""What each kind of list asks, in the order of the wizard's choices."""
OWN_ASKED: Mapping[Role, tuple[Field, ...]] = {
    **{role: tuple(field for field in OWN[role] if field.headings) for role in Role},
    Role.DRIVER: (_DRIVER_NAME, *(field for field in _DRIVER if field.headings)),
}
"""What that kind of list alone asks, or in words of its own."""
HOUSEHOLD_FIELDS = _stored(_HOUSEHOLD)
ROLE_FIELDS: Mapping[Role, Mapping[str, Field]] = {role: _stored(OWN[role]) for role in Role}
"""What is stored of each role, by column."""
NUMBERS: Mapping[Role, tuple[Field, ...]] = {
    role: tuple(field for field in OWN_ASKED[role] if field.kind in {Kind.NUMBER, Kind.MONTHS})
    for role in Role
}
"""What is a plain number: nothing but its row says how a list tells it."""
COLUMN_OF: Mapping[str, str] = {"donor_state": "state"}
"""The columns that have another name than their field: an address has a state, too."""
ADDRESS_FIELDS = ("street", "town", "state", "zip_code")
HINTS: Mapping[str, Saying] = {
    field.topic: field.hint for fields in (_HOUSEHOLD, *OWN.values()) for field in fields if field.hint
}
"""What would be read as an answer, by topic."""
