"""The base map for whoever draws, and maps to be printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.adapters.map_files import basemap
from coordinator.domain.maps.drawing import Layers, MatchLine, Pin, Role
from coordinator.domain.maps.plan_lines import plan_line
from coordinator.domain.paper.map_pages import MapPage
from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.families import donors, drivers, recipients
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coordinator.db.database import Database
    from coordinator.domain.maps.drawing import Basemap
    from coordinator.domain.matching.matches import Match
    from coordinator.domain.places.positions import Position
    from coordinator.domain.planning.plan import Proposal
    from coordinator.domain.settings import Settings

LINES = 12
"""Families are matched with the nearest few: more lines hide the map."""

Placed = tuple[str, "Position | None", Role]


def load_basemap() -> Basemap:
    """Return the shipped base map, read once; about 0.2 s the first time."""
    return basemap.load_basemap()


def region_map(database: Database, today: date) -> MapPage:
    """Return every donor, family and driver by code.

    Raises:
        UserError: If nobody's place is known.
    """
    people: list[Placed] = [
        *((one.code, one.position, Role.DONOR) for one in donors.list_donors(database, today)),
        *((one.code, one.position, Role.RECIPIENT) for one in recipients.list_recipients(database, today)),
        *((one.code, one.position, Role.DRIVER) for one in drivers.list_drivers(database)),
    ]
    using = settings(database)
    return _page(saying("Map of the region"), people, (), (), using, today)


def family_map(database: Database, recipient: str, today: date) -> MapPage:
    """Return one family and the donors suggested for it, the best twelve with a line and its distance.

    Raises:
        NotFoundError: If there is no such family.
        UserError: If its place is not known.
    """
    ranking, using = rank_donors(database, recipient, today), settings(database)
    seeker = ranking.seeker
    if seeker.position is None:
        raise UserError(
            saying("The place of {code} is not known. Enter a ZIP code or a town first.", code=seeker.code)
        )
    best = [match for match in ranking.matches if match.offer.position and match.miles is not None][:LINES]
    lines = tuple(
        MatchLine(match.offer.position, seeker.position, _far(match, using))
        for match in best
        if match.offer.position
    )
    people: list[Placed] = [(seeker.code, seeker.position, Role.RECIPIENT)]
    people += [(match.code, match.offer.position, Role.DONOR) for match in ranking.matches]
    named = [f"{match.code} {_far(match, using)}" for match in best]
    note = (
        saying("Best first: {matches}.", matches=tuple(named))
        if named
        else saying("Nobody can be suggested today.")
    )
    return _page(saying("{code} and who could help", code=seeker.code), people, lines, (note,), using, today)


def plan_map(database: Database, proposals: Sequence[Proposal], today: date) -> MapPage:
    """Return the donors and families of a plan by code, with a line for each proposal.

    A whole line is certain now, a dashed one hangs on calls; the wider, the more milk.

    Raises:
        UserError: If nobody's place is known, or nothing is proposed.
    """
    if not proposals:
        raise UserError(saying("Nothing is proposed, so there is nothing to draw."))
    codes = {code for one in proposals for code in (one.donor, one.recipient)}
    people: list[Placed] = [
        *((one.code, one.position, Role.DONOR) for one in donors.list_donors(database, today)),
        *((one.code, one.position, Role.RECIPIENT) for one in recipients.list_recipients(database, today)),
    ]
    people = [one for one in people if one[0] in codes]
    places = {code: position for code, position, _ in people if position is not None}
    most = max(one.ounces for one in proposals)
    lines = tuple(
        plan_line(
            places[one.donor],
            places[one.recipient],
            one.ounces / most,
            is_certain=one.is_certain,
        )
        for one in proposals
        if one.donor in places and one.recipient in places
    )
    note = saying("A whole line is certain now, a dashed one if as hoped. The wider, the more milk.")
    page = _page(saying("The plan on the map"), people, (), (note,), settings(database), today)
    return replace(page, layers=replace(page.layers, lines=lines))


def render_map(page: MapPage) -> bytes:
    """Return *page* as a PDF."""
    from coordinator.adapters.pdf.map_page import render_map as drawn  # noqa: PLC0415 - reportlab costs the start 0.2 s

    return drawn(page)


def _far(match: Match, using: Settings) -> str:
    return format_distance(match.miles or 0.0, using.distance_unit, exact=match.is_exact)


_NAMES = {Role.DONOR: saying("Donor"), Role.RECIPIENT: saying("Recipient"), Role.DRIVER: saying("Driver")}


def _page(
    title: Saying,
    people: list[Placed],
    lines: tuple[MatchLine, ...],
    notes: tuple[Saying, ...],
    using: Settings,
    today: date,
) -> MapPage:
    pins = tuple(_pins(people, marked=people[0][0] if lines else ""))
    if not pins:
        raise UserError(saying("Nobody's place is known yet, so there is nothing to draw."))
    shown = {pin.role for pin in pins}
    legend = tuple((role, str(name)) for role, name in _NAMES.items() if role in shown)
    return MapPage(
        title,
        using.network_name,
        today,
        Layers(pins, lines, legend=legend),
        tuple(line.start for line in lines) + tuple(line.end for line in lines[:1])
        or tuple(pin.position for pin in pins),
        tuple(code for code, position, _ in people if position is None),
        notes,
        using.distance_unit,
        using.paper,
    )


def _pins(people: Iterable[Placed], marked: str) -> Iterable[Pin]:
    return (
        Pin(code, position, role, emphasised=code == marked)
        for code, position, role in people
        if position is not None
    )
