"""What a planned day says in words: broken rules, what to ask, and why a hold is not planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.coolers import cooler_rules
from coordinator.domain.pickups.day.answer import Broken, DayRule, NotPlanned, WhyNot
from coordinator.domain.pickups.ordering import PickupPolicy, clock_time
from coordinator.domain.pickups.skills import in_the_way, need_words, to_ask
from coordinator.domain.places.positions import DistanceUnit, format_distance
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Wording:
    """What words about a day are made with; *named* puts names for codes where somebody reads them."""

    pickups: PickupPolicy
    custody_source: str
    volume_unit: VolumeUnit = VolumeUnit.OZ
    distance_unit: DistanceUnit = DistanceUnit.MI
    named: Callable[[Saying], Saying] | None = None

    def put(self, said: Saying) -> Saying:
        """Return *said* in names, or as it is where codes are wanted."""
        return said if self.named is None else self.named(said)


def words_of(broken: Broken, wording: Wording) -> Saying:
    """Return a broken rule, or what nobody knows, in words, with codes or names as *wording* has it."""
    return wording.put(_BROKEN[broken.rule](broken, wording))


def overruled_words(rule: str, about: str, note: str) -> Saying:
    """Return what was overruled and why, by the rule's code; one that nobody knows any more by its note."""
    made = next((words for known, words in _OVERRULED.items() if known.value == rule), None)
    what = saying("a rule of the day") if made is None else made(about)
    return saying("Overruled: {what}. Why: {note}", what=what, note=note)


def why_words(one: NotPlanned, wording: Wording) -> Saying:
    """Return why a hold is not planned, in words, with codes or names as *wording* has it."""
    return wording.put(_WHY[one.why](one, wording))


def _at(minute: int) -> Saying:
    return clock_words(clock_time(minute))


def _milk(volume: Volume | None, wording: Wording) -> str:
    return format_volume(volume or Volume(), wording.volume_unit)


def _way(miles: float, wording: Wording) -> str:
    return format_distance(miles, wording.distance_unit, exact=False)


def _hours(one: Broken, _: Wording) -> Saying:
    if one.most < 0:
        return saying("{code} is not free at {time}.", code=one.code, time=_at(one.minutes))
    return saying(
        "arrives at {code} at {time}, after {latest}.",
        code=one.code,
        time=_at(one.minutes),
        latest=_at(one.most),
    )


def _shift(one: Broken, _: Wording) -> Saying:
    return saying(
        "{driver} is not free from {starts} to {ends}.",
        driver=one.code,
        starts=_at(one.minutes),
        ends=_at(one.most),
    )


def _longest(one: Broken, _: Wording) -> Saying:
    return saying(
        "The run takes {time}; {driver} drives {most} at most.",
        time=format_minutes(one.minutes, exact=True),
        driver=one.code,
        most=format_minutes(one.most, exact=True),
    )


def _too_far(one: Broken, wording: Wording) -> Saying:
    return saying(
        "{code} is {way} by road; the volunteer goes up to {most}.",
        code=one.code,
        way=_way(one.miles, wording),
        most=_way(one.most_miles, wording),
    )


def _order(one: Broken, _: Wording) -> Saying:
    return saying("{hold} is dropped before it is picked up.", hold=one.holds[0])


def _custody(one: Broken, wording: Wording) -> Saying:
    return saying(
        "{holds} would rest where neither of its families lives. {source}",
        holds=one.holds,
        source=wording.custody_source,
    )


def _coolers(one: Broken, wording: Wording) -> Saying:
    return _too_much(one.milk or Volume(), one.room, one.coolers, wording)


def _coolers_unknown(one: Broken, wording: Wording) -> Saying:
    return saying(
        "Which coolers {driver} has is not known; ask. {milk} travel.",
        driver=one.code,
        milk=_milk(one.milk, wording),
    )


def _hours_unknown(one: Broken, _: Wording) -> Saying:
    return saying("When {code} is free is not known; ask about {time}.", code=one.code, time=_at(one.minutes))


def _driver_hours_unknown(one: Broken, _: Wording) -> Saying:
    return saying(
        "When {code} is free is not known; ask about {starts} to {ends}.",
        code=one.code,
        starts=_at(one.minutes),
        ends=_at(one.most),
    )


def _freezer(one: Broken, wording: Wording) -> Saying:
    return saying(
        "The freezer of {code} has room for about {room}; {milk} come.",
        code=one.code,
        room=_milk(one.room, wording),
        milk=_milk(one.milk, wording),
    )


def _freezer_unknown(one: Broken, wording: Wording) -> Saying:
    return saying(
        "Whether the freezer of {code} has room for {milk} is not known; ask.",
        code=one.code,
        milk=_milk(one.milk, wording),
    )


def _out(one: Broken, _: Wording) -> Saying:
    return saying(
        "{hold} is out of the freezer for {time}; milk keeps {most} in a cooler.",
        hold=one.holds[0],
        time=format_minutes(one.minutes, exact=True),
        most=format_minutes(one.most, exact=True),
    )


def _away(one: Broken, _: Wording) -> Saying:
    return saying("{driver} is away that day.", driver=one.code)


def _longer(one: Broken, _: Wording) -> Saying:
    return saying(
        "{holds} join a run that stands: {time} in all now; ask {driver} again.",
        holds=one.holds,
        time=format_minutes(one.minutes, exact=True),
        driver=one.code,
    )


def _need(one: Broken, _: Wording) -> Saying:
    return in_the_way(one.need, one.driver, one.code)


def _need_unknown(one: Broken, _: Wording) -> Saying:
    return to_ask(one.driver, one.doors)


def _lunch(one: Broken, _: Wording) -> Saying:
    return saying(
        "{driver} is on the road from {starts} to {ends} with no time for lunch.",
        driver=one.code,
        starts=_at(one.minutes),
        ends=_at(one.most),
    )


_BROKEN: Mapping[DayRule, Callable[[Broken, Wording], Saying]] = {
    DayRule.HOURS: _hours,
    DayRule.SHIFT: _shift,
    DayRule.LONGEST: _longest,
    DayRule.TOO_FAR: _too_far,
    DayRule.ORDER: _order,
    DayRule.CUSTODY: _custody,
    DayRule.COOLERS: _coolers,
    DayRule.COOLERS_UNKNOWN: _coolers_unknown,
    DayRule.HOURS_UNKNOWN: _hours_unknown,
    DayRule.DRIVER_HOURS_UNKNOWN: _driver_hours_unknown,
    DayRule.FREEZER: _freezer,
    DayRule.FREEZER_UNKNOWN: _freezer_unknown,
    DayRule.OUT_OF_FREEZER: _out,
    DayRule.AWAY: _away,
    DayRule.LONGER: _longer,
    DayRule.NEED: _need,
    DayRule.NEED_UNKNOWN: _need_unknown,
    DayRule.LUNCH: _lunch,
}


_OVERRULED: Mapping[DayRule, Callable[[str], Saying]] = {
    DayRule.HOURS: lambda about: saying("the hours of {code}", code=about),
    DayRule.SHIFT: lambda about: saying("the free hours of {code}", code=about),
    DayRule.LONGEST: lambda about: saying("the longest run of {code}", code=about),
    DayRule.TOO_FAR: lambda about: saying("how far the volunteer goes, to {code}", code=about),
    DayRule.COOLERS: lambda about: saying("the coolers of {code}", code=about),
    DayRule.FREEZER: lambda about: saying("the room in the freezer of {code}", code=about),
    DayRule.OUT_OF_FREEZER: lambda about: saying("how long {hold} is out of the freezer", hold=about),
    DayRule.AWAY: lambda about: saying("that {code} is away", code=about),
    DayRule.NEED: lambda about: saying("what the door of {code} needs", code=about),
    DayRule.LUNCH: lambda about: saying("the lunch of {code}", code=about),
}


def _too_much(milk: Volume, room: Volume | None, coolers: tuple[int, ...], wording: Wording) -> Saying:
    """Return how milk does not fit coolers: by their room, or by what may be lifted."""
    found = cooler_rules(milk, coolers, None, wording.pickups, wording.volume_unit)
    if found:
        return found[0]
    return saying(
        "The volunteer may lift coolers of {room} in all; {milk} are too heavy.",
        room=_milk(room, wording),
        milk=_milk(milk, wording),
    )


def _yes_missing(one: NotPlanned, _: Wording) -> Saying:
    return saying("{whose:title} is missing.", whose=joined(", ", one.said))


def _place_unknown(one: NotPlanned, _: Wording) -> Saying:
    return saying("The place of {code} is unknown.", code=one.code)


def _not_home(one: NotPlanned, _: Wording) -> Saying:
    return saying("{code} is not free that day: {hours}.", code=one.code, hours=one.said[0])


def _no_drivers(_: NotPlanned, __: Wording) -> Saying:
    return saying("No volunteer is free that day.")


def _needs(one: NotPlanned, _: Wording) -> Saying:
    needs = joined(", ", [need_words(str(need)) for need in one.said])
    return saying("No volunteer who is free can do what it needs: {needs}.", needs=needs)


def _why_far(one: NotPlanned, wording: Wording) -> Saying:
    return saying("No volunteer who is free goes that far: {way} by road.", way=_way(one.miles, wording))


def _why_coolers(one: NotPlanned, wording: Wording) -> Saying:
    found = [_too_much(one.milk or Volume(), one.room, one.coolers, wording)]
    found.append(_second_trip(one.bags))
    return joined(" ", found)


def _second_trip(bags: int | None) -> Saying:
    if not bags:
        return saying("It needs a second trip or more coolers.")
    return plural(
        "One trip takes {n} bag of it, a second trip the rest.",
        "One trip takes {n} bags of it, a second trip the rest.",
        bags,
    )


def _why_freezer(one: NotPlanned, wording: Wording) -> Saying:
    said = saying(
        "The freezer of {code} has room for about {room}; {milk} are held.",
        code=one.code,
        room=_milk(one.room, wording),
        milk=_milk(one.milk, wording),
    )
    return said if not one.bags else joined(" ", (said, _second_trip(one.bags)))


def _too_long(one: NotPlanned, _: Wording) -> Saying:
    return saying(
        "The shortest run for it takes {time}; {driver} drives {most} at most.",
        time=format_minutes(one.minutes, exact=True),
        driver=one.code,
        most=format_minutes(one.most, exact=True),
    )


def _no_time(_: NotPlanned, __: Wording) -> Saying:
    return saying("No volunteer gets to both families within everybody's hours.")


def _day_full(_: NotPlanned, __: Wording) -> Saying:
    return saying("Whoever could drive it has no time left beside the other runs.")


def _left_out(_: NotPlanned, __: Wording) -> Saying:
    return saying("It was left out by hand.")


def _fetched(_: NotPlanned, __: Wording) -> Saying:
    return saying("Its family fetches it.")


_WHY: Mapping[WhyNot, Callable[[NotPlanned, Wording], Saying]] = {
    WhyNot.YES_MISSING: _yes_missing,
    WhyNot.PLACE_UNKNOWN: _place_unknown,
    WhyNot.NOT_HOME: _not_home,
    WhyNot.NO_DRIVERS: _no_drivers,
    WhyNot.NEEDS: _needs,
    WhyNot.TOO_FAR: _why_far,
    WhyNot.COOLERS: _why_coolers,
    WhyNot.FREEZER: _why_freezer,
    WhyNot.TOO_LONG: _too_long,
    WhyNot.NO_TIME: _no_time,
    WhyNot.DAY_FULL: _day_full,
    WhyNot.LEFT_OUT: _left_out,
    WhyNot.FETCHED: _fetched,
}
