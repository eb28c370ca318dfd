"""What a heading says of the bags themselves: how much one of them holds, or that she may count them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coordinator.domain.imports.columns.meanings import Span

_UNITS = frozenset({"ounces", "ml", "litres", "gallons"})
_NAMED_SIZES = frozenset({"gallons"})
"""Sizes that bags are sold by, without a number."""
_BAGS, _ONE_BAG, _EACH = "bags", "perbag", "each"
_AROUND = 2
_WITHIN = frozenset(
    ["in", "into", "inside", "not", "no", "without", "x", "per", "en", "dans", "dentro", "pas", "non", "por"]
)
"""What stands before bags that are where the milk is, or that she shall not count."""


def name_bags(spans: Iterable[Span]) -> bool:
    """Whether *spans* speak of bags."""
    return any(_BAGS in span.meanings for span in spans)


def without_sizes(spans: Sequence[Span], *, beside_bags: bool = False) -> tuple[Span, ...]:
    """Return *spans* without what one bag holds: "number of 5 oz bags", "bags (5 oz each)".

    What stands *beside_bags*, as in brackets behind them, is theirs if it has a number.
    """
    left, at = list(spans), len(spans)
    while at > 0:
        at -= 1
        first = _first_number(left, at)
        if _is_size(left, first, at, beside_bags=beside_bags):
            del left[first : at + 1]
            at = first
    return tuple(left)


def _is_size(spans: Sequence[Span], first: int, at: int, *, beside_bags: bool) -> bool:
    told, behind = spans[at].meanings, spans[at + 1 :]
    if first == at:
        return bool(told & _NAMED_SIZES) and _opens_with_bags(behind)
    if not told & (_UNITS | {_ONE_BAG}):
        return False
    return beside_bags or _ONE_BAG in told or _opens_with_bags(behind) or _follow_bags(spans[:first])


def _first_number(spans: Sequence[Span], at: int) -> int:
    """Return where the numbers right before *at* begin: "4-6 oz", "2.5 oz"."""
    first = at
    while first and _is_number(spans[first - 1]):
        first -= 1
    return first


def _is_number(span: Span) -> bool:
    return span.is_light and not span.meanings


def _opens_with_bags(spans: Sequence[Span]) -> bool:
    """Whether bags, or a word for each of them, come next: "5 oz bags"."""
    return any(span.meanings & {_BAGS, _ONE_BAG, _EACH} for span in spans[:1])


def _follow_bags(spans: Sequence[Span]) -> bool:
    """Whether bags are the last thing told: "bags of about 5 oz"."""
    solid = [span for span in spans if not span.is_light]
    return name_bags(solid[-1:])


def may_count_bags(spans: Sequence[Span]) -> bool:
    """Whether a bare number below a heading of an amount may be bags: "ounces or bags", not "oz in bags"."""
    for at, span in enumerate(spans):
        before = {word for one in spans[max(at - _AROUND, 0) : at] for word in one.words}
        if _BAGS in span.meanings and not before & _WITHIN:
            return True
    return False
