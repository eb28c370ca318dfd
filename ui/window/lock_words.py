"""What the dialog of the lock says it is about, as the lock stands."""

from __future__ import annotations

from ui.translation import translate


def about_open() -> str:
    """Return what a network that is not locked is open to."""
    return translate(
        "LockDialog",
        "Whoever can use this account on this computer can read this network. With a passphrase it opens "
        "for nobody without it, and neither do its backups: a lost passphrase is lost, unless there is a "
        "recovery sheet. PDFs and tables that are saved are not locked.",
    )


def about_locked(*, has_sheet: bool) -> str:
    """Return how a locked network opens."""
    if not has_sheet:
        return translate(
            "LockDialog",
            "This network and its backups open with the passphrase only: there is no recovery sheet, so a "
            "lost passphrase is lost. PDFs and tables that are saved are not locked.",
        )
    return translate(
        "LockDialog",
        "This network and its backups open with the passphrase. A new recovery sheet makes the words of "
        "an older one worthless. PDFs and tables that are saved are not locked.",
    )


def about_sheet() -> str:
    """Return why a recovery sheet is offered as soon as there is a passphrase."""
    return translate(
        "LockDialog",
        "Should the passphrase be lost, only the twelve words of a recovery sheet open this network. Save it "
        "as a PDF now, print it and keep it away from this computer.",
    )
