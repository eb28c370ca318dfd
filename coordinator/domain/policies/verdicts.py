"""Verdicts: what speaks for asking, leaving or referring, always with every reason, in a helper's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import NamedTuple

from coordinator.domain.intervals import ALWAYS, Interval
from coordinator.sayings import NOTHING, Saying, joined, saying


class VerdictKind(IntEnum):
    """How a verdict stands, mildest first, so that the worst reason is the ``max``."""

    NO_OBJECTION = 0
    NO_OBJECTION_IF = 1
    ASK = 2
    NOT_A_FIT = 3
    REFER = 4

    @property
    def words(self) -> str:
        """What the window says."""
        return str(self.said)

    @property
    def said(self) -> Saying:
        """The same as a saying, to stand in another."""
        return _WORDS[self]


ASK, NOT_A_FIT, IF = VerdictKind.ASK, VerdictKind.NOT_A_FIT, VerdictKind.NO_OBJECTION_IF
"""The kinds that the rules give, by short names."""
_WORDS = {
    VerdictKind.NO_OBJECTION: saying("Nothing against it"),
    VerdictKind.NO_OBJECTION_IF: saying("Nothing against it, if…"),
    VerdictKind.ASK: saying("Ask first"),
    VerdictKind.NOT_A_FIT: saying("Not a fit"),
    VerdictKind.REFER: saying("Refer"),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The value of a policy that a reason rests on; ``words`` has value and unit (``12 months``).

    ``decided`` says who decided that it is this network's figure.
    """

    rule: str
    words: Saying
    seen_in: tuple[str, ...] = ()
    status: str = ""
    is_checked: bool = False
    relied: Saying = NOTHING
    decided: Saying = NOTHING

    @property
    def source(self) -> str:
        """Where the value was seen; ``unchecked_of`` says once what nobody has checked."""
        return str(joined("; ", self.seen_in))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that counts, as it is ``said``. A reason of ``NO_OBJECTION`` is a note to read.

    ``topic`` is a ``FactKind`` value or the name of a profile field, as in ``Question.topic``. ``together``
    says the same of several donors (``eat dairy``), for counting those not a fit. ``rule`` names the rule,
    ``basis`` the policy value it met, if it is about one (``bases`` the values of the reason that names
    several), ``fact_id`` and ``fact`` what it met. It holds for milk expressed ``during``. ``is_final``: a
    "not a fit" that nobody overrules; ``overruled`` says who did, when one was.
    """

    kind: VerdictKind
    topic: str
    said: Saying
    together: Saying = NOTHING
    rule: str = ""
    basis: Basis | None = None
    bases: tuple[Basis, ...] = ()
    fact_id: int = 0
    fact: Saying = NOTHING
    during: Interval = ALWAYS
    is_final: bool = False
    overruled: Saying = NOTHING

    @property
    def text(self) -> str:
        """The reason in words."""
        return str(self.said)

    @property
    def source(self) -> str:
        """Where the policy's value was seen; empty where no value decides."""
        return self.basis.source if self.basis else ""


Reasons = tuple[Reason, ...]


class Verdict(NamedTuple):
    """The worst kind among the reasons, and the reasons, worst first; none at all is no objection."""

    kind: VerdictKind = VerdictKind.NO_OBJECTION
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Verdict:
        """Return the verdict of *reasons*, which differ from each other, in their order within a kind."""
        kept = tuple(sorted(reasons, key=_KIND, reverse=True))
        return cls(kept[0].kind, kept) if kept else cls()

    def under(self, profile: str) -> str:
        """Return the verdict as said of a policy: ``Nothing against it under Community sharing``."""
        if self.kind is VerdictKind.NO_OBJECTION:
            return str(saying("Nothing against it under {profile}", profile=profile))
        if self.kind is VerdictKind.NO_OBJECTION_IF:
            return str(saying("Nothing against it under {profile}, if…", profile=profile))
        return str(saying("{verdict} ({profile})", verdict=_WORDS[self.kind], profile=profile))


_KIND = attrgetter("kind")


class OverruledBy(StrEnum):
    """Who may overrule a "not a fit"; the coordinator alone never does."""

    PARENT = "the receiving parent"
    CLINICIAN = "a clinician"

    @property
    def words(self) -> Saying:
        """Who, in words."""
        return _BY_WORDS[self]


_BY_WORDS = {
    OverruledBy.PARENT: saying("the receiving parent"),
    OverruledBy.CLINICIAN: saying("a clinician"),
}


@dataclass(frozen=True, slots=True)
class Overruling:
    """That somebody decided, told of it, that a "not a fit" shall not stand in the way.

    It is about ``rule``, for one recipient, for one lot or, if ``lot_code`` is empty, all the donor's milk.
    ``disclosed`` keeps the words as they were told, ``told`` the keys of the reasons among them: a reason
    that says something else is not overruled.
    """

    rule: str
    recipient_code: str
    by: OverruledBy
    name: str
    on: date
    disclosed: str
    donor_code: str
    lot_code: str = ""
    id: int = 0
    told: tuple[str, ...] = ()

    @property
    def words(self) -> Saying:
        """Who, and when."""
        return saying("{name}, {role}, decided on {on}", name=self.name, role=self.by.words, on=self.on)
