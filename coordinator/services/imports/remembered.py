"""What earlier imports of this network tell: the columns of like files, and what she chose for headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.imports import ImportRow
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.choosing import Remembered
from coordinator.domain.imports.columns.column_use import FieldMapping, read_stored, stored_uses
from coordinator.domain.imports.columns.guesses import ListGuess
from coordinator.domain.imports.columns.heading import Words, read_heading, without_copy
from coordinator.domain.imports.table import Table

_CHOSEN = "="
"""Where a stored mapping keeps what she chose against the guess: column -> field, empty for none."""


def signature(table: Table) -> str:
    """Return what two exports of one form have in common."""
    return hashlib.sha256(table.signature.encode()).hexdigest()


def stored_mapping(mapping: FieldMapping, guess: ListGuess | None) -> str:
    """Return *mapping* as the journal keeps it, with what in it was not guessed."""
    stored: dict[str, object] = {key: stored_uses(uses) for key, uses in mapping.items()}
    if guess is not None and (chosen := dict(_chosen(mapping, guess))):
        stored[_CHOSEN] = chosen
    return json.dumps(stored)


def _chosen(mapping: FieldMapping, guess: ListGuess) -> Iterator[tuple[int, str]]:
    told = {use.index: key for key, uses in mapping.items() for use in uses if not use.is_detail}
    for column in guess.columns:
        topic = told.get(column.index, "")
        if topic not in column.topics and (topic or column.topic):
            yield column.index, topic


def remembered_mapping(session: Session, table: Table, kind: Role) -> FieldMapping | None:
    """Return the columns of the last file with the same headers; ``None`` when there was none."""
    query = sa.select(ImportRow.mapping).where(
        ImportRow.header_signature == signature(table), ImportRow.kind == kind.value
    )
    stored = session.scalars(query.order_by(ImportRow.id.desc())).first()
    if stored is None:
        return None
    known = {field.topic for field in FIELDS[kind]}
    mapping = {key: read_stored(uses) for key, uses in json.loads(stored).items() if key in known}
    return {
        key: fitting
        for key, uses in mapping.items()
        if (fitting := tuple(use for use in uses if use.index < len(table.headers)))
    }


def remembered_choices(session: Session) -> Remembered:
    """Return what she chose for headings, whatever file they stood in; her last choice counts."""
    found: dict[Role, dict[Words, str]] = {role: {} for role in Role}
    query = sa.select(ImportRow.kind, ImportRow.headers, ImportRow.mapping).order_by(ImportRow.id)
    for kind, headers, mapping in session.execute(query.where(ImportRow.mapping.contains(f'"{_CHOSEN}"'))):
        named = json.loads(headers)
        for index, topic in json.loads(mapping).get(_CHOSEN, {}).items():
            words = read_heading(without_copy(named[int(index)])).words
            if words:
                found[Role(kind)][words] = topic
    return found
