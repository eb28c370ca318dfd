"""The rules that the database holds by its own checks and triggers, and the sentence where one would break.

The program foresees nearly all of it and says more; these speak where two programs write at once, or undo.
"""

from __future__ import annotations

from typing import Final

from coordinator.sayings import coded

SENTENCES: Final = {
    said.code: said
    for said in (
        coded("ck_lot_volume", "A lot cannot hold less than no milk; look at the amount again."),
        coded("ck_lot_bags", "A number of bags cannot be below zero; count the bags of the lot again."),
        coded(
            "ck_lot_expressed",
            "The oldest milk of a lot cannot be newer than its newest; look at the days again.",
        ),
        coded("ck_hold_volume", "A hold is of some milk; type how much, or release it."),
        coded(
            "ck_delivery_volumes",
            "What came, stayed or was lost cannot be below zero; look at the amounts again.",
        ),
        coded("hold_state", "A hold is open, agreed, released or done, and nothing else."),
        coded("hold_bags", "A hold is of one bag or more, or of bags nobody counted."),
        coded("hold_days", "A hold cannot end before the day it was made."),
        coded(
            "hold_of_removed_lot",
            "Milk of a lot that was removed cannot be agreed on; undo its removal first.",
        ),
        coded(
            "hold_of_removed_donor",
            "Milk of a donor who was removed cannot be agreed on; undo her removal first.",
        ),
        coded(
            "hold_of_removed_family",
            "A family that was removed cannot agree on milk; undo its removal first.",
        ),
        coded(
            "hold_of_newer_bags", "This hold takes only bags that are newer than its lot; release it first."
        ),
        coded("own_milk_held", "A family's own milk is not offered to it; choose a donor of another family."),
        coded(
            "own_milk_agreed",
            "A family's own milk is not offered to it, so nothing is agreed; release the hold.",
        ),
        coded(
            "own_milk_of_lot",
            "This milk is agreed for a family that would give it then; release that hold first.",
        ),
        coded(
            "own_milk_of_donor",
            "A family would get its own milk then; release the hold of it first.",
        ),
        coded(
            "own_milk_of_family",
            "A family would get the milk it gives then; release the hold of it first.",
        ),
        coded("hold_done_agreed", "Milk is handed over only after both families' yes; note these first."),
        coded(
            "hold_delivered_stays",
            "What became of this hold is written down; undo its settling before changing it.",
        ),
        coded(
            "yes_of_agreed_stays", "This hold is agreed, which takes both families' yes; release it first."
        ),
        coded("agreement_removed", "This hold is agreed, and its yeses stay with it; release it first."),
        coded(
            "lot_removed_with_hold", "Both families said yes to milk of this lot; release that hold first."
        ),
        coded("split_of_itself", "A lot cannot be split off itself; look at the lot again."),
        coded("pickup_state", "A pickup is planned, settled or cancelled, and nothing else."),
        coded("pickup_kind", "A family collects, both meet, or a volunteer drives; choose one of these."),
        coded("driver_of_run", "Only a volunteer run has a volunteer; make it a volunteer run first."),
        coded("driver_removed", "This volunteer was removed and cannot drive; choose who drives."),
        coded("driver_yes", "Nobody was asked to drive yet; choose who drives first."),
        coded("pickup_odometer", "The odometer needs both figures, the later one last."),
        coded("odometer_start", "An odometer cannot be below zero; look at the figure again."),
        coded("load_on_planned_pickup", "This pickup is closed; nothing travels with it any more."),
        coded("load_of_living_hold", "This hold was released or handed over; it cannot travel."),
        coded(
            "load_removed", "What became of this milk is written down; undo the settling of its pickup first."
        ),
        coded("stop_kind", "At a stop milk is picked up, dropped or handed over, and nothing else."),
        coded("stop_place", "The first stop of a pickup is number 1; look at the order of its stops again."),
        coded("stop_hours", "The hours of a stop end before they begin; look at the two times again."),
        coded("stop_once", "A pickup stops once at a household; look at the pickup again."),
        coded(
            "stop_of_its_kind", "This stop does not fit how the milk changes hands; look at the pickup again."
        ),
        coded("delivery_bags", "A number of bags cannot be below zero."),
        coded("bags_without_milk", "Bags came without milk; type how much was in them."),
        coded(
            "delivery_amounts",
            "What came, stayed and was lost is not what was held; look at the amounts again.",
        ),
        coded("delivery_of_load", "This milk did not travel with this pickup; look at what travels with it."),
        coded("delivery_of_done_hold", "This milk is not handed over yet; settle its pickup."),
        coded(
            "delivery_of_settled_pickup", "This pickup is not settled yet; settle it to write down what came."
        ),
        coded("ck_lot_fate_volume", "Milk that went another way is some milk; type how much."),
        coded("ck_lot_fate_bags", "Milk that went another way is in one bag or more, or nobody counted."),
        coded("lot_fate_kind", "Milk is kept, discarded, referred or lost, and nothing else."),
        coded(
            "lot_fate_beyond",
            "More of this lot would be gone than was offered of it; look at the amounts again.",
        ),
        coded(
            "delivery_beyond",
            "More of a lot would have come or be lost than was offered of it; look at the amounts again.",
        ),
        coded(
            "lot_less_than_gone",
            "More of this lot is gone than it would hold then; look at the amount again.",
        ),
        coded("ck_milk_used_volume", "What a family used is some milk; type how much."),
        coded("milk_used_how", "Milk at home is fed, spilled or thrown out, and nothing else."),
        coded("delivery_removed", "This milk was handed over; undo the settling of its pickup."),
        coded("household_in_itself", "A family cannot be part of itself."),
        coded("merge_with_itself", "A family cannot be made part of itself; choose another."),
        coded("merged_once", "This family is part of another already; take these two apart first."),
        coded("donor_once", "This family has a donor already; remove one of the two first."),
        coded("recipient_once", "This family receives milk already; remove one of the two first."),
        coded("driver_once", "This family has a volunteer already; remove one of the two first."),
        coded("donor_of_merged", "This donor's family was made part of another; take the two apart first."),
        coded("recipient_of_merged", "This family was made part of another; take the two apart first."),
        coded(
            "driver_of_merged", "This volunteer's family was made part of another; take the two apart first."
        ),
        coded("recipient_stock", "The milk a family has at home cannot be below zero; ask for it again."),
        coded("recipient_own_supply_low", "A family's own supply cannot be below zero; ask for it again."),
        coded(
            "recipient_own_supply_high",
            "A family's own supply at best cannot be below zero; ask for it again.",
        ),
        coded("recipient_formula", "The formula a baby gets a day cannot be below zero; ask for it again."),
        coded("recipient_formula_mentioned", "An amount of formula cannot be below zero; ask for it again."),
        coded("driver_away", "The last day away lies before the first; look at the two days again."),
        coded("deferral_ended", "A pause cannot end before it begins; look at the two days again."),
    )
}
