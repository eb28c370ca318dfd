"""What a network decided once for every donor: by whom, when and why. It is told with each match it moves.

It never turns a "not a fit" into anything else, and no figure of a profile is replaced by it: a decision says
that the profile's figure is ours, or fills one that the profile does not know. Whoever wants another figure
keeps an own profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.values import Unit, amount_words, choice_words
from coordinator.sayings import Saying, saying


class Decides(StrEnum):
    """What a decision is about: a name that she takes, a figure, or a panel of blood tests."""

    NAME = "name"
    FIGURE = "figure"
    PANEL = "panel"


PRENATAL = "prenatal"
"""The subject of the one panel that is decided about."""
FIGURES = frozenset(
    {
        "room", "fridge", "cooler", "thawed", "frozen_fridge_freezer", "frozen_side_by_side", "frozen_chest",
        "frozen_upright_frost_free", "frozen_deep_manual", "blood_test_age", "alcohol_wait", "nicotine_wait",
        "cannabis_wait", "caffeine_daily", "transfusion_wait", "transplant_wait", "tattoo_wait",
        "illness_wait", "washout",
    }
)  # fmt: skip
"""Rules whose figure a network decides. How long a medicine lasts is asked of each medicine; what would only
ask more where a profile asks nothing (days before an illness, alcohol a day) belongs into an own profile."""


@dataclass(frozen=True, slots=True)
class NetworkDecision:
    """One decision; ``subject`` is the name, the rule or the panel, ``figure`` the value in ``unit``.

    ``is_clinician``: whoever decided is a clinician, as a medicine asks for.
    """

    kind: Decides
    subject: str
    by: str
    on: date
    reason: str
    figure: float | str | None = None
    unit: str = ""
    is_clinician: bool = False
    id: int = 0

    @property
    def words(self) -> Saying:
        """What was decided."""
        if self.kind is Decides.PANEL:
            return saying("a prenatal panel does")
        if self.kind is Decides.NAME:
            return saying("{name} needs no decision", name=self.subject)
        title = RULES[self.subject].title if self.subject in RULES else self.subject
        return saying("{rule}: {figure} is our figure", rule=title, figure=self._figure_words)

    @property
    def who(self) -> Saying:
        """Who decided, and when."""
        if self.is_clinician:
            return saying("{name}, a clinician, {on}", name=self.by, on=self.on)
        return saying("{name}, {on}", name=self.by, on=self.on)

    @property
    def _figure_words(self) -> Saying:
        if isinstance(self.figure, str) or self.figure is None or self.unit not in set(Unit):
            return choice_words(str(self.figure))
        return amount_words(self.figure, self.unit)
