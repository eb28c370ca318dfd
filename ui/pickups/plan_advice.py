"""What the program proposes while a pickup is planned: when, and who could drive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from coordinator.domain.pickups.volunteers import Volunteer
from coordinator.services.pickups import proposing
from coordinator.services.pickups.in_names import volunteers_in_names
from coordinator.services.pickups.proposing import FamilyHours, Proposal
from ui.desk import Desk
from ui.pickups.pickup_words import day_words
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_time


class PlanAdvice(QObject):
    """Asks beside the window; an answer to an older question is dropped.

    ``proposed(proposal)`` and ``ranked(volunteers)`` bring the answers.
    """

    proposed = Signal(object)
    ranked = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: dict[str, Any] = {}

    def ask_when(self, codes: Sequence[str], on: date | None) -> None:
        """Ask for a day and a time for these holds, on that day where one is chosen."""
        if not self._is_news("when", (tuple(codes), on)):
            return
        database, today = self._desk.database, self._desk.today()
        work = partial(proposing.propose_time, database, tuple(codes), today, on=on)
        self._desk.read(work, partial(self._tell, "when", (tuple(codes), on), self.proposed))

    def ask_who(self, codes: Sequence[str], on: date, at: time | None) -> None:
        """Ask who could drive these holds then."""
        question = (tuple(codes), on, at)
        if not self._is_news("who", question):
            return
        database, today = self._desk.database, self._desk.today()

        def work() -> tuple[Volunteer, ...]:
            found = proposing.rank_volunteers(database, *question, today)
            return volunteers_in_names(database, found)

        self._desk.read(work, partial(self._tell, "who", question, self.ranked))

    def _is_news(self, what: str, question: object) -> bool:
        is_news = self._asked.get(what) != question
        self._asked[what] = question
        return is_news

    def _tell(self, what: str, question: object, signal: Any, answer: object) -> None:  # noqa: ANN401 - a bound signal
        if self._asked.get(what) == question:
            signal.emit(answer)


def hours_words(proposal: Proposal) -> str:
    """Return what each family said about its hours, and what is proposed of it."""
    said = " · ".join(_family_words(one) for one in proposal.families)
    if not said:
        return ""
    return "\n".join(filter(None, (said, _standing_words(proposal), _proposed_words(proposal))))


def _standing_words(proposal: Proposal) -> str:
    if proposal.standing_on is None:
        return ""
    return translate("Pickups", "Their standing pair meets on {day}.").format(
        day=day_words(proposal.standing_on)
    )


def _family_words(one: FamilyHours) -> str:
    hours = one.hours.strip() or translate("Pickups", "hours not known")
    return translate("Pickups", "{name}: {hours}").format(name=one.name, hours=hours)


def _proposed_words(proposal: Proposal) -> str:
    if proposal.meeting is None:
        if any(one.hours.strip() and not one.is_read for one in proposal.families):
            return translate("Pickups", "Not all of this can be read as hours, so no time is proposed.")
        if not any(one.is_read for one in proposal.families):
            return translate("Pickups", "Ask them when they are free.")
        return translate("Pickups", "These hours do not meet; agree on a time with them.")
    on = day_words(proposal.meeting.on)
    if proposal.meeting.at is None:
        words = translate("Pickups", "By these hours: {day}; agree on the time with them.")
        return words.format(day=on)
    words = translate("Pickups", "By these hours: {day} at {time}.")
    return words.format(day=on, time=show_time(proposal.meeting.at))


def volunteer_words(one: Volunteer) -> str:
    """Return what would break with this volunteer, or that nothing would; and who knows the families."""
    runs = one.known.runs_with_them
    known = translate("Pickups", "was with these families before: {count}").format(count=runs) if runs else ""
    broken = " ".join(one.broken) or translate("Pickups", "nothing in the way")
    return " · ".join(part for part in (broken, known) if part)
