"""A page that somebody opened and found a value's figure on: what that makes of it, and when it may be noted.

It speaks of the figure it was made of and of no other: once another value or unit ships, it is passed over.
Whether the page is the authority's own is asked each time, of the authority as it ships today.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.sources import Hosts, PageCheck, Status, is_own_page
from coordinator.sayings import Saying, saying


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """What is kept of it; ``figure`` as ``figure_of`` writes it."""

    figure: str
    address: str
    by: str
    on: date


def figure_of(value: PolicyValue) -> str:
    """Return a value and its unit as one text, to compare."""
    return json.dumps([value.value, value.unit], ensure_ascii=False)


def seen_again(policy: Policy, opened: Mapping[str, OpenedPage], hosts: Hosts) -> Policy:
    """Return *policy* with the pages that were *opened*, by rule, noted at its values."""
    values = dict(policy.values)
    for rule, page in opened.items():
        value = values.get(rule)
        if value is not None and not value.is_own and figure_of(value) == page.figure:
            values[rule] = replace(value, seen_again=_check(value, page, hosts))
    return replace(policy, values=values)


def _check(value: PolicyValue, page: OpenedPage, hosts: Hosts) -> PageCheck:
    is_own = is_own_page(hosts, value.page.authority, page.address)
    return PageCheck(page.address, page.by, page.on, is_own_page=is_own)


def why_not_to_open(value: PolicyValue) -> Saying | None:
    """Return why no page can be opened for *value*; ``None`` where one can."""
    if value.is_own:
        return saying("This value is your network’s own, and no page says it; note a clinician’s review.")
    if value.value is None:
        return saying("There is no figure to compare with a page.")
    if value.status is Status.CHOICE:
        return saying("This is our choice, and no page says it; note a clinician’s review.")
    return None


def is_address(address: str) -> bool:
    """Return whether *address* is that of a page on the web."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
