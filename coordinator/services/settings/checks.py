"""Whether what was typed as a setting fits, and how it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.ranking_weights import load_ranking_policy
from coordinator.adapters.web.requests import host_of
from coordinator.domain.families.contacts import read_phone
from coordinator.domain.matching.weights import read_weights, written
from coordinator.domain.paper.label_sheets import MOST_SHIFT_MM, read_shifts, written_shifts
from coordinator.domain.plausible import count_of
from coordinator.domain.settings import Settings
from coordinator.domain.typed_numbers import plain_number, typed_number
from coordinator.errors import UserError
from coordinator.folders import is_there
from coordinator.sayings import saying

LONGEST_HOLD_DAYS = 60
LONGEST_CALL_MINUTES = 60
LONGEST_KEPT_MONTHS = 240
YES, NO = "yes", "no"
"""A switch as it is stored."""
_LONGEST_SENT = 120


def checked(name: str, value: str) -> str:
    """Return *value* of the setting called *name* as it is stored; whatever has no check of its own stays.

    Raises:
        UserError: If it does not fit; the sentence says what would.
    """
    check = _CHECKS.get(name)
    return check(value) if check else value


def _phone(value: str) -> str:
    phone = read_phone(value) if value else ""
    if phone is None:
        raise UserError(saying("This does not look like a phone number; type it with its area code."))
    return phone


def _folder(value: str) -> str:
    if value and not is_there(Path(value), Path.is_dir):
        raise UserError(saying("There is no such folder. Choose one that is there, or leave this empty."))
    return value


def _hold_days(value: str) -> str:
    if count_of(value, LONGEST_HOLD_DAYS) is None:
        raise UserError(
            saying("A hold lasts a whole number of days, from 1 to {most}.", most=LONGEST_HOLD_DAYS)
        )
    return value


def _call_minutes(value: str) -> str:
    if count_of(value, LONGEST_CALL_MINUTES) is None:
        raise UserError(
            saying("A call takes a whole number of minutes, from 1 to {most}.", most=LONGEST_CALL_MINUTES)
        )
    return value


def _forget_after_months(value: str) -> str:
    if value in {"", "0"}:
        return "0"
    if count_of(value, LONGEST_KEPT_MONTHS) is None:
        raise UserError(
            saying("Type a whole number of months, to {most}; 0 proposes nobody.", most=LONGEST_KEPT_MONTHS)
        )
    return value


def _standing_days(value: str) -> str:
    if count_of(value, LONGEST_HOLD_DAYS) is None:
        raise UserError(
            saying("Type a whole number of days before the pickup, from 1 to {most}.", most=LONGEST_HOLD_DAYS)
        )
    return value


def _road_factor(value: str) -> str:
    """Return the coordinator's own road factor; empty goes back to the learnt or shipped one."""
    policy = load_driving_policy()
    try:
        is_fit = not value or policy.lowest <= typed_number(value) <= policy.highest
    except ValueError:
        is_fit = False
    if not is_fit:
        raise UserError(
            saying(
                "A road factor is a number from {lowest:g} to {highest:g}; leave it empty to go back.",
                lowest=policy.lowest,
                highest=policy.highest,
            )
        )
    return plain_number(value) if value else value


def _ranking_weights(value: str) -> str:
    """Return the weights that differ from ours; empty goes back to ours."""
    policy = load_ranking_policy()
    try:
        return written(read_weights(value, policy), policy)
    except ValueError:
        raise UserError(
            saying("A weight is from 0 to {most:g} minutes, such as “covers=40,pair=30”.", most=policy.most)
        ) from None


def _label_shifts(value: str) -> str:
    try:
        return written_shifts(read_shifts(value))
    except ValueError:
        raise UserError(
            saying(
                "Labels are moved by millimetres, from -{most:g} to {most:g}. If yours are further off, "
                "print at 100 % and look after the paper in the settings of the printer.",
                most=MOST_SHIFT_MM,
            )
        ) from None


def _sent_along(value: str) -> str:
    """Refuse what no header of a web request can carry."""
    if not (value.isascii() and value.isprintable() and len(value) <= _LONGEST_SENT):
        raise UserError(
            saying("Use up to {most} plain letters, digits and signs, without accents.", most=_LONGEST_SENT)
        )
    return value


def _server(usual: str, value: str) -> str:
    """Return the base address of a server, no slash at its end; the usual one when nothing is typed."""
    url = value.rstrip("/") or usual
    is_plain = url.isascii() and url.isprintable() and not set(url) & set(" ?#@")
    if url and not (is_plain and host_of(url)):
        raise UserError(saying("The address of a server looks like https://maps.example.org."))
    return url


def _switch(value: str) -> str:
    return YES if value in (YES, str(True)) else NO


def _tiles(name: str, value: str) -> str:
    from coordinator.services.settings import tiles  # noqa: PLC0415 - map files need numpy, most settings do not

    return tiles.checked(name, value)


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "coordinator_phone": _phone,
    "backup_folder": _folder,
    "hold_days": _hold_days,
    "call_minutes": _call_minutes,
    "forget_after_months": _forget_after_months,
    "standing_ask_days": _standing_days,
    "standing_renew_days": _standing_days,
    "ranking_weights": _ranking_weights,
    "road_factor": _road_factor,
    "label_shifts": _label_shifts,
    "road_server_url": partial(_server, ""),
    "nominatim_url": partial(_server, Settings().nominatim_url),
    "contact": _sent_along,
    "user_agent": _sent_along,
    "looks_up_addresses": _switch,
    "shows_tiles": _switch,
    **{name: partial(_tiles, name) for name in ("tiles_url", "tiles_attribution", "tiles_file")},
}
