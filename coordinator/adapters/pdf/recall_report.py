"""The report of a recall: lots, homes, times, ounces by answer, what is open, who was reached when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import BODY, Block, plain
from coordinator.adapters.pdf.dates_and_amounts import amount, clock, day_span, long_date
from coordinator.adapters.pdf.header import CONFIDENTIAL
from coordinator.adapters.pdf.paper import (
    SIZES,
    Page,
    draw_page,
    finished,
    paginate,
    room_between,
    text_width,
)
from coordinator.adapters.pdf.rows import Column, RowLook, add_beside, add_row
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.records.recall_work import ToldBack, in_words
from coordinator.domain.settings import Paper
from coordinator.domain.volume import Volume, total
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.records.recall_work import Party, RecallWork
    from coordinator.domain.settings import Settings

_NO_BREAK: Final = "\u00a0"
_TITLE: Final = 17.0
_TEXT: Final = 10.0
_HEADING: Final = 12.0
_CELL: Final = 9.0
_SMALL: Final = 8.0
_TINT = (0.93, 0.93, 0.93)

_ANSWERS = (Column(0.68), Column(0.32, is_number=True))
_PARTIES = (
    Column(0.28),
    *(Column(0.103, is_number=True) for _ in range(7)),
)
_MILK = (Column(0.13), Column(0.28), Column(0.17), Column(0.13, is_number=True), Column(0.29))
_TOLD = (Column(0.27), Column(0.2), Column(0.11, is_number=True), Column(0.15), Column(0.27))
_LOG = (Column(0.23), Column(0.29), Column(0.2), Column(0.28))


def render_recall_report(work: RecallWork, using: Settings, today: date, *, names: bool = False) -> bytes:
    """Return the report as a PDF of as many pages as it takes; no row is split between two."""
    paper = using.paper
    size, width = SIZES[paper], text_width(paper)
    report = _Report(work, using, width, names=names)
    header = report.header(today)
    room = room_between(paper, header, _footer(width, 99, 99))
    pages = paginate(list(report.blocks()), room)

    def draw(canvas: Canvas) -> None:
        for number, blocks in enumerate(pages, start=1):
            draw_page(canvas, size, Page(header, tuple(blocks), _footer(width, number, len(pages))))
            canvas.showPage()

    return finished(_title(work), size, draw)


def _title(work: RecallWork) -> Saying:
    return saying("Practice recall") if work.is_drill else saying("Report of recall {code}", code=work.code)


def _footer(width: float, page: int, pages: int) -> Block:
    block = Block(width)
    block.space(3)
    block.rule(0.5)
    block.space(1)
    foot = plain(f"{page} / {pages}")
    block.place(foot, width - foot.width(), block.height + BODY * 1.05)
    block.text(CONFIDENTIAL, _SMALL, room=width - foot.width() - 12)
    return block


class _Report:
    """One report being written: what it is about, how amounts are written, whether people have names."""

    def __init__(self, work: RecallWork, using: Settings, width: float, *, names: bool) -> None:
        self._work, self._using, self._width, self._names = work, using, width, names

    def header(self, today: date) -> Block:
        block = Block(self._width)
        block.text(_title(self._work), _TITLE, bold=True)
        words = [long_date(today, self._using.paper)]
        if self._using.network_name:
            words.insert(0, self._using.network_name)
        block.flow([plain(one, size=_TEXT) for one in words])
        block.space(3)
        block.rule(1.2)
        block.space(4)
        return block

    def blocks(self) -> Iterator[Block]:
        yield self._summary()
        yield self._answers()
        yield from self._table(
            saying("Everybody to ring"),
            _PARTIES,
            (
                saying("Who"),
                saying("Due"),
                saying("Fed"),
                saying("Discarded"),
                saying("Set aside"),
                saying("Never had"),
                saying("Not known"),
                saying("Open"),
            ),
            [self._party(one) for one in self._work.parties],
            saying("Nobody has any of it."),
        )
        yield from self._table(
            saying("What came to families"),
            _MILK,
            (saying("Lot"), saying("To"), saying("On"), saying("Amount"), saying("Pumped")),
            list(self._given()),
            saying("None of this milk came to a family."),
        )
        yield from self._table(
            saying("What went nowhere, or another way"),
            _MILK,
            (saying("Lot"), saying("With, or how"), saying("On"), saying("Amount"), saying("Pumped")),
            list(self._elsewhere()),
            saying("All of it came to families."),
        )
        yield from self._table(
            saying("Who was rung, and when"),
            _LOG,
            (saying("At"), saying("Who"), saying("Outcome"), saying("Note") if self._names else NOTHING),
            list(self._calls()),
            saying("Nobody was rung yet."),
        )
        yield from self._table(
            saying("What each told"),
            _TOLD,
            (
                saying("Who"),
                saying("Answer"),
                saying("Amount"),
                saying("On"),
                saying("Note") if self._names else NOTHING,
            ),
            list(self._told()),
            saying("Nobody has told of it yet."),
        )

    def _summary(self) -> Block:
        work = self._work
        block = Block(self._width)
        for line in self._lines():
            block.text(line, _TEXT)
        against = work.against_closing(self._using.volume_unit)
        block.space(4)
        block.text(
            saying("Still open") if against else saying("Every ounce is answered for"), _HEADING, bold=True
        )
        for line in against:
            block.text(joined(" ", ("–", line)), _TEXT)
        block.space(6)
        return block

    def _lines(self) -> Iterator[Saying]:
        work = self._work
        yield saying("About milk of {code}: lots {lots}.", code=work.about, lots=work.recall.lots)
        days = day_span(work.recall.days.first, work.recall.days.last)
        if work.recall.days.first is not None and work.recall.days.last is not None:
            yield saying("Pumped on {days}, or on days nobody told.", days=days)
        elif work.recall.days.first is not None:
            yield saying("Pumped from {day} on, or on days nobody told.", day=work.recall.days.first)
        elif work.recall.days.last is not None:
            yield saying("Pumped until {day}, or on days nobody told.", day=work.recall.days.last)
        else:
            yield saying("Pumped on any day.")
        if self._names and work.because:
            yield saying("Because: {words}", words=as_written(work.because))
        yield saying(
            "{homes}, {babies}, {given} given. {answered} of {due} answered for.",
            homes=plural("{n} home", "{n} homes", len(work.recall.homes)),
            babies=plural("{n} baby", "{n} babies", work.recall.babies),
            given=self._oz(work.given),
            answered=self._oz(work.answered),
            due=self._oz(work.due),
        )
        yield saying("Began {at}.", at=self._at(work.began_at))
        if work.reached_all_at is not None and work.took is not None:
            yield saying(
                "All families reached {at}: in {took}.",
                at=self._at(work.reached_all_at),
                took=in_words(work.took),
            )
        elif missing := [one for one in work.families if one.due and not one.reached]:
            yield plural("{n} family is not reached yet.", "{n} families are not reached yet.", len(missing))
        if work.closed_at is not None:
            yield saying("Closed {at}.", at=self._at(work.closed_at))
        if work.is_open_again:
            yield saying("Milk came to light since it was closed: it is not answered for.")

    def _answers(self) -> Block:
        block = Block(self._width)
        block.text(saying("Milk by answer"), _HEADING, bold=True)
        block.space(2)
        rows = [(became.words, total([one.of(became) for one in self._work.parties])) for became in ToldBack]
        rows.append((saying("open"), self._work.open))
        rows.append((saying("together"), self._work.due))
        half = Block(self._width / 2)
        for words, volume in rows:
            add_row(half, _ANSWERS, [str(words), self._oz(volume)], _ROW)
        add_beside(block, (half,), 0.0)
        block.space(6)
        return block

    def _party(self, one: Party) -> list[str]:
        answers = [self._figure(one.of(became)) for became in ToldBack]
        who = self._who(one.who)
        if self._names:
            phone = national_phone(one.phone).replace(" ", _NO_BREAK)
            who = f"{who} {phone}".strip()
        return [who, self._oz(one.due), *answers, self._figure(one.open)]

    def _given(self) -> Iterator[list[str]]:
        for one in self._work.recall.given:
            yield [
                one.lot_code,
                self._who(one.recipient_code),
                day_span(one.on, one.on),
                self._oz(one.volume),
                self._pumped(one.pumped.first, one.pumped.last),
            ]

    def _elsewhere(self) -> Iterator[list[str]]:
        for one in self._work.recall.not_given:
            if one.is_promise:
                where = saying("promised to {who}", who=self._who(one.recipient_code))
            elif one.driver_code:
                where = saying("with {who}", who=self._who(one.driver_code))
            elif one.removed_on is not None:
                where = saying("off the lists, ask {who}", who=self._who(one.donor_code))
            else:
                where = saying("with {who}", who=self._who(one.donor_code))
            pumped = self._pumped(one.pumped.first, one.pumped.last)
            day = one.pickup_on or one.removed_on
            yield [one.lot_code, str(where), day_span(day, day), self._oz(one.volume), pumped]
        for gone in self._work.recall.elsewhere:
            yield [gone.lot_code, str(gone.went.words), day_span(gone.on, gone.on), self._oz(gone.volume), ""]

    def _calls(self) -> Iterator[list[str]]:
        made = sorted((one for party in self._work.parties for one in party.contacts), key=lambda one: one.at)
        for one in made:
            note = one.note if self._names else ""
            yield [self._at(one.at), self._who(one.who), str(one.outcome.words), note]

    def _told(self) -> Iterator[list[str]]:
        for party in self._work.parties:
            for one in party.told:
                note = one.note if self._names else ""
                day = day_span(one.on, one.on)
                yield [self._who(one.who), str(one.became.words), self._oz(one.volume), day, note]

    def _who(self, code: str) -> str:
        """Return a code, with the name behind it where names are wanted."""
        party = self._work.party(code)
        if not self._names or party is None:
            return code
        return f"{code} {party.name}"

    def _pumped(self, first: date | None, last: date | None) -> str:
        return day_span(first, last) or str(saying("days not told"))

    def _oz(self, volume: Volume) -> str:
        return amount(volume, self._using.volume_unit)

    def _figure(self, volume: Volume) -> str:
        return self._oz(volume) if volume else "–"

    def _at(self, at: datetime) -> str:
        here = at.astimezone()
        day = long_date(here.date(), self._using.paper)
        return f"{day} {clock(here.time(), hours_24=self._using.paper is Paper.A4)}"

    def _table(
        self,
        heading: Saying,
        columns: Sequence[Column],
        head: Iterable[Saying],
        rows: Sequence[Sequence[str]],
        empty: Saying,
    ) -> Iterator[Block]:
        """Yield a block a row; the heading stays with the first of them."""
        first = Block(self._width)
        first.space(6)
        first.text(heading, _HEADING, bold=True)
        first.space(2)
        if not rows:
            first.text(empty, _TEXT)
            yield first
            return
        add_row(
            first, columns, [str(one) for one in head], RowLook(_CELL, bold=True, air=2, pad=5, tint=_TINT)
        )
        for number, cells in enumerate(rows):
            block = first if number == 0 else Block(self._width)
            add_row(block, columns, cells, _ROW)
            yield block


_HEAD = RowLook(_CELL, bold=True, air=2, pad=5, tint=_TINT)
_ROW = RowLook(_CELL, air=1.5, pad=5)
