"""A stop on paper: who, where, when, which bags, and the lines to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf import fonts
from coordinator.adapters.pdf.blocks import BODY, LEADING, TICK_GAP, Block, Item, blank, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, month_day, window
from coordinator.adapters.pdf.text import draw_text
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.sheets import Handling, HandlingRule, PickupSheet, SheetLot, SheetStop

NUMBER = 20.0
PLACE = 14.0
INDENT = 40.0
HAND = 5.0
"""Extra room above a line people write on."""

TIME_BLANK = 46.0
WORDS = {
    StopKind.PICK_UP: saying("PICK UP"),
    StopKind.DROP: saying("DROP"),
    StopKind.MEET: saying("MEET"),
}


def stop_block(sheet: PickupSheet, stop: SheetStop, width: float) -> Block:
    """Return everything about *stop*; it is never split across pages."""
    block = Block(width)
    block.space(5)
    _badge(block, stop)
    _who(block, sheet, stop)
    _where(block, stop)
    if stop.driver_note:
        _note(block, stop.driver_note)
    _lots(block, sheet, stop)
    _by_hand(block, sheet, stop)
    block.space(7)
    block.rule(0.5, 0.45)
    return block


def _badge(block: Block, stop: SheetStop) -> None:
    """Draw the number: white on a black disc, or black in a square at a drop, also told apart in grey."""
    top = block.height

    def paint(canvas: Canvas, left: float, y: float) -> None:
        text, middle = str(stop.number), left + 16
        size = NUMBER if len(text) < 3 else NUMBER * 0.75
        canvas.setLineWidth(1.4)
        canvas.setStrokeGray(0)
        dark = stop.kind is not StopKind.DROP
        canvas.setFillGray(0 if dark else 1)
        if dark:
            canvas.circle(middle, y - top - 16, 15.3, stroke=1, fill=1)
        else:
            canvas.rect(middle - 14.5, y - top - 30.5, 29, 29, stroke=1, fill=1)
        canvas.setFillGray(1 if dark else 0)
        start = middle - fonts.width(text, size, bold=True) / 2
        draw_text(canvas, start, y - top - 16 - size * 0.357, text, size, bold=True)

    block.mark(paint)


def _who(block: Block, sheet: PickupSheet, stop: SheetStop) -> None:
    times = window(stop.window_from, stop.window_to, hours_24=sheet.clock_24h) or str(saying("time not set"))
    when = strong(times, size=12)
    room = block.width - INDENT - when.width() - 14
    block.line(block.width - when.width(), times, 12, bold=True, baseline=block.height + PLACE * 1.05)
    who = [strong(WORDS[stop.kind], size=12), strong(stop.first_name, size=PLACE)]
    if stop.check_road:
        who.append(plain(saying("water on the way: check the road")))
    block.flow(who, x=INDENT, room=room)


def _where(block: Block, stop: SheetStop) -> None:
    """Place the address left and the phone right; the address wraps, the phone never does."""
    note = str(stop.phone_note.words) if stop.phone_note else ""
    phone, told = strong(stop.phone or saying("no phone"), size=PLACE), plain(note)
    taken = phone.width() + (told.width() + 5 if note else 0) + 14
    if taken > block.width * 0.6:
        block.flow([phone, told], x=INDENT)
        taken = 0
    else:
        baseline = block.height + PLACE * 1.05
        block.place(phone, block.width - taken + 14, baseline)
        block.place(told, block.width - told.width(), baseline)
    room = block.width - INDENT - taken
    for line in _address(stop, room):
        block.text(line, PLACE, x=INDENT, room=room)


def _address(stop: SheetStop, room: float) -> tuple[str, ...]:
    """Return street and town as one line when they fit and are written in the same direction."""
    lines = stop.address_lines or (str(saying("address to be agreed")),)
    together = ", ".join(lines)
    turned = fonts.is_right_to_left(together)
    return lines if turned or fonts.width(together, PLACE) > room else (together,)


def _note(block: Block, note: str) -> None:
    """Add the note with its own lines: who typed "Side door" and "Ring twice" on two meant two things."""
    label = strong(saying("For the driver:"))
    start = INDENT + label.width() + 5
    block.line(INDENT, label.parts[0], BODY, bold=True, baseline=block.height + BODY * 1.05)
    for line in [line for line in note.splitlines() if line.strip()] or [""]:
        block.text(line, BODY + 0.5, x=start)


def _lots(block: Block, sheet: PickupSheet, stop: SheetStop) -> None:
    for lot in stop.lots:
        fill_in = [blank(saying("counted"), 32, saying("bags")), blank("", 32, sheet.unit.value)]
        if stop.kind is StopKind.DROP:
            fill_in = _times(saying("into freezer")) if lot is stop.lots[-1] else []
        _lot(block, sheet, lot, fill_in)


def _lot(block: Block, sheet: PickupSheet, lot: SheetLot, fill_in: list[Item]) -> None:
    """Place a lot left and what is filled in right, in one column down the sheet."""
    items = [
        strong(lot.lot_code, tick=True),
        *_amounts(sheet, lot),
    ]
    if lot.only_from is not None:
        day = month_day(lot.only_from)
        items.append(strong(saying("only bags dated {day} or later", day=day)))
    if lot.for_first_name:
        items.append(plain(saying("for"), lot.for_first_name))
    taken = sum(item.width() + 6 for item in fill_in)
    block.flow(
        items, x=INDENT, room=block.width - INDENT - taken - 2, gap=9, lead=4, hang=BODY * 0.9 + TICK_GAP
    )
    baseline = block.height - BODY * (LEADING - 1.05)
    at = block.width - taken + 6
    for item in fill_in:
        block.place(item, at, baseline)
        at += item.width() + 6


def _amounts(sheet: PickupSheet, lot: SheetLot) -> list[Item]:
    """Return bags and ounces; an estimate in one, so that "about" stands once and the line stays short."""
    if lot.is_about:
        about = amount(lot.volume, sheet.unit, is_about=True)
        return [plain(saying("{amount} in\u00a0{bags}", amount=about, bags=bags(lot.bags)))]
    return [plain(bags(lot.bags)), plain(amount(lot.volume, sheet.unit))]


def _by_hand(block: Block, sheet: PickupSheet, stop: SheetStop) -> None:
    """Place what is ticked and written: when, how frozen, by whom, what stayed behind."""
    arrives = stop.kind is StopKind.DROP
    conditions = _conditions(sheet.handling, arriving=arrives)
    notes = blank(saying("left behind / notes"), 90, stretch=3)
    received = blank(saying("received by"), 90, stretch=2)
    lines = [conditions, [received, notes]]
    if arrives and not stop.lots:
        lines = [[*_times(saying("into freezer")), received], conditions, [notes]]
    elif not arrives:
        handed_over = blank(saying("handed over by"), 90, stretch=2)
        lines = [[*_times(saying("out of freezer")), *conditions], [handed_over, notes]]
        if sheet.kind is not PickupKind.RUN:
            lines.append([strong(saying("At home:")), _time(saying("into freezer")), received])
            lines.append(_conditions(sheet.handling, arriving=True))
    for line in lines:
        block.flow(line, x=INDENT, lead=HAND, gap=8)


def _conditions(handling: Handling, *, arriving: bool) -> list[Item]:
    if not arriving:
        states = (saying("hard frozen"), saying("ice crystals"), saying("thawed"))
        return [plain(words, tick=True) for words in states]
    thawed = handling.thawed_in_refrigerator
    hours = f"{thawed.value} {'h' if thawed.unit == 'hours' else thawed.unit}"
    refreeze = str(handling.refreeze_thawed.value)
    return [
        plain(saying("hard frozen"), tick=True),
        plain(_crystals(handling.ice_crystals), tick=True),
        plain(saying("thawed: to fridge, {hours}, {may} refreeze", hours=hours, may=refreeze), tick=True),
    ]


def _crystals(rule: HandlingRule) -> Saying:
    where = str(rule.value)
    if rule.differs:
        return saying("ice crystals: to {where} (sources differ)", where=where)
    return saying("ice crystals: to {where}", where=where)


def _times(freezer: Saying) -> list[Item]:
    """Return the two times of a stop, in the order in which they happen and are typed in."""
    return [_time(saying("arrived")), _time(freezer)]


def _time(label: Saying) -> Item:
    return Item((str(label),), blank=TIME_BLANK, colon=True)
