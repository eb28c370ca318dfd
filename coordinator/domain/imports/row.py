"""Reading one row: values collected under their field, everything else turned into a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from textwrap import shorten

from coordinator.domain.imports.amounts import Amount, amount_text, read_amount, read_number
from coordinator.domain.imports.answer_cells import Answered
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.imports.contacts import tidy
from coordinator.domain.imports.free_words import is_no_answer
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.domain.imports.table import restore
from coordinator.domain.intervals import shifted
from coordinator.domain.places.placing import NOTHING_KNOWN, KnownPlaces
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import DateRule, read_date
from coordinator.sayings import Saying, coded

_PLAIN = ColumnUse(-1)
_HEADING_LETTERS = 120


def not_answered(label: Saying) -> Saying:
    """Return the question about an answer that was left blank."""
    return coded("asked.not_answered", "{label}: not answered", label=label)


class RowReader:
    """The mapped cells of one row, and what has been understood and asked so far."""

    def __init__(
        self,
        answers: Mapping[str, Answered],
        rules: Mapping[str, DateRule],
        today: date,
        in_doubt: Collection[str] = (),
        places: KnownPlaces = NOTHING_KNOWN,
        headings: Sequence[str] = (),
    ) -> None:
        self._answers = answers
        self._headings = headings
        self._in_doubt = in_doubt
        self._rules = rules
        self._texts: dict[str, str] = {}
        self.today = today
        self.places = places
        self.answered_on: date | None = None
        self.values: dict[str, str] = {}
        self.questions: list[QuestionAnswer] = []

    def cell(self, key: str) -> Cell:
        """Return the cell of a field; an empty one when no column is read for it."""
        answer = self._answers.get(key)
        return answer.cell if answer else Cell()

    def use(self, key: str) -> ColumnUse:
        """Return how the column of a field is read; a plain one when no column is read for it."""
        answer = self._answers.get(key)
        return answer.use if answer else _PLAIN

    def others(self, key: str) -> tuple[str, ...]:
        """Return what other columns of a field say that is not the same."""
        answer = self._answers.get(key)
        return answer.others if answer else ()

    def is_unclear(self, key: str) -> bool:
        """Whether the words cannot be read below their heading, which asks the other way round."""
        answer = self._answers.get(key)
        return answer is not None and answer.is_unclear

    def heading(self, key: str) -> str:
        """Return what stands above the column of a field, in one line and cut where it is half a page."""
        index = self.use(key).index
        words = self._headings[index] if 0 <= index < len(self._headings) else ""
        return shorten(words, _HEADING_LETTERS, placeholder=" …")

    def is_unit_in_doubt(self, key: str) -> bool:
        """Whether a bare number of the field may be mL or bags: its column looks so."""
        return key in self._in_doubt and not re.search(r"[^\W\d_]", self.text(key))

    def text(self, key: str) -> str:
        """Return the words of a field on one line."""
        if key not in self._texts:
            self._texts[key] = tidy(restore(self.cell(key).text.strip()))
        return self._texts[key]

    def lines(self, key: str) -> str:
        """Return the words of a field with the line breaks that were typed."""
        return restore(self.cell(key).text.strip())

    def rule(self, key: str) -> DateRule:
        """Return how dates of a field are read."""
        return self._rules[key]

    def rule_of_answer(self, key: str) -> DateRule:
        """Return how days in an answer are read: none of them lies after the form was sent.

        A day of grace: forms are stamped in other time zones.
        """
        rule = self._rules[key]
        if self.answered_on is None:
            return rule
        return replace(rule, today=min(rule.today, shifted(self.answered_on, 1)))

    def ask(self, topic: str, said: Saying, raw: str = "") -> None:
        """Put a question on the call list, once."""
        question = QuestionAnswer(topic, said, raw)
        if question not in self.questions:
            self.questions.append(question)

    def ask_about(self, key: str, label: Saying) -> None:
        """Ask what a cell that could not be read means, quoting it; ask for it plainly when it is blank."""
        raw = self.text(key)
        if self.is_unclear(key):
            self.ask_below_heading(key, key, label)
        elif not raw:
            self.ask(key, not_answered(label))
        elif is_no_answer(raw):
            said = coded("asked.no_answer_yet", "{label}: no answer yet (“{words}”)", label=label, words=raw)
            self.ask(key, said, raw)
        else:
            said = coded("asked.what_is_meant", "{label}: what does “{words}” mean?", label=label, words=raw)
            self.ask(key, said, raw)

    def ask_below_heading(self, topic: str, key: str, label: Saying) -> None:
        """Ask what an answer means that its heading turns round, quoting both."""
        said = coded(
            "asked.below_heading",
            "{label}: what is meant? (“{heading}”: “{words}”)",
            label=label,
            heading=self.heading(key),
            words=self.text(key),
        )
        self.ask(topic, said, self.text(key))

    def words(self, key: str) -> str:
        """Return and keep a field that is its own text."""
        text = self.text(key)
        if text:
            self.values[key] = text
        return text

    def keep(self, key: str, value: object) -> None:
        """Keep what was understood of a field, as plain text for comparing."""
        if value is not None and value != "":
            self.values[key] = value.isoformat() if isinstance(value, date) else str(value)

    def day(self, key: str, label: Saying, *, is_important: bool = True) -> date | None:
        """Return the date of a cell; what is no plain date becomes a question."""
        found = read_date(self.cell(key), self.rule(key)) if self.text(key) else None
        if found is None:
            if self.text(key) or is_important:
                self.ask_about(key, label)
            return None
        if found.is_ambiguous:
            self.ask_whether(key, label, found.on)
        self.keep(key, found.on)
        return found.on

    def ask_whether(self, key: str, label: Saying, day: date, words: str = "") -> None:
        """Ask whether a cell that does not plainly say *day* was read rightly; *words* of another cell."""
        raw = words or self.text(key)
        said = coded(
            "asked.read_as",
            "{label}: “{words}” was read as {day}; is that right?",
            label=label,
            words=raw,
            day=day,
        )
        self.ask(key, said, raw)

    def amount(self, key: str, label: Saying) -> Amount | None:
        """Return the milk a cell tells; blank or unreadable becomes a question."""
        text = self.text(key)
        amount = read_amount(text, self.use(key).unit) if text else None
        if text and self.is_unit_in_doubt(key):
            self.ask(key, self._which_unit(key, label), text)
            return None
        if amount is None:
            self.ask_about(key, label)
            return None
        return self.keep_amount(key, amount)

    def _which_unit(self, key: str, label: Saying) -> Saying:
        words = self.text(key)
        if self.use(key).unit is Unit.OR_BAGS:
            return coded(
                "asked.ounces_or_bags", "{label}: “{words}”: ounces or bags?", label=label, words=words
            )
        return coded("asked.which_unit", "{label}: “{words}”: ounces or mL?", label=label, words=words)

    def keep_amount(self, key: str, amount: Amount) -> Amount:
        """Keep milk that was understood, as it is compared."""
        self.keep(key, amount_text(amount.low, amount.high, is_estimate=amount.is_estimate))
        return amount

    def number(self, key: str, label: Saying, units: str = "", most: float = 1000) -> float | None:
        """Return a number between 0 and *most*; blank is not asked, unreadable is."""
        if not self.text(key):
            return None
        number = read_number(self.text(key), units)
        if number is None or number > most:
            self.ask_about(key, label)
            return None
        self.keep(key, f"{number:g}")
        return number
