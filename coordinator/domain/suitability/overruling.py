"""A "not a fit" that somebody overruled, told of it: it stays among the reasons and does not count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import IF, NOT_A_FIT, Overruling, Reason, Reasons
from coordinator.sayings import NOTHING, coded


def overrule(reasons: Reasons, decided: Sequence[Overruling]) -> Reasons:
    """Return *reasons* with those "not a fit" that were overruled made "no objection if", and who did."""
    return tuple(_overrule(reason, decided) for reason in reasons) if decided else reasons


def _overrule(reason: Reason, decided: Sequence[Overruling]) -> Reason:
    if reason.kind is not NOT_A_FIT or reason.is_final:
        return reason
    for one in decided:
        if one.rule == reason.rule and one.name.strip() and was_told(reason, one):
            said = coded("overruled", "{reason} — {who}", reason=reason.said, who=one.words)
            return replace(reason, kind=IF, said=said, overruled=one.words, together=NOTHING)
    return reason


def was_told(reason: Reason, decided: Overruling) -> bool:
    """Whether a reason is among those told: by its key, or by its words in English as older programs did."""
    return reason.said.key in decided.told or reason.said.in_english in decided.disclosed


def applying(decided: Iterable[Overruling], recipient_code: str, lot: Lot) -> tuple[Overruling, ...]:
    """Return what was overruled for this recipient that is about this lot or all milk of its donor."""
    return tuple(
        one
        for one in decided
        if one.recipient_code == recipient_code
        and one.donor_code == lot.donor_code
        and one.lot_code in {"", lot.code}
    )
