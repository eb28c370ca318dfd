"""``milkrun place``: how a family is placed, one address looked up online, a position by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.places.lookups import Level
from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.families import households
from coordinator.services.places import addresses, choosing
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.places.lookups import Enquiry


def place(task: Task) -> None:
    """Show how a family is placed, or place it: by coordinates, or by its address if the answer fits."""
    code = task.words.family
    if task.words.at is not None:
        households.set_position(task.database, code, *task.words.at)
    elif task.words.look_up:
        _look_up(task, addresses.enquiry(task.database, code))
    elif task.words.choose:
        choosing.choose_place(task.database, code, task.words.choose)
    _show(task, addresses.enquiry(task.database, code))


def _show(task: Task, found: Enquiry) -> None:
    if (doubt := choosing.places_to_choose(task.database, found.code)) is not None:
        task.say(
            saying("{code}: {label}. {question}", code=found.code, label=doubt.label, question=doubt.said)
        )
        task.say(
            saying("“milkrun place {code} --choose town” or “--choose zip” settles it.", code=found.code)
        )
        return
    if found.present is None and found.present_label:
        task.say(saying("{code}: {label}.", code=found.code, label=found.present_label))
        return
    if found.present is None:
        task.say(saying("{code}: not known yet; a ZIP or a town places it.", code=found.code))
        return
    where = f"{found.present.latitude_deg:.5f}, {found.present.longitude_deg:.5f}"
    task.say(saying("{code}: {where} ({label})", code=found.code, where=where, label=found.present_label))


def _look_up(task: Task, asked: Enquiry) -> None:
    if not asked.is_on:
        raise addresses.SwitchedOffError
    task.say(
        saying(
            "Asking {host}, as {agent}, for: {query}", host=asked.host, agent=asked.agent, query=asked.query
        )
    )
    reply = addresses.look_up(task.database, asked, asked.query)
    if reply.found is None or not reply.can_be_used:
        raise UserError(
            saying("{host} does not know this address; the family stays where it was.", host=asked.host)
        )
    found = _FOUND.get(reply.found.level, saying("Found only the town:"))
    task.say(f"{found} {reply.found.label} ({_OSM})")
    if reply.is_far and not task.words.even_if_far:
        away = format_distance(reply.miles_off or 0.0, settings(task.database).distance_unit, exact=False)
        raise UserError(
            saying(
                "That is {away} from its ZIP or town, so nothing was changed; --even-if-far takes it.",
                away=away,
            )
        )
    addresses.use_address(task.database, asked.code, reply.found)


_OSM = saying("© OpenStreetMap contributors")
_FOUND = {
    Level.HOUSE: saying("Found the house:"),
    Level.STREET: saying("Found only the street:"),
    Level.ZIP: saying("Found only the ZIP:"),
}
