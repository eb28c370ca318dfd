"""A clinician's review in the window: save the sheet, read the filled-in one, look at it, take it in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from coordinator.domain.policies.profiles import Policy
from coordinator.services.paper import reviews
from coordinator.services.paper.reviews import ReviewPreview
from ui.desk import Desk
from ui.errors import explain
from ui.translation import translate
from ui.widgets import file_dialogs
from ui.widgets.fields.form_dialog import FormDialog


class ReviewPreviewForm(FormDialog):
    """What a filled-in sheet would do, line by line; nothing is written before the main button.

    ``made`` is the key of the profile the answers went into.
    """

    def __init__(self, desk: Desk, preview: ReviewPreview, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, translate("Policies", "A review"), translate("Policies", "Take the answers in"), parent
        )
        self._preview = preview
        self.made = ""
        self.said = self.tr("The answers of {name} were taken in.").format(name=preview.reviewed.clinician)
        first, *lines = reviews.preview_lines(preview)
        self.say(str(first), "strong")
        self.say(str(reviews.goes_where(preview)))
        for line in lines:
            self.say(f"• {line}")
        self.save_button.setEnabled(bool(preview.reviewed.proposals))
        if not preview.reviewed.proposals:
            self.say(self.tr("There is no answer to take in."), "quiet")

    def work(self) -> Callable[[], object]:
        """Return the taking in."""
        database, preview, today = self._desk.database, self._preview, self._desk.today()

        def take_in() -> None:
            self.made = reviews.take_in(database, preview, today)

        return take_in


def save_sheet(
    desk: Desk, policy: Policy, over: QWidget, done: Callable[[str], None], failed: Callable[[str], None]
) -> None:
    """Ask where to, and write the sheet of *policy*; *done* or *failed* is given a sentence."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = translate("Policies", "Review of {title}.xlsx").format(title=_file_name(policy.title))
    kinds = translate("Policies", "Workbook to fill in (*.xlsx);;PDF to tick on paper (*.pdf)")
    title = translate("Policies", "Save the review sheet")
    chosen = file_dialogs.choose_target(over, title, Path(folder) / name, kinds, names_nobody=True)
    if chosen is None:
        return
    path = _with_ending(chosen)
    saved = translate("Policies", "Saved as {name}.").format(name=path.name)
    write = partial(reviews.save_review_sheet, desk.database, policy.key, path, desk.today())
    desk.runner.run(write, lambda _: done(saved), lambda error: failed(explain(error)))


def read_sheet(
    desk: Desk, over: QWidget, done: Callable[[ReviewPreview], None], failed: Callable[[str], None]
) -> None:
    """Ask for a filled-in sheet and read it; *done* is given what it would do."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = translate("Policies", "Workbooks (*.xlsx *.ods *.xls);;All files (*)")
    path = file_dialogs.choose_file(
        over, translate("Policies", "Read a filled-in review"), Path(folder), kinds
    )
    if path is not None:
        read = partial(reviews.read_review, desk.database, path, desk.today())
        desk.runner.run(read, done, lambda error: failed(explain(error)))


def _with_ending(chosen: file_dialogs.Target) -> Path:
    """Return the path with an ending this program writes: that of the chosen kind, unless she typed one."""
    if chosen.path.suffix.casefold() in {".xlsx", ".pdf"}:
        return chosen.path
    return chosen.path.with_name(f"{chosen.path.name}{'.pdf' if '*.pdf' in chosen.kind else '.xlsx'}")


def _file_name(title: str) -> str:
    return "".join(" " if letter in '/\\:*?"<>|' else letter for letter in title).strip()
