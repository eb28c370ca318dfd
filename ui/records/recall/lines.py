"""A recall as one line: whose milk, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.bootstrap import Database
from coordinator.domain.records.recall_work import RecallWork
from coordinator.services.recall import work as recall_work
from coordinator.services.records import in_names
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date


@dataclass(frozen=True)
class RecallLine:
    """A recall and the name behind the code it is about."""

    work: RecallWork
    name: str

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: it is open, or milk came to light since it was closed."""
        return not self.work.is_closed or self.work.is_open_again


def recall_lines(database: Database, today: date) -> tuple[RecallLine, ...]:
    """Return every recall, those that are open first; read beside the window."""
    works = recall_work.recalls(database, today)
    names = in_names.names_now(database) if works else {}
    return tuple(RecallLine(work, str(names.get(work.about, work.about))) for work in works)


def state_words(work: RecallWork, display: Display) -> str:
    """Return how far a recall is: homes reached and what is open, or when it was closed."""
    if work.is_open_again:
        words = translate("Recall", "open again: {amount} came to light since")
        return words.format(amount=display.volume(work.open))
    if work.closed_at is not None:
        words = translate("Recall", "closed {day}")
        return words.format(day=show_date(work.closed_at.astimezone().date()))
    families = work.families
    words = translate("Recall", "{reached} of {all} homes reached, {amount} open")
    return words.format(
        reached=sum(one.reached for one in families), all=len(families), amount=display.volume(work.open)
    )
