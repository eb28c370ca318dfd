"""The rules that triggers of the database hold, and the sentence where something would break one.

The program foresees nearly all of it and says more; these speak where two programs write at once, or undo.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final = {
    "hold_bags": "A hold is of one bag or more, or of bags nobody counted.",
    "hold_days": "A hold cannot end before the day it was made.",
    "hold_of_removed_lot": "Milk of a lot that was removed cannot be agreed on; undo its removal first.",
    "lot_removed_with_hold": "Both families said yes to milk of this lot; release that hold first.",
    "delivery_bags": "A number of bags cannot be below zero.",
    "load_on_planned_pickup": "This pickup is closed; nothing travels with it any more.",
    "load_of_living_hold": "This hold was released or handed over; it cannot travel.",
    "stop_once": "A pickup stops once at a household; look at the pickup again.",
    "pickup_odometer": "The odometer needs both figures, the later one last.",
    "household_in_itself": "A family cannot be part of itself.",
    "merged_once": "This family is part of another already; take these two apart first.",
    "donor_once": "This family has a donor already; remove one of the two first.",
    "recipient_once": "This family receives milk already; remove one of the two first.",
    "driver_once": "This family has a volunteer already; remove one of the two first.",
    "recipient_amounts": "An amount of milk cannot be below zero.",
    "driver_away": "The last day away lies before the first; look at the two days again.",
}
