"""What the wizard calls things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from coordinator.domain.families.households import Role
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import Counts, FieldChange, Outcome, RowPlan
from coordinator.domain.imports.preview import ImportReport


def _tr(text: str) -> str:
    return QCoreApplication.translate("Imports", text)


def kind_words(kind: Role) -> str:
    """Return what a list of this kind is called: ``donors``."""
    return {
        Role.DONOR: _tr("donors"),
        Role.RECIPIENT: _tr("families"),
        Role.DRIVER: _tr("drivers"),
    }[kind]


def outcome_words(outcome: Outcome) -> str:
    """Return the short name of an outcome, for counts and filters."""
    return {
        Outcome.NEW: _tr("New"),
        Outcome.UPDATE: _tr("Updates"),
        Outcome.UNCHANGED: _tr("Nothing new"),
        Outcome.OLDER_ANSWER: _tr("Older answers"),
        Outcome.NEEDS_A_LOOK: _tr("Needs a look"),
        Outcome.LEFT_OUT: _tr("Left out"),
    }[outcome]


def outcome_icon(outcome: Outcome) -> str:
    """Return the icon beside those words."""
    return {
        Outcome.NEW: "add",
        Outcome.UPDATE: "done",
        Outcome.UNCHANGED: "hold",
        Outcome.OLDER_ANSWER: "hold",
        Outcome.NEEDS_A_LOOK: "ask",
        Outcome.LEFT_OUT: "notice",
    }[outcome]


def count_of(counts: Counts, outcome: Outcome) -> int:
    """Return how many rows have *outcome*."""
    return {
        Outcome.NEW: counts.new,
        Outcome.UPDATE: counts.updated,
        Outcome.UNCHANGED: counts.unchanged,
        Outcome.OLDER_ANSWER: counts.older_answers,
        Outcome.NEEDS_A_LOOK: counts.needs_a_look,
        Outcome.LEFT_OUT: counts.left_out,
    }[outcome]


def done_words(counts: Counts) -> str:
    """Return, after an import, all counts that are not nought; they add up to the rows of the file."""
    words = {
        Outcome.NEW: _tr("{count} new"),
        Outcome.UPDATE: _tr("{count} updated"),
        Outcome.UNCHANGED: _tr("{count} with nothing new"),
        Outcome.OLDER_ANSWER: _tr("{count} older answers left out"),
        Outcome.NEEDS_A_LOOK: _tr("{count} as you decided"),
        Outcome.LEFT_OUT: _tr("{count} of removed codes left out"),
    }
    return ", ".join(
        said.format(count=count) for outcome, said in words.items() if (count := count_of(counts, outcome))
    )


def rows_words(count: int) -> str:
    """Return ``1 row`` or ``47 rows``."""
    return _tr("1 row") if count == 1 else _tr("{count} rows").format(count=count)


def imported_words(reports: Sequence[ImportReport]) -> str:
    """Return what imports did, in a sentence each."""
    return " ".join(_imported_words(report) for report in reports)


def what_happens(plan: RowPlan, decision: LookAlike | None) -> str:
    """Return what an import does with one row, in a line."""
    who = plan.person.code if plan.person else ""
    if plan.outcome is Outcome.UPDATE:
        return _tr("Updates {who}: {changes}").format(who=who, changes=changes_words(plan.changes))
    if plan.outcome in {Outcome.UNCHANGED, Outcome.LEFT_OUT, Outcome.OLDER_ANSWER}:
        return _nothing_taken(plan, who)
    if decision is not None:
        return _tr("Becomes one family with {who}").format(who=whom(decision))
    if plan.outcome is Outcome.NEEDS_A_LOOK:
        return _tr("New family; {likeness}").format(likeness=alike_words(plan.look_alikes))
    return _tr("New family")


def _nothing_taken(plan: RowPlan, who: str) -> str:
    if plan.outcome is Outcome.LEFT_OUT:
        return _tr("Left out: {who} was removed; undo that, then import again").format(who=plan.removed)
    if plan.outcome is Outcome.OLDER_ANSWER:
        return _older_words(plan, who)
    return _tr("Nothing new for {who}").format(who=who)


def changes_words(changes: Sequence[FieldChange]) -> str:
    """Return the changes of an update in a line."""
    return "; ".join(change_words(change) for change in changes)


def change_words(change: FieldChange) -> str:
    """Return one change, old → new."""
    if not change.old:
        return _tr("{field}: {new}").format(field=change.label, new=change.new)
    return _tr("{field}: {old} → {new}").format(field=change.label, old=change.old, new=change.new)


def alike_words(alikes: Sequence[LookAlike]) -> str:
    """Return whom a row resembles and why, in a line."""
    first = alikes[0].sentence if alikes else ""
    more = len(alikes) - 1
    return _tr("{first} and {more} more").format(first=first, more=more) if more > 0 else first


def whom(alike: LookAlike, names: Mapping[str | int, str] | None = None) -> str:
    """Return whom *alike* means, with her name where *names* has it by code or row."""
    where = alike.code or _tr("row {row}").format(row=alike.row)
    name = (names or {}).get(alike.code or alike.row or "", "")
    return f"{name} ({where})" if name else where


def _older_words(plan: RowPlan, who: str) -> str:
    if plan.replaced_by is not None:
        return _tr("Older answer; row {row} counts").format(row=plan.replaced_by)
    return _tr("Older answer; {who} has answered since").format(who=who)


def _imported_words(report: ImportReport) -> str:
    said = _tr("Imported {rows} of {kind}: {counts}.")
    words = said.format(
        rows=rows_words(report.counts.rows), kind=kind_words(report.kind), counts=done_words(report.counts)
    )
    if report.questions:
        words += " " + _tr("{count} to ask about.").format(count=report.questions)
    return words
