"""The columns and filters of the proposals, of who is not served, of the calls and of what was wished."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.planning.allocating import Key
from coordinator.domain.planning.plan import PlanCall, Unserved
from coordinator.domain.volume import Volume
from ui.plan.made import PlanRow
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish as its list shows it; ``ounces`` is ``None`` where the milk is kept from the family."""

    key: Key
    donor: str
    family: str
    ounces: float | None
    is_followed: bool = True

    @property
    def words(self) -> str:
        """What is wished."""
        if self.ounces is None:
            return translate("Plan", "not to this family")
        if not self.is_followed:
            return translate("Plan", "pinned, and not possible now")
        return translate("Plan", "pinned")


def volume_of(ounces: float) -> Volume:
    """Return what a solver's *ounces* are."""
    return Volume.from_oz(round(ounces, 4))


def tint_of(row: PlanRow) -> str:
    """Return the ground of a row: the certain and the hoped differ by it, beside icon and words."""
    return "done_ground" if row.proposal.is_certain else "ask_ground"


def proposal_columns(display: Display) -> tuple[Column[PlanRow], ...]:
    """Return the columns; amounts in the units of *display*.

    Where there is little room the last go first: how sure it is stays, or its tint alone would say so.
    """
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "Family"),
            lambda row: row.proposal.recipient_name,
            lambda row: (
                row.proposal.recipient_name.casefold(),
                row.proposal.recipient,
                row.proposal.minutes,
            ),
            width=16,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Donor"), lambda row: row.proposal.donor_name, width=16),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Amount"),
            lambda row: display.volume_number(volume_of(row.proposal.ounces)),
            lambda row: row.proposal.ounces,
            is_number=True,
            width=6,
            header=lambda: display.volume_unit.value,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "How sure"),
            lambda row: row.sure_words,
            lambda row: (not row.proposal.is_certain, -row.proposal.hope),
            icon=lambda row: "done" if row.proposal.is_certain else "call",
            tooltip=_sure_tip,
            width=13,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Bags"),
            lambda row: "" if row.proposal.bags is None else str(row.proposal.bags),
            lambda row: row.proposal.bags,
            is_number=True,
            width=5,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Hangs on"),
            lambda row: ", ".join(row.calls),
            width=18,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Yours"),
            lambda row: row.wish_words,
            icon=lambda row: "hold" if row.is_pinned or row.is_held else "",
            width=10,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Drive"),
            lambda row: format_minutes(row.proposal.minutes),
            lambda row: row.proposal.minutes,
            width=10,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Which bags"),
            lambda row: (
                translate("Plan", "dated {day} or later").format(day=show_date(row.proposal.only_from))
                if row.proposal.only_from
                else ""
            ),
            width=16,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Lot"), lambda row: row.proposal.lot, width=8),
    )


def _sure_tip(row: PlanRow) -> str:
    if row.proposal.is_certain:
        return translate("Plan", "Nothing is left to ask: it can be held now.")
    words = translate("Plan", "If the answers of {names} are as hoped: {n} in 100.")
    return words.format(names=", ".join(row.calls), n=round(100 * row.proposal.hope))


def proposal_filters() -> tuple[Filter, ...]:
    """Return the filters of the proposals."""
    return (
        Filter(translate("Columns", "Certain now"), lambda row: row.proposal.is_certain),
        Filter(translate("Columns", "If answers are as hoped"), lambda row: not row.proposal.is_certain),
        Filter(translate("Columns", "Pinned"), lambda row: row.is_pinned),
        Filter(translate("Columns", "Changed"), lambda row: row.is_changed),
    )


def unserved_columns() -> tuple[Column[Unserved], ...]:
    """Return the columns of who is not served in full."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda one: one.name, width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Baby-days"),
            lambda one: f"{one.days:,.0f}",
            lambda one: -one.days,
            is_number=True,
            width=6,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Why"), lambda one: str(one.why), width=30),
    )


def call_columns(display: Display) -> tuple[Column[PlanCall], ...]:
    """Return the columns of the calls."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Ring"), lambda call: call.name, width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Opens"),
            lambda call: display.volume_number(volume_of(call.opens_oz)),
            lambda call: -call.opens_oz,
            is_number=True,
            width=6,
            header=lambda: translate("Plan", "Opens, {unit}").format(unit=display.volume_unit.value),
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "For"), lambda call: ", ".join(call.babies), width=24),
    )


def wish_columns(display: Display) -> tuple[Column[WishRow], ...]:
    """Return the columns of what was pinned and forbidden."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Family"), lambda row: row.family, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "Donor"), lambda row: row.donor, width=16),
        Column(QT_TRANSLATE_NOOP("Columns", "Wish"), lambda row: row.words, width=18),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Amount"),
            lambda row: "" if row.ounces is None else display.volume_number(volume_of(row.ounces)),
            lambda row: row.ounces,
            is_number=True,
            width=6,
            header=lambda: display.volume_unit.value,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Lot"), lambda row: row.key[0], width=8),
    )
