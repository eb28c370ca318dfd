"""Reads ``resources/authorities.toml``: on which hosts each authority's own pages stand."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from coordinator.domain.policies.sources import Hosts


@cache
def own_hosts() -> Hosts:
    """Return the hosts of each authority's own pages."""
    return _table("hosts")


@cache
def hosts_of_texts() -> Hosts:
    """Return the other hosts on which the own text of a paper was read."""
    return _table("texts")


def _table(name: str) -> Hosts:
    text = (resources.files("resources") / "authorities.toml").read_text(encoding="utf-8")
    return {authority: tuple(hosts) for authority, hosts in tomllib.loads(text)[name].items()}
