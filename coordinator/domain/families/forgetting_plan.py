"""What forgetting a family would do, and what it did, in words: before she decides, and afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from coordinator.domain.families.forgetting import Trace, TraceKind
from coordinator.sayings import Saying, plural, saying

FORGOTTEN = "family.forgotten"
"""The kind of the action in the history."""


@dataclass(frozen=True, slots=True)
class ForgettingPlan:
    """What would go, for the coordinator to decide.

    ``codes`` are all codes of the family, ``counts`` the rows by table, ``traces`` where else its words are;
    ``know_first`` are things she cannot ask the family about afterwards.
    """

    code: str
    codes: tuple[str, ...]
    name: str
    forgotten_on: date | None
    counts: Mapping[str, int]
    traces: tuple[Trace, ...] = ()
    know_first: tuple[Saying, ...] = ()

    def traces_of(self, kind: TraceKind) -> tuple[Trace, ...]:
        """Return the traces of one kind."""
        return tuple(one for one in self.traces if one.kind is kind)

    @property
    def goes(self) -> tuple[Saying, ...]:
        """What is erased, a line for each kind of thing."""
        return tuple(gone_words(self.counts))


@dataclass(frozen=True, slots=True)
class ForgottenFamily:
    """What was forgotten: its codes, how many rows and old values, and what was left for her to look at.

    ``is_swept`` says whether the file was written anew without it: None on a server, whose work that is.
    """

    code: str
    codes: tuple[str, ...]
    rows: int
    values: int
    taken_out: int = 0
    left: tuple[Trace, ...] = field(default=())
    is_swept: bool | None = True


STAYS = saying(
    "Under codes there stay: lots, days, ounces, runs and hand-overs, and how many babies. They are needed "
    "should milk ever be recalled."
)
NOT_REACHED = saying(
    "What this program cannot reach stays: lists you imported, sheets you printed or saved, messages in your "
    "mail and phone. Delete those yourself; importing an old list would bring the family in again."
)
NO_WAY_BACK = saying("This cannot be undone.")


def name_of_forgotten(code: str) -> str:
    """Return what a forgotten family is called, as it is stored."""
    return saying("Forgotten family {code}", code=code).in_english


_GONE: Final[tuple[tuple[str, Callable[[int], Saying]], ...]] = (
    ("household", lambda _: saying("name, phones, mail and street address, place on the map, hours, notes")),
    ("donor,recipient,driver", lambda _: saying("the profile: birth days, health, wishes, limits")),
    ("fact", lambda n: plural("{n} dated answer", "{n} dated answers", n)),
    ("question", lambda n: plural("{n} question of the call list", "{n} questions of the call list", n)),
    ("family_message", lambda n: plural("{n} message that was sent", "{n} messages that were sent", n)),
    ("call_made", lambda n: plural("{n} call", "{n} calls", n)),
    ("import_row", lambda n: plural("{n} row of an imported list", "{n} rows of imported lists", n)),
    ("deferral,sign_off", lambda n: plural("{n} pause or signature", "{n} pauses and signatures", n)),
    ("medicine_decision", lambda n: plural("{n} decision on a medicine", "{n} decisions on medicines", n)),
    ("overruling", lambda n: plural("names in {n} decision on milk", "names in {n} decisions on milk", n)),
    ("set_aside,pair_note,pair_pause", lambda n: plural("{n} note on a pair", "{n} notes on pairs", n)),
    ("asked_after", lambda n: plural("{n} answer to how it went", "{n} answers to how it went", n)),
    ("choice", lambda n: plural("who chose, in {n} choice", "who chose, in {n} choices", n)),
    ("choice_file", lambda n: plural("{n} scanned paper", "{n} scanned papers", n)),
    ("lot,lot_fate,milk_used,delivery", lambda n: plural("{n} note on milk", "{n} notes on milk", n)),
    ("pickup,overruled_rule", lambda n: plural("notes of {n} run", "notes of {n} runs", n)),
    ("lent,cooler", lambda n: plural("{n} note on a thing lent", "{n} notes on things lent", n)),
    (
        "recall,recall_contact,recall_told",
        lambda n: plural("{n} note on a recall", "{n} notes on recalls", n),
    ),
    ("merge", lambda n: plural("{n} family made part of it", "{n} families made part of it", n)),
    ("looked_up_place", lambda n: plural("{n} address looked up", "{n} addresses looked up", n)),
)
"""What is erased, by the tables it is of."""

SILENT: Final = frozenset({"family_message_item", "round_call"})
"""Tables whose rows go with others' that are told."""


def gone_words(counts: Mapping[str, int]) -> Iterator[Saying]:
    """Yield what is erased in so many rows of each table, a line for each kind of thing."""
    for tables, words in _GONE:
        if n := sum(counts.get(table, 0) for table in tables.split(",")):
            yield words(n)


def told_tables() -> frozenset[str]:
    """Return the tables of which something is said."""
    return frozenset(table for tables, _ in _GONE for table in tables.split(","))
