"""Columns of milk whose bare numbers may be mL: their heading names two units, or none for large ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

from coordinator.domain.imports.columns.column_use import FieldMapping, Unit
from coordinator.domain.imports.table import Table

_AMOUNTS = ("ounces", "stock", "own_supply", "formula")
_WHERE_MILLILITRES = re.compile(
    r"\b(?:de|del|la|el|las|los|su|tu|du|des|le|les|votre|vous|cu[aá]ntas?|combien|leche|lait|beb[eé]|b[eé]b[eé]"
    r"|nombre|nom|pr[eé]nom|correo|courriel|tel[eé]fono|t[eé]l[eé]phone|ciudad|ville|calle|rue|c[oó]digo|fecha)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(\d[\d,.]*)\W*")
_MANY_OUNCES, _TOO_MANY_OUNCES = 1_000, 4_000
"""Half of the donors of a list hold more than this only where they counted millilitres."""


def units_in_doubt(table: Table, mapping: FieldMapping) -> frozenset[str]:
    """Return the fields whose bare numbers are to be asked about: ounces, mL or bags?"""
    most = _MANY_OUNCES if _is_of_millilitres(table.headers) else _TOO_MANY_OUNCES
    return frozenset(
        key
        for key in _AMOUNTS
        for use in mapping.get(key, ())
        if use.unit in {Unit.UNCLEAR, Unit.OR_BAGS}
        or (use.unit is None and _middle(cell.text for cell in table.column(use.index)) > most)
    )


def _is_of_millilitres(headers: Iterable[str]) -> bool:
    """Whether the headings are in Spanish or French."""
    return sum(bool(_WHERE_MILLILITRES.search(header)) for header in headers) >= 3


def _middle(texts: Iterable[str]) -> float:
    numbers = [float(match[1].replace(",", "").rstrip(".")) for text in texts if (match := _plain(text))]
    return median(numbers) if numbers else 0


def _plain(text: str) -> re.Match[str] | None:
    match = _BARE.fullmatch(text.strip())
    return match if match and re.fullmatch(r"\d{1,9}(?:,\d{3})*(?:\.\d+)?\.?", match[1]) else None
