"""What the wizard says about one column: what stands in it, and how its cells are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import shorten

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.sheet import ColumnDates
from coordinator.domain.imports.table import Table
from coordinator.domain.reading.dates import DateOrder
from ui.translation import translate
from ui.widgets.label import one_line

_SAMPLE_LETTERS, _HEADING_LETTERS = 60, 160
_MILK = (Unit.OUNCES, Unit.MILLILITRES, Unit.LITRES, Unit.QUARTS, Unit.GALLONS)
_WAYS = (Unit.MILES, Unit.KILOMETRES, Unit.MINUTES, Unit.HOURS)
_UNITS: dict[str, tuple[Unit, ...]] = {
    **dict.fromkeys(("ounces", "own_supply", "stock", "formula"), _MILK),
    **dict.fromkeys(("reach", "max_miles"), _WAYS),
    "freezer_space": (Unit.CUBIC_FEET, *_MILK),
    "max_hours": (Unit.HOURS, Unit.MINUTES),
    "lift": (Unit.POUNDS, Unit.KILOGRAMS),
    "coolers": (Unit.QUARTS, Unit.LITRES, Unit.GALLONS),
    "gestation": (Unit.WEEKS, Unit.MONTHS),
    "oldest_milk_months": (Unit.MONTHS, Unit.WEEKS, Unit.DAYS),
}
"""What a bare number below a field may count; ages have their own."""
_AGES = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


def heading_words(heading: str) -> str:
    """Return a heading in one line; one that is half a page of help is cut."""
    plain = " ".join(one_line(heading).split())
    if not plain:
        return translate("ImportColumns", "(no heading)")
    return shorten(plain, _HEADING_LETTERS, placeholder=" …") if len(plain) > _HEADING_LETTERS else plain


def samples(table: Table, index: int, most: int) -> tuple[str, ...]:
    """Return the first different cells of a column, each in one line and not too long."""
    texts = (" ".join(one_line(cell.text).split()) for cell in table.column(index))
    different = list(dict.fromkeys(text for text in texts if text))[:most]
    return tuple(_cut(text) for text in different)


def _cut(text: str) -> str:
    return text if len(text) <= _SAMPLE_LETTERS else f"{text[: _SAMPLE_LETTERS - 1].rstrip()}…"


def field_options(kind: Role) -> list[tuple[str | None, str]]:
    """Return what a column of a list may be read as: field and words."""
    fields = ((field.topic, str(field.label)) for field in FIELDS[kind])
    return [(None, translate("ImportColumns", "not read")), *fields]


def field_words(kind: Role, topic: str) -> str:
    """Return what a field is called."""
    return next((str(field.label) for field in FIELDS[kind] if field.topic == topic), topic)


def reading_options(topic: str, use: ColumnUse, cells: Sequence[str]) -> list[tuple[ColumnUse, str]]:
    """Return the ways to read the cells of a column, when there are several worth asking about."""
    yes_no = _turned_words(topic)
    if yes_no and (use.yes_means_no or _has_yes_or_no(cells)):
        return [(replace(use, yes_means_no=bool(turned)), yes_no[turned]) for turned in (0, 1)]
    units = _AGES if use.is_age else _UNITS.get(topic, ())
    if use.unit is None or use.unit not in units:
        return []
    said = translate("ImportColumns", "numbers are {unit}")
    return [(replace(use, unit=unit), said.format(unit=unit_words(unit))) for unit in units]


def _has_yes_or_no(cells: Sequence[str]) -> bool:
    plain = {text.strip(" .!*").casefold() for text in cells}
    return bool(plain & {"yes", "no", "y", "n", "sí", "si", "oui", "non", "true", "false"})


def unit_words(unit: Unit) -> str:
    """Return what a unit is called."""
    return {
        Unit.OUNCES: translate("ImportColumns", "ounces"),
        Unit.MILLILITRES: translate("ImportColumns", "mL"),
        Unit.LITRES: translate("ImportColumns", "litres"),
        Unit.GALLONS: translate("ImportColumns", "gallons"),
        Unit.QUARTS: translate("ImportColumns", "quarts"),
        Unit.CUBIC_FEET: translate("ImportColumns", "cubic feet"),
        Unit.POUNDS: translate("ImportColumns", "pounds"),
        Unit.KILOGRAMS: translate("ImportColumns", "kilograms"),
        Unit.MILES: translate("ImportColumns", "miles"),
        Unit.KILOMETRES: translate("ImportColumns", "kilometres"),
        Unit.MINUTES: translate("ImportColumns", "minutes"),
        Unit.HOURS: translate("ImportColumns", "hours"),
        Unit.DAYS: translate("ImportColumns", "days"),
        Unit.WEEKS: translate("ImportColumns", "weeks"),
        Unit.MONTHS: translate("ImportColumns", "months"),
        Unit.YEARS: translate("ImportColumns", "years"),
    }[unit]


def _turned_words(topic: str) -> tuple[str, str] | None:
    """Return what "yes" means below a field: as it stands, and turned round."""
    return {
        "dairy": (
            translate("ImportColumns", "“yes” means she eats dairy"),
            translate("ImportColumns", "“yes” means she avoids dairy"),
        ),
        "nicotine": (
            translate("ImportColumns", "“yes” means she uses nicotine"),
            translate("ImportColumns", "“yes” means she uses no nicotine"),
        ),
        "alcohol": (
            translate("ImportColumns", "“yes” means she drinks alcohol"),
            translate("ImportColumns", "“yes” means she drinks no alcohol"),
        ),
        "cannabis": (
            translate("ImportColumns", "“yes” means she uses cannabis"),
            translate("ImportColumns", "“yes” means she uses no cannabis"),
        ),
        "medicines": (
            translate("ImportColumns", "“yes” means she takes medicines"),
            translate("ImportColumns", "“yes” means she takes none"),
        ),
        "heat_treated": (
            translate("ImportColumns", "“yes” means it was heated"),
            translate("ImportColumns", "“yes” means it was not heated"),
        ),
        "tattoo": (
            translate("ImportColumns", "“yes” means she had one"),
            translate("ImportColumns", "“yes” means she had none"),
        ),
        "medicine_ok": (
            translate("ImportColumns", "“yes” means medicines are accepted"),
            translate("ImportColumns", "“yes” means no medicines"),
        ),
        "nicotine_ok": (
            translate("ImportColumns", "“yes” means nicotine is accepted"),
            translate("ImportColumns", "“yes” means no nicotine"),
        ),
        "lift": (
            translate("ImportColumns", "“yes” means they can lift it"),
            translate("ImportColumns", "“yes” means they cannot lift it"),
        ),
    }.get(topic)


def use_words(kind: Role, use: ColumnUse) -> Iterator[str]:
    """Yield what else the heading says about the cells of a column."""
    if use.is_age:
        yield translate("ImportColumns", "Ages, counted back from the day of the answer")
    if use.option:
        yield translate("ImportColumns", "A tick means “{option}”").format(option=use.option)
    if use.part:
        yield translate("ImportColumns", "Read as “{part}: …”").format(part=use.part)
    if use.is_detail:
        yield translate("ImportColumns", "Details of the answer beside it")
    if use.limit:
        yield translate("ImportColumns", "“yes” means {limit}").format(limit=use.limit)
    if use.shared:
        also = ", ".join(field_words(kind, topic) for topic in use.shared)
        yield translate("ImportColumns", "Answers this, too: {fields}").format(fields=also)


def date_words(column: ColumnDates) -> str:
    """Return how the days of a column are read."""
    order = (
        translate("ImportColumns", "month/day")
        if column.order is DateOrder.MONTH_FIRST
        else translate("ImportColumns", "day/month")
    )
    if column.is_mixed:
        said = translate(
            "ImportColumns", "Dates in both orders: unclear ones read as {order} and asked about"
        )
    elif column.is_proven:
        said = translate("ImportColumns", "Dates read as {order}")
    else:
        said = translate("ImportColumns", "Dates taken as {order}; none proves it")
    return said.format(order=order)
