"""What the wizard calls things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coordinator.domain.families.households import Role
from coordinator.domain.imports.changes import FieldChange
from coordinator.domain.imports.choices import Chosen, Decision, FieldChoice, Look
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import Counts, Outcome, RowPlan
from coordinator.domain.imports.preview import ImportPreview, ImportReport
from ui.translation import translate


def kind_words(kind: Role) -> str:
    """Return what a list of this kind is called: ``donors``."""
    return {
        Role.DONOR: translate("Imports", "donors"),
        Role.RECIPIENT: translate("Imports", "families"),
        Role.DRIVER: translate("Imports", "drivers"),
    }[kind]


def outcome_words(outcome: Outcome) -> str:
    """Return the short name of an outcome, for counts and filters."""
    return {
        Outcome.NEW: translate("Imports", "New"),
        Outcome.UPDATE: translate("Imports", "Updates"),
        Outcome.UNCHANGED: translate("Imports", "Nothing new"),
        Outcome.OLDER_ANSWER: translate("Imports", "Older answers"),
        Outcome.NEEDS_A_LOOK: translate("Imports", "Needs a look"),
        Outcome.LEFT_OUT: translate("Imports", "Left out"),
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


def asks_her(plan: RowPlan) -> bool:
    """Whether there is something for her to decide."""
    return plan.outcome is Outcome.NEEDS_A_LOOK or bool(plan.choices)


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
        Outcome.NEW: translate("Imports", "{count} new"),
        Outcome.UPDATE: translate("Imports", "{count} updated"),
        Outcome.UNCHANGED: translate("Imports", "{count} with nothing new"),
        Outcome.OLDER_ANSWER: translate("Imports", "{count} older answers left out"),
        Outcome.NEEDS_A_LOOK: translate("Imports", "{count} that may be known already"),
        Outcome.LEFT_OUT: translate("Imports", "{count} of removed codes left out"),
    }
    if counts.older_answers == 1:
        words[Outcome.OLDER_ANSWER] = translate("Imports", "{count} older answer left out")
    told = {outcome: count_of(counts, outcome) for outcome in words}
    told[Outcome.NEEDS_A_LOOK] -= counts.waiting
    said = [words[outcome].format(count=count) for outcome, count in told.items() if count]
    if counts.waiting:
        said.append(translate("Imports", "{count} not imported").format(count=counts.waiting))
    return ", ".join(said)


def rows_words(count: int) -> str:
    """Return ``1 row`` or ``47 rows``."""
    return (
        translate("Imports", "1 row")
        if count == 1
        else translate("Imports", "{count} rows").format(count=count)
    )


def imported_words(reports: Sequence[ImportReport]) -> str:
    """Return what imports did, in a sentence each."""
    return " ".join(_imported_words(report) for report in reports)


def file_words(preview: ImportPreview) -> list[str]:
    """Return what to know of the file: what was mended or not read, its order, and which rows are nobody."""
    said = translate("Imports", "Row {row} is left out: {why}")
    return [
        *map(str, filter(None, (*preview.table.notices, preview.order))),
        *(said.format(row=row.number, why=row.why) for row in preview.table.left_out),
    ]


def what_happens(plan: RowPlan, decision: Decision) -> str:
    """Return what an import does with one row, in a line."""
    who = plan.person.code if plan.person else ""
    if plan.outcome is Outcome.UPDATE:
        return _update_words(plan, decision, who)
    if plan.outcome in {Outcome.UNCHANGED, Outcome.LEFT_OUT, Outcome.OLDER_ANSWER}:
        return _nothing_taken(plan, who)
    if plan.waits:
        return translate("Imports", "Not imported: {why}").format(why=plan.waits)
    if plan.outcome is Outcome.NEEDS_A_LOOK:
        return _look_words(plan, decision)
    return _new_words(plan.answers.role)


def _look_words(plan: RowPlan, decision: Decision) -> str:
    if decision.look is Look.SAME and decision.same_as is not None:
        return translate("Imports", "Becomes one family with {who}").format(who=whom(decision.same_as))
    new = _new_words(plan.answers.role)
    if decision.look is Look.TWO:
        return translate("Imports", "{new}; two people").format(new=new)
    likeness = alike_words(plan.look_alikes)
    return translate("Imports", "{new}; {likeness}, which is asked").format(new=new, likeness=likeness)


def _new_words(role: Role) -> str:
    return {
        Role.DONOR: translate("Imports", "New donor"),
        Role.RECIPIENT: translate("Imports", "New family"),
        Role.DRIVER: translate("Imports", "New driver"),
    }[role]


def _update_words(plan: RowPlan, decision: Decision, who: str) -> str:
    said = [changes_words(plan.changes)]
    said += [choice_words(choice, decision) for choice in plan.choices]
    return translate("Imports", "Updates {who}: {changes}").format(who=who, changes="; ".join(said))


def choice_words(choice: FieldChoice, decision: Decision) -> str:
    """Return what becomes of a field that two lists tell differently."""
    chosen = decision.about(choice)
    if chosen is Chosen.TAKE:
        return change_words(choice.change)
    said = {
        Chosen.KEEP: translate("Imports", "{field} stays {old}"),
        Chosen.ASK: translate("Imports", "{field} stays {old} and is asked"),
    }[chosen]
    return said.format(field=choice.change.label, old=choice.change.old)


def _nothing_taken(plan: RowPlan, who: str) -> str:
    if plan.outcome is Outcome.LEFT_OUT:
        return translate("Imports", "Left out: {who} was removed; undo that, then import again").format(
            who=plan.removed
        )
    if plan.outcome is Outcome.OLDER_ANSWER:
        return _older_words(plan, who)
    return translate("Imports", "Nothing new for {who}").format(who=who)


def changes_words(changes: Sequence[FieldChange]) -> str:
    """Return the changes of an update in a line."""
    return "; ".join(change_words(change) for change in changes)


def change_words(change: FieldChange) -> str:
    """Return one change, old → new."""
    if not change.old:
        return translate("Imports", "{field}: {new}").format(field=change.label, new=change.new)
    return translate("Imports", "{field}: {old} → {new}").format(
        field=change.label, old=change.old, new=change.new
    )


def alike_words(alikes: Sequence[LookAlike]) -> str:
    """Return whom a row resembles and why, in a line."""
    first = alikes[0].sentence if alikes else ""
    more = len(alikes) - 1
    return (
        translate("Imports", "{first} and {more} more").format(first=first, more=more) if more > 0 else first
    )


def whom(alike: LookAlike, names: Mapping[str | int, str] | None = None) -> str:
    """Return whom *alike* means, with her name where *names* has it by code or row."""
    where = alike.code or translate("Imports", "row {row}").format(row=alike.row)
    name = (names or {}).get(alike.code or alike.row or "", "")
    return f"{name} ({where})" if name else where


def _older_words(plan: RowPlan, who: str) -> str:
    if plan.replaced_by is not None:
        return translate("Imports", "Older answer; row {row} counts").format(row=plan.replaced_by)
    return translate("Imports", "Older answer; {who} has answered since").format(who=who)


def _imported_words(report: ImportReport) -> str:
    said = translate("Imports", "Imported {rows} of {kind}: {counts}.")
    words = said.format(
        rows=rows_words(report.counts.rows), kind=kind_words(report.kind), counts=done_words(report.counts)
    )
    if not report.questions:
        return words
    asked = translate("Imports", "{count} to ask about.").format(count=report.questions)
    return f"{words} {asked}"
