"""The line of a proposal on a map: the wider the more milk, dashed while it hangs on calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.domain.maps.drawing import MatchLine, Role

if TYPE_CHECKING:
    from coordinator.domain.places.positions import Position

THINNEST_PX: Final = 1.5
WIDEST_PX: Final = 7.0


def plan_line(
    start: Position,
    end: Position,
    share: float,
    *,
    is_certain: bool,
    label: str = "",
    is_chosen: bool = False,
    key: str = "",
) -> MatchLine:
    """Return the line from a donor to a family.

    Args:
        start: Where the donor lives.
        end: Where the family lives.
        share: Its milk as a part, 0 to 1, of the largest proposal's.
        is_certain: Whether it hangs on no call.
        label: What stands at its middle.
        is_chosen: Whether it is to stand out.
        key: What names it to whoever clicks on it.
    """
    return MatchLine(
        start,
        end,
        label,
        is_chosen,
        key=key,
        role=Role.CERTAIN if is_certain else Role.HOPED,
        width_px=THINNEST_PX + (WIDEST_PX - THINNEST_PX) * share,
        dashed=not is_certain,
    )
