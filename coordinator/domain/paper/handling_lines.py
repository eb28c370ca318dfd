"""How a family is told to thaw and keep milk: rules of the policy and of the handling file, with sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from coordinator.domain.paper.parts import SourcedLine
from coordinator.domain.policies.sources import NO_DATE
from coordinator.domain.policies.values import Choice
from coordinator.sayings import Saying, as_written, joined, saying

if TYPE_CHECKING:
    from coordinator.domain.paper.sheets import Handling, HandlingRule
    from coordinator.domain.policies.profiles import Policy, PolicyValue

_LONGEST_TYPED: Final = 110


def thaw_lines(policy: Policy, handling: Handling) -> tuple[SourcedLine, ...]:
    """Return what a receipt says; what the policy does not know is said to be unknown, never left out."""
    return (
        SourcedLine(_thawed(policy["thawed"]), source_words(policy["thawed"])),
        SourcedLine(_refreeze(policy["refreeze"]), source_words(policy["refreeze"])),
        SourcedLine(
            saying(
                "Milk that still has ice crystals: to the {place}.", place=str(handling.ice_crystals.value)
            ),
            _said_by(handling.ice_crystals),
        ),
    )


def _thawed(value: PolicyValue) -> Saying:
    if value.value is None:
        return saying("Thawed in a refrigerator: how long it keeps is not known here; ask before you use it.")
    return saying("Thawed in a refrigerator: use it within {time} of thawing.", time=value.short_words)


def _refreeze(value: PolicyValue) -> Saying:
    if value.value is None:
        return saying("Whether thawed milk may be frozen again is not known here; ask before you do.")
    if value.value == Choice.WITH_ICE_CRYSTALS:
        return saying("Freeze milk again only while it still has ice crystals.")
    return saying("Never freeze thawed milk again.")


def source_words(value: PolicyValue) -> Saying:
    """Return who says a value, on which page of which date, and whether anybody compared it."""
    page = value.page
    if value.is_own or value.decided:
        said: Saying = saying("this network’s own figure")
    elif page.authority:
        dated = "" if page.dated.startswith(NO_DATE) else page.dated
        said = joined(", ", tuple(filter(None, (page.authority, page.title, dated, _to_type(page.address)))))
    else:
        said = joined("; ", value.seen_in)
    return said if value.is_checked else saying("{source} (unchecked)", source=said)


def _to_type(address: str) -> str:
    """Return an address as far as anybody types it off paper: of a long one the host."""
    if len(address) <= _LONGEST_TYPED:
        return address
    return f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/…"


def _said_by(rule: HandlingRule) -> Saying:
    said: Saying = as_written(rule.authority)
    if rule.status != "primary":
        said = joined("; ", (rule.authority, rule.seen_in))
    if rule.differs:
        said = saying("{source}; others: {others}", source=said, others=rule.differs)
    return said if rule.status == "primary" else saying("{source} (unchecked)", source=said)
