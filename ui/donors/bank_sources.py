"""Where the figures of a milk bank were seen, behind one line; what nobody has checked is said there once."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.milk.banks import BankLine, BankReason
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fold import Fold
from ui.widgets.rows import text_label

_PRIMARY = "primary"


def bank_sources(line: BankLine) -> Fold | None:
    """Return the fold with the sources of what *line* says; ``None`` where it rests on none."""
    found = told(line)
    if not found:
        return None
    fold = Fold(translate("BankSources", "Sources"), lambda: [text_label(one, "quiet") for one in found])
    name = translate("BankSources", "Sources of what {bank} asks").format(bank=line.bank.name)
    fold.button.setAccessibleName(name)
    return fold


def told(line: BankLine) -> Sequence[str]:
    """Return where each figure was seen, then what is unchecked of them all."""
    bank = line.bank
    found = [_seen(reason) for reason in line.reasons if reason.evidence is not None]
    unchecked = [
        one.text for one in line.reasons if one.evidence is not None and one.evidence.status != _PRIMARY
    ]
    if line.is_gentle and bank.waives_minimum is not None:
        words = translate("BankSources", "After a loss: seen in {source}")
        found.insert(0, words.format(source=bank.waives_minimum.evidence.seen_in))
    if bank.read_phone is not None:
        words = translate("BankSources", "Phone seen in: {source}")
        found.append(words.format(source=bank.read_phone.evidence.seen_in))
    if unchecked:
        words = translate("BankSources", "Unchecked: {what}")
        found.append(words.format(what="; ".join(dict.fromkeys(unchecked))))
    return list(dict.fromkeys(found))


def _seen(reason: BankReason) -> str:
    evidence = reason.evidence
    if evidence is None:
        return ""
    words = translate("BankSources", "{text}: seen in {source}, {day}")
    text = f"{reason.text[:1].upper()}{reason.text[1:]}"
    return words.format(text=text, source=evidence.seen_in, day=show_date(evidence.checked))
