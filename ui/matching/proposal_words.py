"""Where the ounces that a hold proposes come from, in words."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from coordinator.domain.matching.proposing import Wanted
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date


def wanted_words(wanted: Wanted, display: Display) -> str:
    """Return ``25 oz a day for 11 days, until the run after the next (Sat 12/5/26)``."""
    if wanted.weekday is None:
        words = translate("WhyPanel", "{amount} a day for a week; no runs yet tell a usual day")
        said = words.format(amount=display.volume(wanted.a_day))
    else:
        words = translate("WhyPanel", "{amount} a day for {count} days, until the run after the next ({day})")
        weekday = QLocale().dayName(wanted.weekday + 1, QLocale.FormatType.ShortFormat)
        day = f"{weekday} {show_date(wanted.until)}"
        said = words.format(amount=display.volume(wanted.a_day), count=wanted.days, day=day)
    if not wanted.coming:
        return said
    less = translate("WhyPanel", "{words}, less {amount} that is coming")
    return less.format(words=said, amount=display.volume(wanted.coming))
