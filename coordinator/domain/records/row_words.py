"""How a row of the network and its columns are called where the history tells what was changed.

Each table says what one of its rows is, each of its columns what it is called or that nobody is told of it.
``tests/unit/records/test_told_columns.py`` walks the tables: a new column has to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum, auto
from typing import Final

from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.pair_pauses import PauseWhy
from coordinator.domain.facts.dated_facts import FactSource, QuestionState
from coordinator.domain.facts.decisions import Decided
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.pickups.plans import Condition
from coordinator.domain.places.positions import Precision
from coordinator.domain.policies.decisions import Decides
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import NOTHING, Saying, as_written, saying


class Area(Enum):
    """What part of the work a change is about; the history is filtered by it."""

    FAMILY = auto()
    ANSWERS = auto()
    CALLS = auto()
    MILK = auto()
    SHARING = auto()
    PICKUPS = auto()
    RECALLS = auto()
    NETWORK = auto()

    @property
    def words(self) -> Saying:
        """What it is called on screen."""
        return _AREAS[self]


_AREAS: Final = {
    Area.FAMILY: saying("Family and home"),
    Area.ANSWERS: saying("Answers and questions"),
    Area.CALLS: saying("Calls and messages"),
    Area.MILK: saying("Milk"),
    Area.SHARING: saying("Holds and agreements"),
    Area.PICKUPS: saying("Pickups"),
    Area.RECALLS: saying("Recalls"),
    Area.NETWORK: saying("The whole network"),
}


@dataclass(frozen=True, slots=True)
class RowWords:
    """How the rows of one table are told.

    Args:
        thing: What a row is: ``a hold``.
        area: What part of the work it is about.
        labels: By column, in the order they are told. Without words the value speaks for itself.
        silent: Columns of which the history tells nothing.
        unasked: Columns whose null is an answer nobody gave, not an empty field.
        called_by: Columns that tell a row from its likes, where it has no code.
        is_plain: Whether a change is told by its column alone: the family's own fields.
    """

    thing: Saying
    area: Area
    labels: Mapping[str, Saying]
    silent: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    called_by: tuple[str, ...] = ()
    is_plain: bool = False


def words_of_value(value: object, unit: VolumeUnit) -> Saying:
    """Return *value* as the program shows it, amounts in *unit*; nothing for an empty one.

    A day stays a day, so that each language writes it.
    """
    said: Saying
    match value:
        case None | "":
            said = NOTHING
        case bool():
            said = _YES if value else _NO
        case Volume():
            said = as_written(format_volume(value, unit).replace("\u00a0", " "))
        case Enum():
            said = words_of_choice(value)
        case datetime():
            here = value.astimezone()
            at = f"{here:%H:%M}"
            said = saying("{day}, {time}", day=here.date(), time=at)
        case date():
            said = saying("{day}", day=value)
        case time():
            said = as_written(f"{value:%H:%M}")
        case float():
            said = as_written(f"{value:.10g}")
        case _:
            said = as_written(str(value))
    return said


def words_of_choice(value: Enum) -> Saying:
    """Return what one of a fixed number of values is called.

    Raises:
        KeyError: If it has no words.
    """
    words = getattr(value, "words", None)
    return words if isinstance(words, Saying) else _CHOICES[value]


_YES: Final = saying("yes")
_NO: Final = saying("no")
NOT_ASKED: Final = saying("not asked")

_CHOICES: Final[Mapping[Enum, Saying]] = {
    Precision.BY_HAND: saying("set by hand"),
    Precision.ADDRESS: saying("the address"),
    Precision.ZIP: saying("the ZIP"),
    Precision.TOWN: saying("the town"),
    Precision.UNCERTAIN: saying("uncertain"),
    Decided.NO_OBJECTION: saying("no objection"),
    Decided.ASK_FAMILY: saying("the family decides"),
    Decided.NOT_A_FIT: saying("not a fit"),
    Decides.NAME: saying("a name"),
    Decides.FIGURE: saying("a figure"),
    Decides.PANEL: saying("a panel"),
    DonorState.NEW: saying("new"),
    DonorState.QUESTIONS: saying("questions"),
    DonorState.CAN_OFFER: saying("can offer"),
    DonorState.PAUSED: saying("paused"),
    DonorState.NOT_MATCHING: saying("not matching"),
    DonorState.FINISHED: saying("finished"),
    QuestionState.OPEN: saying("open"),
    QuestionState.ANSWERED: saying("answered"),
    QuestionState.SET_ASIDE: saying("set aside"),
    FactSource.FORM: saying("on a form"),
    FactSource.CALL: saying("on the phone"),
    FactSource.DOCUMENT: saying("by a document"),
    FactSource.NOTES: saying("in notes"),
    Side.DONOR: saying("the donor"),
    Side.FAMILY: saying("the family"),
    PauseWhy.CLINICIAN: saying("a clinician"),
    PauseWhy.BY_HAND: saying("by hand"),
    Condition.FROZEN: saying("hard frozen"),
    Condition.ICE_CRYSTALS: saying("ice crystals"),
    Condition.THAWED: saying("thawed"),
}
