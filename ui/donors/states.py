"""How a donor's state is shown: a word and an icon, the same in the table and in her details."""

from __future__ import annotations

from datetime import date

from coordinator.domain.facts.donor_state import DonorState
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP

_WORDS = {
    DonorState.NEW: QT_TRANSLATE_NOOP("DonorStates", "New"),
    DonorState.QUESTIONS: QT_TRANSLATE_NOOP("DonorStates", "Questions"),
    DonorState.CAN_OFFER: QT_TRANSLATE_NOOP("DonorStates", "Can offer"),
    DonorState.PAUSED: QT_TRANSLATE_NOOP("DonorStates", "Paused"),
    DonorState.NOT_MATCHING: QT_TRANSLATE_NOOP("DonorStates", "Not matching"),
    DonorState.FINISHED: QT_TRANSLATE_NOOP("DonorStates", "Finished"),
}
STATE_ICONS = {
    DonorState.NEW: "add",
    DonorState.QUESTIONS: "ask",
    DonorState.CAN_OFFER: "done",
    DonorState.PAUSED: "hold",
    DonorState.NOT_MATCHING: "close",
    DonorState.FINISHED: "records",
}


def state_word(state: DonorState, paused_until: date | None = None) -> str:
    """Return the word for *state*; of a pause with an end, until when."""
    if state is DonorState.PAUSED and paused_until is not None:
        return translate("DonorStates", "Paused until {day}").format(day=show_date(paused_until))
    return translate("DonorStates", _WORDS[state])
