"""A donor who rests until a day: her milk is judged like any other, and waits for that day."""

from __future__ import annotations

from datetime import date

from coordinator.domain.intervals import Interval
from coordinator.domain.policies.verdicts import ASK, Reason, Verdict
from coordinator.sayings import coded


def resting(verdict: Verdict, until: date) -> Verdict:
    """Return *verdict* with the wait until the day a donor is open again; why she rests is private."""
    said = coded("donor.rests", "rests until {until}", until=until)
    reason = Reason(ASK, "deferral", said, rule="rests", during=Interval(None, until))
    return Verdict.of((reason, *verdict.reasons))
