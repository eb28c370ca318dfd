"""A clinician's review of a policy profile: the sheet to give her, and her answers taken in after a look.

Answers go into the network's own copy of the profile, which is made where there is none, and never change
what ships. Taking them in is one action: undo takes all of it back. Which profile milk is judged by stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from coordinator.adapters.computer.private_files import write_privately
from coordinator.adapters.policies.planning import planning_values
from coordinator.adapters.policies.profiles import PROFILES
from coordinator.adapters.spreadsheets.review_workbook import filled_in, review_workbook
from coordinator.adapters.spreadsheets.spreadsheet_files import read_sheets
from coordinator.db import policies as rows
from coordinator.db.database import Database
from coordinator.db.policies import PolicyProfileRow
from coordinator.domain.policies.profiles import Policy, ValueChange, value_words
from coordinator.domain.policies.review import (
    Answer,
    FilledSheet,
    Proposal,
    Reviewed,
    ReviewSheet,
    reviewed,
)
from coordinator.domain.policies.review_words import proposal_words
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.policies import profiles
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class ReviewPreview:
    """What a filled-in sheet would do. ``copy`` is the title of the own profile it goes into.

    ``makes_copy``: there is none yet. ``is_in_use``: milk is judged by that own profile today.
    """

    filled: FilledSheet
    reviewed: Reviewed
    copy: str
    makes_copy: bool
    is_in_use: bool


def review_sheet(database: Database, key: str, today: date) -> ReviewSheet:
    """Return the sheet of the profile with *key*; raises ``UserError`` when there is none."""
    with database.reading() as session:
        policy, network = profiles.find_profile(session, key), load_settings(session).network_name
    return ReviewSheet(policy, planning_values(), network, today)


def save_review_sheet(database: Database, key: str, path: Path, today: date) -> None:
    """Write the sheet of a profile to *path*: a workbook to fill in when it ends so, else to print.

    Raises:
        UserError: If there is no such profile, or the file cannot be written there.
    """
    from coordinator.adapters.pdf.review_sheet import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_review_sheet,
    )

    sheet = review_sheet(database, key, today)
    with database.reading() as session:
        paper = load_settings(session).paper
    is_workbook = path.suffix.casefold() == ".xlsx"
    content = review_workbook(sheet) if is_workbook else render_review_sheet(sheet, paper)
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying("The sheet cannot be written there. Choose another folder or name.")
        ) from error


def read_review(database: Database, path: Path, today: date) -> ReviewPreview:
    """Return what the sheet at *path* would do; nothing is written.

    Raises:
        UserError: If it is no review sheet, or does not say who reviewed it and when.
    """
    filled = filled_in(read_sheets(path), today)
    with database.reading() as session:
        return _preview(session, filled, today)


def take_in(database: Database, preview: ReviewPreview, today: date) -> str:
    """Write what *preview* says, all of it or nothing; return the key of the profile it went into.

    Raises:
        UserError: If the profile was changed since, or the sheet has no answer to take in.
    """
    who = preview.reviewed.clinician
    action = Action("policy.review_read", saying("Took in a review of a policy profile"))
    with database.writing(action, today) as session:
        if _preview(session, preview.filled, today) != preview:
            raise UserError(saying("The profile was changed meanwhile. Read the sheet again."))
        if not preview.reviewed.proposals:
            raise UserError(saying("The sheet of {name} has no answer to take in.", name=who))
        row = _own_row(session, preview, today)
        for proposal in preview.reviewed.proposals:
            change = _change(proposal, who, preview.reviewed.reviewed_on)
            profiles.write_change(session, row, proposal.now.rule, proposal.value, change)
        return row.key


def _preview(session: Session, filled: FilledSheet, today: date) -> ReviewPreview:
    if not filled.clinician:
        raise UserError(saying("The sheet does not say who reviewed it. Fill in “Clinician” at its top."))
    if filled.reviewed_on is None or filled.reviewed_on > today:
        raise UserError(saying("Fill in “Reviewed on” at the top of the sheet: a day, today or earlier."))
    own = _own_copy(session, filled.profile)
    source = profiles.find_profile(session, own.key if own else filled.profile)
    if source.for_comparison_only:
        raise UserError(
            saying("“{title}” is for comparison only; review another profile.", title=source.title)
        )
    return ReviewPreview(
        filled,
        reviewed(filled, source, filled.reviewed_on),
        copy=own.title if own else _new_title(session, source),
        makes_copy=own is None,
        is_in_use=own is not None and profiles.policy_in_use(session).key == own.key,
    )


def _own_copy(session: Session, key: str) -> PolicyProfileRow | None:
    """Return the own profile the answers go into: that of the sheet, the one in use, or the only copy."""
    if key not in PROFILES:
        return rows.profile_row(session, key)
    copies = [row for row in rows.own_profiles(session) if row.base == key]
    in_use = profiles.policy_in_use(session).key
    return next((row for row in copies if row.key == in_use), copies[0] if len(copies) == 1 else None)


def _new_title(session: Session, source: Policy) -> str:
    title = str(saying("{title}, reviewed", title=source.title))
    taken = {row.title.casefold() for row in rows.own_profiles(session)}
    numbered = (f"{title} {number}" for number in range(2, len(taken) + 3))
    return title if title.casefold() not in taken else next(n for n in numbered if n.casefold() not in taken)


def _own_row(session: Session, preview: ReviewPreview, today: date) -> PolicyProfileRow:
    own = _own_copy(session, preview.filled.profile)
    if own is not None:
        return own
    source = profiles.find_profile(session, preview.filled.profile)
    return profiles.add_copy(session, source, preview.copy, today)


def _change(proposal: Proposal, who: str, on: date) -> ValueChange:
    """Return what is kept of an answer: a question ends an earlier review, and an answer the question."""
    before = proposal.now.change
    reason, by, since = (before.reason, before.by, before.on) if before else (None, who, on)
    if proposal.answer is Answer.ASK:
        kept = reason or profiles.ASKED_ABOUT.in_english
        return ValueChange(kept, by, since, asked=proposal.note, asked_by=who, asked_on=on)
    if proposal.answer is Answer.CHANGE:
        return ValueChange(proposal.note or profiles.ASKED_FOR.in_english, who, on, who, on)
    kept = (reason if proposal.now.is_own else proposal.note) or reason or profiles.REVIEWED.in_english
    return ValueChange(kept, by, since, who, on)


def preview_lines(preview: ReviewPreview) -> tuple[Saying, ...]:
    """Return what a sheet would do, in sentences: who and when, each answer, what is not taken or blank."""
    found = preview.reviewed
    who = saying("Reviewed by {name} on {on}.", name=found.clinician, on=found.reviewed_on)
    done = [proposal_words(one, _new_words(one)) for one in found.proposals]
    left = [
        saying("Not taken, row {row}, {title}: {why}", row=one.row, title=one.title, why=one.why)
        for one in found.not_taken
    ]
    blank = plural("{n} value has no answer and stays.", "{n} values have no answer and stay.", found.blank)
    unread = plural(
        "{n} answer on the other pages is not taken in; read it there.",
        "{n} answers on the other pages are not taken in; read them there.",
        found.unread,
    )
    return (who, *done, *left, *([blank] if found.blank else []), *([unread] if found.unread else []))


def _new_words(proposal: Proposal) -> Saying:
    return value_words(proposal.value, proposal.now.unit)


def goes_where(preview: ReviewPreview) -> Saying:
    """Return where the answers go, and whether milk is judged by it."""
    copy = preview.copy
    if preview.makes_copy:
        return saying(
            "The answers go into a new profile of your own, “{copy}”; "
            "milk is judged by it once you choose it.",
            copy=copy,
        )
    if preview.is_in_use:
        return saying(
            "The answers go into your own profile “{copy}”, which all milk is judged by.", copy=copy
        )
    return saying(
        "The answers go into your own profile “{copy}”; milk is judged by it once you choose it.", copy=copy
    )
