"""Forms of our own: text to paste, a workbook, a page to print; none of them needs a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.pdf.form_page import render_form
from coordinator.adapters.spreadsheets.form_workbook import form_workbook
from coordinator.domain.families import form_to_paste, google_form
from coordinator.domain.families.households import Role
from coordinator.domain.families.own_form import own_form
from coordinator.domain.settings import Paper
from coordinator.errors import UserError
from coordinator.sayings import saying


class FormNotWrittenError(UserError):
    """A form cannot stand there; nothing was written."""


def questions(role: Role) -> str:
    """Return what a *role* is asked as text to paste into Google or Microsoft Forms."""
    return form_to_paste.to_paste(own_form(role))


def google_script(role: Role) -> str:
    """Return a script that makes the form at Google."""
    return google_form.google_script(own_form(role))


def workbook(role: Role) -> bytes:
    """Return the form as an empty workbook (XLSX)."""
    return form_workbook(own_form(role))


def page(role: Role, paper: Paper) -> bytes:
    """Return the form as one page to fill in by hand (PDF)."""
    return render_form(own_form(role), paper)


def workbook_name(role: Role) -> str:
    """Return what the workbook is called, unless she calls it otherwise."""
    return f"{own_form(role).name}.xlsx"


def page_name(role: Role) -> str:
    """Return what the page is called, unless she calls it otherwise."""
    return f"{own_form(role).name}.pdf"


def save_forms(folder: Path, roles: Iterable[Role], paper: Paper) -> tuple[Path, ...]:
    """Write the forms of *roles* into *folder*, which is made where there is none; return the files.

    Raises:
        FormNotWrittenError: If one is there already, since it may hold answers, or cannot be written.
    """
    files = [file for role in roles for file in _files(role, paper)]
    for name, _ in files:
        if (folder / name).exists():
            raise FormNotWrittenError(
                saying(
                    "“{name}” is in that folder already and may hold answers. Choose another folder.",
                    name=name,
                )
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            write_privately(folder / name, content)
    except OSError as error:
        raise FormNotWrittenError(
            saying("The forms cannot be written there. Choose another folder.")
        ) from error
    return tuple(folder / name for name, _ in files)


def save(path: Path, content: bytes) -> None:
    """Write one form to *path*, which she chose, and replaces what stands there.

    Raises:
        FormNotWrittenError: If it cannot be written there.
    """
    try:
        write_privately(path, content)
    except OSError as error:
        raise FormNotWrittenError(
            saying("The form cannot be written there. Choose another folder or name.")
        ) from error


def _files(role: Role, paper: Paper) -> Iterator[tuple[str, bytes]]:
    name = own_form(role).name
    yield f"{name}-questions.txt", questions(role).encode()
    # No .js: Windows runs such a file where somebody opens it.
    yield f"{name}-google-script.txt", google_script(role).encode()
    yield workbook_name(role), workbook(role)
    yield page_name(role), page(role, paper)
