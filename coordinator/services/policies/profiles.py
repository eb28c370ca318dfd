"""Policy profiles: those that ship, the network's own copies, which one is in use, and what was overruled."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.authorities import own_hosts
from coordinator.adapters.policies.profiles import (
    DEFAULT_PROFILE,
    PROFILES,
    load_profile,
    shipped_profiles,
)
from coordinator.db import policies as rows
from coordinator.db.database import Database
from coordinator.db.deciding import policy_decisions
from coordinator.db.policies import PolicyChangeRow, PolicyProfileRow
from coordinator.db.settings import SettingRow
from coordinator.db.writing import writing_of
from coordinator.domain.policies.deciding import as_decided
from coordinator.domain.policies.page_checks import OpenedPage, seen_again
from coordinator.domain.policies.profiles import Comparison, Policy, PolicyValue, ValueChange, compare
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import NO_PAGE, Status
from coordinator.domain.policies.typed import typed_value
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import read_back, saying

_SETTING = "policy_profile"

Changed = tuple[tuple[str, str, ValueChange], ...]
Opened = tuple[tuple[str, OpenedPage], ...]


def profiles(database: Database) -> tuple[Policy, ...]:
    """Return every profile: those that ship, the default first, then the network's own by title."""
    with database.reading() as session:
        shipped = [find_profile(session, key) for key in PROFILES]
        return (*shipped, *_own(session))


def profile(database: Database, key: str) -> Policy:
    """Return one profile; raises ``UserError`` when there is none with this key."""
    with database.reading() as session:
        return find_profile(session, key)


def find_profile(session: Session, key: str) -> Policy:
    """Return one profile inside an action; raises ``UserError``."""
    if key in PROFILES:
        return _with_pages(load_profile(key), _opened(session, key))
    row = rows.profile_row(session, key)
    if row is None:
        raise UserError(saying("This policy profile is not there any more; choose another."))
    return _own_policy(session, row)


def policy_in_use(session: Session) -> Policy:
    """Return the profile this network judges milk by, with what it decided once for all laid over it."""
    return as_decided(profile_in_use(session), policy_decisions(session))


def profile_in_use(session: Session) -> Policy:
    """Return the profile chosen, the default until one was, without what the network decided."""
    key = session.scalar(sa.select(SettingRow.value).where(SettingRow.name == _SETTING)) or DEFAULT_PROFILE
    try:
        return find_profile(session, key)
    except UserError:
        return find_profile(session, DEFAULT_PROFILE)


def policy_now(database: Database) -> Policy:
    """Return the profile this network judges milk by."""
    with database.reading() as session:
        return policy_in_use(session)


def compare_profiles(database: Database, left: str, right: str) -> Comparison:
    """Return two profiles value by value; raises ``UserError`` when one is not there."""
    with database.reading() as session:
        return compare(find_profile(session, left), find_profile(session, right))


def copy_profile(database: Database, key: str, title: str, today: date) -> str:
    """Copy a profile, so that its values can be changed; return the copy's key.

    Raises:
        UserError: If the title is empty or taken, or the profile is for comparison only.
    """
    name = title.strip()
    if not name:
        raise UserError(saying("Type a name for your own profile."))
    with database.writing(
        Action("policy.copied", saying("Made the policy profile “{title}”", title=name)), today
    ) as session:
        source = find_profile(session, key)
        if source.for_comparison_only:
            raise UserError(
                saying("“{title}” is for comparison only; copy another profile.", title=source.title)
            )
        taken = {one.title.casefold() for one in (*shipped_profiles(), *_own(session))}
        if name.casefold() in taken:
            raise UserError(
                saying("There is a profile called “{title}” already; choose another name.", title=name)
            )
        return add_copy(session, source, name, today).key


def add_copy(session: Session, source: Policy, title: str, today: date) -> PolicyProfileRow:
    """Add a copy of *source* with what was changed in it, inside an action."""
    row = PolicyProfileRow(
        key=_new_key(session, title), title=title, base=source.base or source.key, made_on=today
    )
    session.add(row)
    session.flush()
    for rule, value in source.values.items():
        if value.change is not None:
            write_change(session, row, rule, value.value, value.change)
    return row


def change_value(
    database: Database,
    key: str,
    rule: str,
    value: object,
    reason: str,
    by: str,
    today: date,
) -> None:
    """Set one value of the network's own profile, with the reason and who says so.

    Args:
        database: The open network.
        key: Of an own profile; a shipped one is copied first.
        rule: A key of ``RULES``.
        value: As the rule takes it: a number, a choice, words, or ``None`` for "not known".
        reason: Why; it is shown beside the value.
        by: Who says so.
        today: The day it is changed.

    Raises:
        UserError: If the profile is a shipped one, the value does not fit, or reason or name is missing.
    """
    typed = _typed(rule, value)
    if not reason.strip() or not by.strip():
        raise UserError(saying("Type why the value is changed, and who says so."))
    title = RULES[rule].title
    with database.writing(
        Action("policy.changed", saying("Changed “{title}” in a policy profile", title=title)), today
    ) as session:
        row = _own_row(session, key)
        write_change(session, row, rule, typed, ValueChange(reason.strip(), by.strip(), today))


def confirm_value(database: Database, key: str, rule: str, clinician: str, on: date) -> None:
    """Note that a named clinician reviewed a value of the network's own profile; it is checked from then on.

    Raises:
        UserError: If the profile is a shipped one, nobody is named, or the value is not known.
    """
    if not clinician.strip():
        raise UserError(saying("Type the clinician's name."))
    title = RULES[rule].title
    with database.writing(
        Action("policy.reviewed", saying("Noted a review of “{title}”", title=title))
    ) as session:
        row = _own_row(session, key)
        value = _own_policy(session, row)[rule]
        if value.value is None:
            raise UserError(saying("A value that is not known cannot be reviewed; change it first."))
        change = value.change or ValueChange(REVIEWED.in_english, clinician.strip(), on)
        answered = replace(change, asked="", asked_by="", asked_on=None)
        write_change(
            session, row, rule, value.value, replace(answered, clinician=clinician.strip(), reviewed_on=on)
        )


def restore_value(database: Database, key: str, rule: str) -> None:
    """Set one value of an own profile back to the shipped one; raises ``UserError`` like ``change_value``."""
    title = RULES[rule].title
    with database.writing(
        Action("policy.restored", saying("Set “{title}” back in a policy profile", title=title))
    ) as session:
        row = _own_row(session, key)
        for change in rows.changes_of(session, row.id):
            if change.rule == rule:
                session.delete(change)


def use_profile(database: Database, key: str) -> None:
    """Judge all milk by the profile with *key* from now on.

    Raises:
        UserError: If it is not there, or is for comparison only.
    """
    with database.writing(Action("policy.used", saying("Chose a policy profile"))) as session:
        chosen = find_profile(session, key)
        if chosen.for_comparison_only:
            raise UserError(
                saying("“{title}” is for comparison only; choose another profile.", title=chosen.title)
            )
        writing_of(session).action = Action(
            "policy.used", saying("Chose the policy profile “{title}”", title=chosen.title)
        )
        row = session.scalar(sa.select(SettingRow).where(SettingRow.name == _SETTING))
        if row is None:
            session.add(SettingRow(name=_SETTING, value=key))
        else:
            row.value = key


def remove_profile(database: Database, key: str, today: date) -> None:
    """Take an own profile off the list; the default is used again if it was in use. Undo brings it back."""
    with database.writing(Action("policy.removed", saying("Removed a policy profile")), today) as session:
        _own_row(session, key).archived_on = today


def _own(session: Session) -> list[Policy]:
    return [_own_policy(session, row) for row in rows.own_profiles(session)]


def _own_policy(session: Session, row: PolicyProfileRow) -> Policy:
    found = [one for one in rows.changes_of(session, row.id) if one.rule in RULES]
    changes = tuple((one.rule, one.value, _change(one)) for one in found)
    return _with_pages(_changed(row.key, row.title, row.base, changes), _opened(session, row.base))


def _opened(session: Session, key: str) -> Opened:
    """Return the pages that were opened for the shipped profile with *key*, by rule."""
    found = rows.page_checks(session)
    return tuple(
        (rule, OpenedPage(one.figure, one.address, one.opened_by, one.opened_on))
        for (profile, rule), one in found.items()
        if profile == key
    )


# Kept for the same reason as below.
@lru_cache(maxsize=32)
def _with_pages(policy: Policy, opened: Opened) -> Policy:
    return seen_again(policy, dict(opened), own_hosts()) if opened else policy


def _change(row: PolicyChangeRow) -> ValueChange:
    return ValueChange(
        _reason(row.reason),
        row.changed_by,
        row.changed_on,
        row.clinician,
        row.reviewed_on,
        row.asked,
        row.asked_by,
        row.asked_on,
    )


REVIEWED = saying("reviewed as it stands")
ASKED_FOR = saying("asked for in a review")
ASKED_ABOUT = saying("asked about in a review")
"""Reasons of the program's own."""


def _reason(stored: str) -> str:
    return str(read_back(stored, [(one.code, one.source) for one in (REVIEWED, ASKED_FOR, ASKED_ABOUT)]))


# Policies are compared by identity and worked with for long: the same changes give the same object.
@lru_cache(maxsize=16)
def _changed(key: str, title: str, base: str, changes: Changed) -> Policy:
    shipped = load_profile(base)
    values = dict(shipped.values)
    for rule, value, change in changes:
        values[rule] = _changed_value(values[rule], typed_value(RULES[rule], json.loads(value)), change)
    return replace(shipped, key=key, title=title, base=base, values=values)


def _changed_value(shipped: PolicyValue, value: Any, change: ValueChange) -> PolicyValue:  # noqa: ANN401 - any rule's value
    """Return a value with its change; another value is not one that the shipped source says."""
    if value == shipped.value:
        return replace(shipped, change=change)
    source = saying("set by {name} on {on}: {why}", name=change.by, on=change.on, why=change.reason)
    return replace(
        shipped,
        value=value,
        seen_in=(str(source),),
        status=Status.UNVERIFIED,
        checked=change.on,
        section="",
        quote="",
        remark="",
        change=change,
        is_own=True,
        page=NO_PAGE,
    )


def _own_row(session: Session, key: str) -> PolicyProfileRow:
    row = rows.profile_row(session, key)
    if row is None:
        raise UserError(saying("A profile that comes with the program is not changed; copy it first."))
    return row


def write_change(
    session: Session,
    row: PolicyProfileRow,
    rule: str,
    value: Any,  # noqa: ANN401 - any rule's value
    change: ValueChange,
) -> None:
    """Keep a value of an own profile with its change, inside an action."""
    known = {one.rule: one for one in rows.changes_of(session, row.id)}
    stored = known.get(rule)
    if stored is None:
        stored = PolicyChangeRow(
            profile_id=row.id, rule=rule, value="", reason="", changed_by="", changed_on=change.on
        )
        session.add(stored)
    stored.value, stored.reason = json.dumps(value, ensure_ascii=False), change.reason
    stored.changed_by, stored.changed_on = change.by, change.on
    stored.clinician, stored.reviewed_on = change.clinician, change.reviewed_on
    stored.asked, stored.asked_by, stored.asked_on = change.asked, change.asked_by, change.asked_on


def _typed(rule: str, value: object) -> object:
    if rule not in RULES:
        raise ValueError(rule)
    try:
        return typed_value(RULES[rule], value)
    except ValueError as error:
        title, problem = RULES[rule].title, error.args[0]
        raise UserError(saying("“{title}” {problem}.", title=title, problem=problem)) from error


def _new_key(session: Session, title: str) -> str:
    base = re.sub(r"\W+", "_", title.casefold()).strip("_")[:40] or "own"
    taken = set(session.scalars(sa.select(PolicyProfileRow.key))) | set(PROFILES)
    number = next(n for n in range(1, len(taken) + 2) if f"{base}_{n}" not in taken)
    return f"{base}_{number}"
