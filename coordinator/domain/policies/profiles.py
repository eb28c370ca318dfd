"""Policy profiles: what milk is judged by, every value with where it was seen.

What we chose about values nobody has checked. A value is checked when its status is ``primary``, when
somebody of this network opened the authority's own page and found the same figure, or when a named
clinician reviewed it in the network's own copy. A choice of ours is no fact: it is called our choice, and
is not checked. An unchecked value may lead to "ask", to "no objection if" and to "not a fit", but where
nothing speaks against milk *because of it* (a blood test that is recent enough, milk that is not too old, a
wash-out that has passed), the verdict is "nothing against it, if…" with one reason that names all such
values: "if your clinician agrees". One reason, not ten, because a list in which every line reads alike is
not read. We weighed leaving such a verdict at "ask": then no milk at all could be told from any other, and
every donor would have to be rung about the program's own table. Once the issuing bodies' own pages have
been read, the statuses change and the reason goes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.facts.medicine_names import medicine_key
from coordinator.domain.policies.decisions import Decides, NetworkDecision
from coordinator.domain.policies.further import FurtherQuestion
from coordinator.domain.policies.rules import RULES, relied_on
from coordinator.domain.policies.sources import NO_PAGE, Page, PageCheck, Status
from coordinator.domain.policies.values import amount_words, choice_words
from coordinator.domain.policies.verdicts import Basis, VerdictKind
from coordinator.sayings import NOTHING, Saying, as_written, joined, saying


@dataclass(frozen=True, slots=True)
class MatchingPolicy:
    """What matching goes by whatever the profile; ``resources/policies/matching.toml`` has the sources.

    ``born_early_weeks`` or fewer is born early; ``term_corrected_weeks`` is gestation plus age.
    ``default_reach_miles`` ``None`` means to ask. A side that was asked ``nudge_days`` ago is asked once
    more. A family is asked after milk that came ``ask_after_days`` ago, and once more
    ``ask_after_again_days`` after it came, no more after ``ask_after_until_days``. An
    ended hold is spoken of for ``ended_hold_days``. What a donor pumps a day is told by milk dated
    ``rate_from_days`` or more, unless her newest bag is older than ``rate_until_days``.
    """

    born_early_weeks: int
    term_corrected_weeks: int
    hold_days: int
    stale_stock_days: int
    default_reach_miles: float | None
    nudge_days: int
    ask_after_days: int
    ask_after_again_days: int
    ask_after_until_days: int
    ended_hold_days: int
    rate_from_days: int
    rate_until_days: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """How a network changed a value of its own profile; ``clinician`` reviewed it on ``reviewed_on``.

    ``asked_by`` asks about it since ``asked_on``: what she asks, if she wrote it, is ``asked``.
    """

    reason: str
    by: str
    on: date
    clinician: str = ""
    reviewed_on: date | None = None
    asked: str = ""
    asked_by: str = ""
    asked_on: date | None = None


@dataclass(frozen=True)
class PolicyValue:
    """One value of a profile. ``value`` ``None`` is not known, which leads to asking.

    ``value`` is a number, a choice, a tuple of words or a tuple of tuples of words, as its rule's shape says.
    ``otherwise`` is what milk is that does not meet it. ``section`` and ``quote`` say what was seen, in the
    words of the project's own notes. ``is_own``: the network's, no shipped source says it. ``seen_again``:
    somebody of this network opened a page and found the same figure.
    """

    rule: str
    value: Any
    unit: str
    seen_in: tuple[str, ...]
    status: Status
    checked: date
    otherwise: VerdictKind = VerdictKind.ASK
    section: str = ""
    quote: str = ""
    remark: str = ""
    differs: str = ""
    change: ValueChange | None = None
    is_own: bool = False
    decided: NetworkDecision | None = None
    page: Page = NO_PAGE
    seen_again: PageCheck | None = None

    @property
    def is_checked(self) -> bool:
        """Whether the issuing body's own page was read, by us or this network, or a clinician reviewed it."""
        was_seen = self.seen_again is not None and self.seen_again.is_own_page
        return self.status is Status.PRIMARY or was_seen or self.is_reviewed

    @property
    def is_reviewed(self) -> bool:
        """Whether a named clinician reviewed it."""
        return self.change is not None and bool(self.change.clinician and self.change.reviewed_on)

    @property
    def words(self) -> Saying:
        """The value with its unit, as the window says it."""
        return self.basis.words

    @cached_property
    def short_words(self) -> Saying:
        """The value with the first word of its unit: ``3 days``."""
        return value_words(self.value, self.unit, short=True)

    @cached_property
    def basis(self) -> Basis:
        """What a reason shows of it; one object, which reasons are told apart by."""
        words, relied = value_words(self.value, self.unit), relied_on(RULES[self.rule], self.short_words)
        decided = self.decided.who if self.decided else NOTHING
        return Basis(self.rule, words, self.seen_in, self.status.value, self.is_checked, relied, decided)


def value_words(value: Any, unit: str, *, short: bool = False) -> Saying:  # noqa: ANN401 - any rule's value
    """Return a value as the window says it: ``12 months``, ``HIV, HTLV``, ``not known``."""
    if value is None:
        return saying("not known")
    if isinstance(value, tuple) and short and isinstance(next(iter(value), None), str):
        return as_written(str(value[0]))
    if isinstance(value, tuple):
        return joined(", ", [_name(part) if isinstance(part, str) else part[0] for part in value])
    if isinstance(value, str):
        return choice_words(value)
    what = unit.split(maxsplit=1)[0] if short and "/" not in unit else unit
    return amount_words(value, what)


def _name(word: str) -> str | Saying:
    return FactKind(word).words if word in _FACT_KINDS else word


_FACT_KINDS = frozenset(FactKind)

_ALL_QUESTIONS = frozenset(FactKind) - {
    FactKind.TATTOO_OR_TRANSFUSION,
    FactKind.FOOD,
    FactKind.FREEZER,
    FactKind.BIRTH,
}


@dataclass(frozen=True, eq=False)
class Policy:
    """One profile, shipped or the network's own (``base`` is the key of the shipped one it was copied from).

    Compared and hashed by identity: whoever judges keeps one, and caches go by it. ``born_early_weeks`` and
    ``term_corrected_weeks`` are the matching policy's.
    """

    key: str
    title: str
    values: Mapping[str, PolicyValue] = field(repr=False)
    about: str = ""
    for_comparison_only: bool = False
    base: str = ""
    born_early_weeks: int = 36
    term_corrected_weeks: int = 40
    decided: tuple[NetworkDecision, ...] = ()
    further: tuple[FurtherQuestion, ...] = field(default=(), repr=False)

    def __getitem__(self, rule: str) -> PolicyValue:
        """Return the value of *rule*; every profile has one for each."""
        return self.values[rule]

    @cached_property
    def questions(self) -> frozenset[FactKind]:
        """The kinds of facts a donor must have been asked; all of them where that is not known."""
        words = self.values["questions"].value
        return _ALL_QUESTIONS if words is None else frozenset(FactKind(word) for word in words)

    @cached_property
    def asked_besides(self) -> tuple[FactKind, ...]:
        """The kinds of facts that every donor who offers is asked about, though no milk waits for it."""
        words = self.values["asked_besides"].value or ()
        return tuple(kind for kind in map(FactKind, words) if kind not in self.questions)

    @cached_property
    def supplements(self) -> Mapping[str, PolicyValue]:
        """Names, as medicines are compared, that need no decision, each with the value that says so."""
        values = (self.values[rule] for rule in ("other_supplements", "supplements"))
        return {medicine_key(name): value for value in values for name in value.value or ()}

    @cached_property
    def no_decision(self) -> Mapping[str, NetworkDecision]:
        """Names, as medicines are compared, that the network decided need no decision."""
        return {medicine_key(one.subject): one for one in self.decided if one.kind is Decides.NAME}

    @cached_property
    def prenatal(self) -> NetworkDecision | None:
        """The decision that a prenatal panel does, if there is one."""
        return next((one for one in self.decided if one.kind is Decides.PANEL), None)

    @cached_property
    def herbs(self) -> frozenset[str]:
        """Herbs that are not wanted, as medicines are compared."""
        return frozenset(medicine_key(name) for name in self.values["herbs"].value or ())

    @cached_property
    def blood_panel(self) -> tuple[tuple[str, ...], ...]:
        """The infections a full test names: each its name and the ways to write it, in lower case."""
        panel = self.values["blood_panel"].value or ()
        return tuple(tuple(name.casefold() for name in names) for names in panel)


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One rule of two profiles side by side."""

    rule: str
    left: PolicyValue
    right: PolicyValue
    differs: bool

    @property
    def title(self) -> str:
        """The rule in words."""
        return str(RULES[self.rule].title)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two profiles value by value, in the order of the rules."""

    left: Policy
    right: Policy
    lines: tuple[ProfileLine, ...]

    @property
    def differing(self) -> tuple[ProfileLine, ...]:
        """The lines whose values differ."""
        return tuple(line for line in self.lines if line.differs)


def compare(left: Policy, right: Policy) -> Comparison:
    """Return two profiles side by side; a value that is not known differs from every one that is."""
    lines = []
    for key in RULES:
        one, other = left[key], right[key]
        differs = (one.value, one.unit, one.otherwise) != (other.value, other.unit, other.otherwise)
        lines.append(ProfileLine(key, one, other, differs))
    return Comparison(left, right, tuple(lines))
