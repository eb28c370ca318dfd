"""``milkrun labels``: labels for bags, and the page a printer is measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.paper import checked_target
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.paper.privacy import Level
from coordinator.errors import UserError
from coordinator.sayings import Saying, joined, plural, saying
from coordinator.services.paper import labels as service
from coordinator.services.paper.saving import write_file

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def labels(task: Task) -> None:
    """Write labels of lots or of a pickup; or the calibration page; with ``--shift`` remember that first."""
    words, target = task.words, checked_target(task.words.output)
    if words.shift is not None:
        service.keep_shift(task.database, words.calibrate or words.sheet, words.shift)
    if words.calibrate:
        write_file(target, service.calibration(words.calibrate))
        task.say(
            saying("{file}: print it on plain paper at 100 %, and hold it to a sheet.", file=str(target))
        )
        return
    made = _made(task)
    write_file(target, service.render_labels(made.job))
    job = made.job
    said = plural("{n} label on {sheets}", "{n} labels on {sheets}", job.count, sheets=_sheets(job.sheets))
    task.say(
        saying(
            "{file}: {said} of {sheet}. Print at 100 %. The next begin at label {next}.",
            file=str(target),
            said=said,
            sheet=job.sheet.title,
            next=job.next_start,
        )
    )
    if made.uncounted:
        lots = joined(", ", made.uncounted)
        task.say(
            saying("The bags of {lots} were not counted: one label each. --count says how many.", lots=lots)
        )


def _sheets(count: int) -> Saying:
    return plural("{n} sheet", "{n} sheets", count)


def _made(task: Task) -> service.Labels:
    words = task.words
    on = service.OnSheet(words.sheet, words.start, Level(words.level), words.count)
    pickups = [code for code in words.codes if letter_of(code) is CodeLetter.PICKUP]
    if pickups and len(words.codes) == 1:
        return service.labels_of_pickup(task.database, pickups[0], task.today, on)
    if pickups or not words.codes:
        raise UserError(saying("Name lots, such as L-0012, or one pickup, such as P-0001."))
    return service.labels_of_lots(task.database, words.codes, task.today, on)
