"""What an overruling was told as codes, and how old the milk may be that a family takes."""

import json
import re
from string import Formatter

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OLD_REASONS = (
    ("heat.refused", "heat-treated: this policy takes no such milk"),
    ("contact.first", "somebody speaks with her by phone or in person before a first match"),
    ("foods.eaten", "eats {food}; baby must avoid {food}"),
    ("foods.eaten_since", "eats {food} {dates}; baby must avoid {food}"),
    ("foods.ate", "ate {food} {dates}; baby must avoid {food}"),
    ("foods.washout", "ate {food} {dates}; {washout}: milk of {first} or later"),
    ("medicine.herb", "takes {what}: an herb this policy does not want"),
    ("medicine.unwanted", "takes {what}; family wants no medicine"),
    ("medicine.unwanted_dated", "{what}: family wants no medicine"),
    ("medicine.decided_against", "takes {what}; decided not to give it ({by}, {on})"),
    ("thawed.too_long", "thawed on {on}: longer ago than {limit}"),
    ("fresh.too_long", "{where:fresh} for longer than {limit}"),
    ("freezer.refused", "{where:freezer}: this policy takes no milk from there"),
    ("freezer.too_long", "in a {where:freezer} for longer than {limit}: milk of {first} or later"),
    ("nicotine.refused", "{what:nicotine}; this policy takes no such milk"),
    ("nicotine.unwanted", "{what:nicotine}; family wants none"),
    ("cannabis.refused", "{what}: this policy takes no such milk"),
    ("alcohol.too_much", "{told}, like {spirits} oz of spirits a day: more than {limit}"),
    ("event.unknown", "{what}: how long to wait is not known, ask"),
    ("event.illness", "{what}: ask about milk of {first} to {last}"),
    ("event.wait", "{what}: {wait} to wait, milk of {first} or later"),
)
"""The sentences of a "not a fit" that somebody may have overruled, as programs of step 0005 wrote them: code
and words with parameters. The longest that stands in what was told is what was overruled."""

DAY = r"[A-Z]\w\w \d{1,2}, \d{4}"
DATES = rf"(?:no dates|(?:since|until|on) {DAY}|{DAY} to {DAY})"
PARTS = {
    "dates": DATES,
    "first": DAY,
    "last": DAY,
    "on": DAY,
    "limit": r"[\d.e+-]+ (?:(?:hour|day|month)s? from \w+|oz of spirits, or as much alcohol in another drink, a day)",
    "told": r"[^\n]+",
    "fresh": "in the refrigerator|in a cooler|at room temperature",
    "freezer": "freezer above fridge|side-by-side freezer|chest freezer|upright freezer, frost-free"
    "|deep freezer, manual defrost|freezer",
    "nicotine": rf"uses nicotine|nicotine, {DATES}"
    rf"(?:, how long it lasts in milk is not known| and [^;\n]+ after: milk of {DAY} or later)?",
}
"""What a parameter looks like, by the kind written behind it or by its name; else up to a semicolon."""


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("oldest_milk_months", sa.Integer(), nullable=True))
    with op.batch_alter_table("overruling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.String(), server_default="", nullable=False))
    _give_codes(op.get_bind())


def _give_codes(connection: sa.Connection) -> None:
    overruling = sa.table("overruling", sa.column("id"), sa.column("disclosed"), sa.column("told"))
    for number, disclosed in connection.execute(sa.select(overruling.c.id, overruling.c.disclosed)).all():
        if told := key_of(disclosed):
            connection.execute(overruling.update().where(overruling.c.id == number).values(told=told))


def key_of(disclosed: str) -> str:
    """Return a list, as JSON, with the key of the reason that *disclosed* tells; empty if it tells none."""
    found = [
        (found[0], json.dumps([code, dict(sorted(found.groupdict().items()))], ensure_ascii=False))
        for code, words in OLD_REASONS
        for found in re.finditer(_pattern(words), disclosed)
    ]
    return json.dumps([max(found, key=lambda one: len(one[0]))[1]]) if found else ""


def _pattern(words: str) -> str:
    pattern, seen = "", set()
    for text, name, kind, _ in Formatter().parse(words):
        pattern += re.escape(text)
        if name:
            part = PARTS.get(kind or name) or (r"[^;\n]+" if pattern else r"(?=\S)[^;:\n]+")
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{part})"
            seen.add(name)
    return pattern
