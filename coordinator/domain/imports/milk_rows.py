"""The milk a donor's row offers: how much, in how many bags, pumped when; a cell may say several."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.imports.amounts import TOTAL, Amount
from coordinator.domain.imports.answer_cells import is_filler
from coordinator.domain.imports.measures import read_count
from coordinator.domain.imports.milk_cells import MilkTold, read_milk
from coordinator.domain.imports.row import RowReader
from coordinator.domain.intervals import shifted
from coordinator.domain.plausible import may_be_of_one_bag
from coordinator.domain.reading.dates import read_date
from coordinator.domain.reading.spans import Span, read_span
from coordinator.sayings import Saying, coded, saying

_OUNCES, _BAGS = saying("Ounces offered"), saying("Bags")
_OLDEST, _NEWEST = saying("Oldest milk"), saying("Newest milk")
_TODAY = re.compile(
    r"(?:(?:pumped|this morning|as of)\s+)?(?:today|tonight|this morning|hoy|aujourd'hui)", re.IGNORECASE
)
_YESTERDAY = re.compile(r"(?:yesterday|last night|ayer|hier)", re.IGNORECASE)
_STILL = re.compile(
    r"(?:still|currently)(?: pumping)?|(?:to )?(?:now|present)|ongoing|current|pumping", re.IGNORECASE
)
_UNTIL_NOW = re.compile(
    r"(?P<first>.+?)\s*(?:-|–|—|to|through|thru|until|till?)\s*(?:the )?"
    r"(?:present|now|today|current(?:ly)?|ongoing|date)",
    re.IGNORECASE,
)
_SINCE_BIRTH = re.compile(
    r"(?:since|from) (?:(?:the )?(?:baby's )?birth|(?:the )?baby was born|day (?:one|1))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MilkAnswer:
    """What the cells about a donor's milk say together."""

    offered: Amount | None
    bags: int | None
    expressed_from: date | None
    expressed_to: date | None


def read_milk_of(row: RowReader, born: date | None) -> MilkAnswer:
    """Return the milk of *row*; what one cell says beside its own answer fills a blank, or is asked about."""
    by_ounces, by_bags = _told(row, "ounces"), _told(row, "bags")
    bags = _count(row, by_bags, by_ounces)
    offered = _offered(row, by_ounces, by_bags, bags or 0)
    if bags is None:
        row.ask_about("bags", _BAGS)
    row.keep("bags", bags)
    days = by_ounces.days or by_bags.days
    first = _day(row, "expressed_from", _OLDEST, days, born)
    last = _day(row, "expressed_to", _NEWEST, days, born)
    return MilkAnswer(offered, bags, first, last)


def _told(row: RowReader, key: str) -> MilkTold:
    text = row.text(key)
    if not text or is_filler(text) or (key == "bags" and text.isdecimal()):
        return MilkTold()
    return read_milk(
        text, row.rule_of_answer("expressed_from"), row.use(key).unit if key == "ounces" else None
    )


def _offered(row: RowReader, own: MilkTold, beside: MilkTold, bags: int) -> Amount | None:
    text = row.text("ounces")
    if text and row.is_unit_in_doubt("ounces"):
        return row.amount("ounces", _OUNCES)
    amount = own.amount
    if amount is None and _names_ounces(row.text("bags")):
        amount = beside.amount
    if amount is None:
        row.ask_about("ounces", _OUNCES)
        return None
    if amount is own.amount and amount.high and own.bags is None:
        is_total = TOTAL.search(text) is not None
        if may_be_of_one_bag(amount.high, bags, is_total=is_total):
            row.ask("ounces", _one_bag_or_all(text, bags), text)
            return None
    if not amount.high:
        said = coded("asked.no_ounces", "Ounces offered: “{words}”: is there milk to share?", words=text)
        row.ask("ounces", said, text)
    return row.keep_amount("ounces", amount)


def _names_ounces(text: str) -> bool:
    return bool(re.search(r"oz|ounce|\bml\b|lit|gal", text, re.IGNORECASE))


def _one_bag_or_all(words: str, bags: int) -> Saying:
    return coded(
        "asked.one_bag_or_all",
        "Ounces offered: “{words}” beside {bags} bags: is that in each bag, or in all of them?",
        words=words,
        bags=bags,
    )


def _count(row: RowReader, own: MilkTold, beside: MilkTold) -> int | None:
    text = row.text("bags")
    bags = read_count(text) if text else None
    if bags is None:
        bags = own.bags if text else beside.bags
    return bags


def _day(row: RowReader, key: str, label: Saying, beside: Span | None, born: date | None) -> date | None:
    """Return the first or last day of the milk; one that is not plainly told is asked about."""
    is_first = key == "expressed_from"
    other = "expressed_to" if is_first else "expressed_from"
    text = row.text(key)
    if text and read_date(row.cell(key), row.rule(key)):
        return row.day(key, label)
    span, source = _span(row, key, born), key
    if span is None and not text:
        span, source = _told_elsewhere(row, other, beside, born)
    if span is None or (span.is_end if is_first else span.is_start or span.is_cut):
        row.ask_about(key, label)
        return None
    day = span.first if is_first else span.last
    if not span.is_sure:
        row.ask_whether(key, label, day, row.text(source))
    row.keep(key, day)
    return day


def _told_elsewhere(
    row: RowReader, other: str, beside: Span | None, born: date | None
) -> tuple[Span | None, str]:
    """Return what the cell of the other day, or of the ounces, tells of both, and which cell it is."""
    of_other = _span(row, other, born)
    if of_other is not None and of_other.is_range:
        return of_other, other
    is_one_day = beside is not None and beside.first == beside.last and not beside.is_end
    if beside is None or (other == "expressed_from" and is_one_day):
        return None, other
    return beside, "ounces" if row.text("ounces") else "bags"


def _span(row: RowReader, key: str, born: date | None) -> Span | None:
    """Return the days a cell tells otherwise than by one whole date."""
    text = row.text(key).strip(" .!")
    if born is not None and key == "expressed_from" and _SINCE_BIRTH.fullmatch(text):
        return Span(born, born, is_sure=False, is_range=False)
    if row.answered_on is not None and (span := _from_the_form(row, key, text, row.answered_on)):
        return span
    span = read_span(text, row.rule_of_answer(key)) if text else None
    return replace(span, is_sure=span.is_sure and not row.rule(key).is_mixed) if span else None


def _from_the_form(row: RowReader, key: str, text: str, on: date) -> Span | None:
    """Return what is told from the day of the form: today, yesterday, until now."""
    if _TODAY.fullmatch(text):
        return Span(on, on, is_sure=True, is_range=False)
    if _YESTERDAY.fullmatch(text):
        return Span(shifted(on, -1), shifted(on, -1), is_sure=True, is_range=False)
    if key == "expressed_to" and _STILL.fullmatch(text):
        return Span(on, on, is_sure=False, is_range=False)
    until_now = _UNTIL_NOW.fullmatch(text)
    began = read_span(until_now["first"], row.rule_of_answer(key)) if until_now else None
    if began is None or began.first > on:
        return None
    return Span(began.first, on, is_sure=False, is_range=True)
