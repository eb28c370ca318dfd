"""``milkrun choice`` and ``choices``: what each side chose, recorded and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.cli.json_documents import Document, written
from coordinator.cli.tables import table
from coordinator.domain.agreements.choices import ChoiceHow, ChoiceKind, HomeHeating, Said
from coordinator.domain.agreements.holds import Side
from coordinator.sayings import Saying, saying
from coordinator.services.agreements.choice_list import choice_lines, choices_of, headings, row
from coordinator.services.agreements.choices import record_choice, scan_of
from coordinator.services.records.exports import save_list

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.agreements.choices import ChoiceLine

HOW: Final = {"spoken": ChoiceHow.SPOKEN, "written": ChoiceHow.WRITTEN, "signed": ChoiceHow.SIGNED}
HEATS: Final = {"yes": HomeHeating.HEATS, "no": HomeHeating.DOES_NOT}
_SHOWN: Final = (0, 1, 2, 3, 4, 5, 6, 8, 14, 15)
"""The columns on screen; the file has all."""


def choice(task: Task) -> None:
    """Record what one side of a hold chose."""
    words = task.words
    scan = scan_of(words.attach) if words.attach is not None else None
    said = Said(
        Side(words.side),
        ChoiceKind(words.kind),
        words.on or task.today,
        HOW[words.how or ("signed" if scan is not None else "spoken")],
        words.by or "",
        words.told_on,
        HEATS.get(words.heats),
        scan,
    )
    record_choice(task.database, words.hold, said, task.today)
    hold = words.hold.upper()
    if said.kind is ChoiceKind.YES:
        task.say(saying("{hold}: recorded, {side} said yes.", hold=hold, side=_side(said.side)))
    else:
        task.say(
            saying("{hold}: recorded, {side} said no. Its milk is free.", hold=hold, side=_side(said.side))
        )


def choices(task: Task) -> None:
    """List what was chosen, of all or of one family, or write it as a table."""
    code, output = task.words.family, task.words.output
    found = choices_of(task.database, code, task.today) if code else None
    lines = found.lines if found is not None else choice_lines(task.database, task.today)
    if output is not None:
        save_list(output, [str(one) for one in headings()], [row(one) for one in lines])
        task.say(str(output))
    elif task.words.json:
        task.say_document(written([_document(one) for one in lines]))
    else:
        _print(task, lines)
        for missing in found.missing if found is not None else ():
            task.say(missing)


def _print(task: Task, lines: tuple[ChoiceLine, ...] | list[ChoiceLine]) -> None:
    if not lines:
        task.say(saying("No choice is recorded yet. Record one: milkrun choice H-0001 --side donor --yes"))
        return
    names = headings()
    for line in table([names[at] for at in _SHOWN], [[row(one)[at] for at in _SHOWN] for one in lines]):
        task.say(line)


def _side(side: Side) -> Saying:
    return saying("the donor") if side is Side.DONOR else saying("the family")


def _document(line: ChoiceLine) -> Document:
    one = line.choice
    return {
        "hold": one.hold_code,
        "code": line.code,
        "side": one.side.value,
        "choice": one.kind.value,
        "how": one.how.value,
        "chosen_by": one.chosen_by,
        "chosen_on": one.chosen_on.isoformat(),
        "days_ago": line.age,
        "told_on": one.told_on.isoformat(),
        "text_version": one.text_version,
        "older_text": line.is_older_text,
        "noted_by": one.noted_by,
        "noted_on": one.noted_on.isoformat(),
        "heats_at_home": one.heats.value if one.heats else None,
        "paper": one.file_name or None,
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
        "changed": [str(change) for change in line.changes],
    }
