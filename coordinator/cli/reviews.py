"""``milkrun policy review-sheet`` and ``read-review``: a clinician's review of a profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.paper import reviews

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def review_sheet(task: Task) -> None:
    """Write the sheet of a profile.

    Raises:
        UserError: If there is no such profile, or the file is neither XLSX nor PDF or cannot be written.
    """
    path = task.words.output
    if path.suffix.casefold() not in {".xlsx", ".pdf"}:
        raise UserError(saying("Name a file that ends in .xlsx or .pdf."))
    reviews.save_review_sheet(task.database, task.words.profile, path, task.today)
    task.say(str(path))


def read_review(task: Task) -> None:
    """Show what a filled-in sheet would do; with ``--apply`` it is done.

    Raises:
        UserError: If it is no review sheet, does not say who and when, or has no answer to take in.
    """
    preview = reviews.read_review(task.database, task.words.file, task.today)
    for line in reviews.preview_lines(preview):
        task.say(line)
    task.say()
    if task.words.apply:
        reviews.take_in(task.database, preview, task.today)
    for line in _sum(preview, is_taken_in=task.words.apply):
        task.say(line)


def _sum(preview: reviews.ReviewPreview, *, is_taken_in: bool) -> Iterator[Saying]:
    yield reviews.goes_where(preview)
    if is_taken_in:
        yield saying("The answers were taken in; undo takes them back.")
    else:
        yield saying("Nothing was changed; “milkrun policy read-review --apply” does it.")
