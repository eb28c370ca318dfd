"""``milkrun place``: how a family is placed, one address looked up online, a position by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.places.lookups import Level
from coordinator.domain.places.positions import format_distance
from coordinator.errors import UserError
from coordinator.services.families import households
from coordinator.services.places import addresses
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task
    from coordinator.domain.places.lookups import Enquiry, Reply


def place(task: Task) -> None:
    """Show how a family is placed, or place it: by coordinates, or by its address if the answer fits."""
    code = task.words.family
    if task.words.at is not None:
        households.set_position(task.database, code, *task.words.at)
    elif task.words.look_up:
        _look_up(task, addresses.enquiry(task.database, code))
    _show(task, addresses.enquiry(task.database, code))


def _show(task: Task, found: Enquiry) -> None:
    if found.present is None:
        task.say(f"{found.code}: not known yet; a ZIP or a town places it.")
        return
    where = f"{found.present.latitude_deg:.5f}, {found.present.longitude_deg:.5f}"
    task.say(f"{found.code}: {where} ({found.present_label})")


def _look_up(task: Task, asked: Enquiry) -> None:
    if not asked.is_on:
        raise addresses.SwitchedOffError
    task.say(f"Asking {asked.host}, as {asked.agent}, for: {asked.query}")
    reply = addresses.look_up(task.database, asked, asked.query)
    if reply.found is None or not reply.can_be_used:
        raise UserError(f"{asked.host} does not know this address; the family stays where it was.")
    task.say(f"Found {_level(reply)}: {reply.found.label} (© OpenStreetMap contributors)")
    if reply.is_far and not task.words.even_if_far:
        away = format_distance(reply.miles_off or 0.0, settings(task.database).distance_unit, exact=False)
        raise UserError(
            f"That is {away} from its ZIP or town, so nothing was changed; --even-if-far takes it."
        )
    addresses.use_address(task.database, asked.code, reply.found)


def _level(reply: Reply) -> str:
    words = {Level.HOUSE: "the house", Level.STREET: "only the street", Level.ZIP: "only the ZIP"}
    return words.get(reply.found.level, "only the town") if reply.found else "nothing"
