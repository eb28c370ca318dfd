"""How many there are of something, in words: ``1 donor``, ``40 donors``."""

from __future__ import annotations

from ui.translation import translate


def donors_words(count: int) -> str:
    """Return how many donors there are."""
    return _said(count, translate("Counted", "1 donor"), translate("Counted", "{count} donors"))


def families_words(count: int) -> str:
    """Return how many families there are."""
    return _said(count, translate("Counted", "1 family"), translate("Counted", "{count} families"))


def drivers_words(count: int) -> str:
    """Return how many drivers there are."""
    return _said(count, translate("Counted", "1 driver"), translate("Counted", "{count} drivers"))


def lots_words(count: int) -> str:
    """Return how many lots there are."""
    return _said(count, translate("Counted", "1 lot"), translate("Counted", "{count} lots"))


def actions_words(count: int) -> str:
    """Return how many actions there were."""
    return _said(count, translate("Counted", "1 action"), translate("Counted", "{count} actions"))


def homes_words(count: int) -> str:
    """Return how many homes there are."""
    return _said(count, translate("Counted", "1 home"), translate("Counted", "{count} homes"))


def babies_words(count: int) -> str:
    """Return how many babies there are."""
    return _said(count, translate("Counted", "1 baby"), translate("Counted", "{count} babies"))


def _said(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count=count)
