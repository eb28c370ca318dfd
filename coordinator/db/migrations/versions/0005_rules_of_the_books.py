"""Rules of the books that the database holds against every program, by triggers on both databases.

Left to the program are rules that hold only at the end of an action, while rows are written one by one:

- that agreed is what both said yes to: a hold is written before its yeses, also where it is undone;
- that a hold handed over has a delivery, and that a closed pickup carries just what it delivered;
- that a hold let go travels no more, and that a cancelled pickup carries nothing: what ties them goes last;
- that a family, donor or volunteer with milk on hold or a run is not removed: a merge takes these back last;
- that a lot is not made smaller than what is promised of it: splitting it moves its holds afterwards;
- that a pickup's stops are all there, numbered without gaps, and that only a run serves several families;
- that a family is not part of one that is itself part of another: families are taken apart one by one;
- that milk and bags are not promised twice: splitting a lot moves its holds before its milk.

And what depends on the day: that an open hold, which ends by itself, is not promised to others.
"""

from coordinator.db.migrations import guards

revision = "0005"
down_revision = "0004"

_AGREED = "NEW.state = 'agreed' AND "
_LIVES = "NEW.archived_on IS NULL AND "

_HOLDS = (
    ("hold_state", "hold", "state", "NEW.state NOT IN ('open', 'agreed', 'released', 'done')"),
    ("hold_bags", "hold", "bags", "NEW.bags <= 0"),
    ("hold_days", "hold", "made_on, expires_on", "NEW.expires_on < NEW.made_on"),
    (
        "hold_of_removed_lot",
        "hold",
        "state, lot_id",
        _AGREED
        + "EXISTS (SELECT 1 FROM lot WHERE lot.id = NEW.lot_id AND lot.archived_on IS NOT NULL)",
    ),
    (
        "hold_of_removed_donor",
        "hold",
        "state, lot_id",
        _AGREED + "EXISTS (SELECT 1 FROM lot JOIN donor ON donor.id = lot.donor_id"
        " WHERE lot.id = NEW.lot_id AND donor.archived_on IS NOT NULL)",
    ),
    (
        "hold_of_removed_family",
        "hold",
        "state, recipient_id",
        _AGREED + "EXISTS (SELECT 1 FROM recipient"
        " WHERE recipient.id = NEW.recipient_id AND recipient.archived_on IS NOT NULL)",
    ),
    (
        "hold_of_newer_bags",
        "hold",
        "state, lot_id, only_from",
        _AGREED + "EXISTS (SELECT 1 FROM lot WHERE lot.id = NEW.lot_id AND lot.expressed_to < NEW.only_from)",
    ),
    (
        "hold_done_agreed",
        "hold",
        "state",
        "NEW.state = 'done' AND NOT EXISTS (SELECT 1 FROM agreement WHERE agreement.hold_id = NEW.id"
        " AND agreement.donor_yes_on IS NOT NULL AND agreement.family_yes_on IS NOT NULL)",
    ),
    (
        "hold_delivered_stays",
        "hold",
        "volume",
        "EXISTS (SELECT 1 FROM delivery WHERE delivery.hold_id = NEW.id"
        " AND delivery.delivered + delivery.left_behind + delivery.lost <> NEW.volume)",
    ),
    (
        "yes_of_agreed_stays",
        "agreement",
        "hold_id, donor_yes_on, family_yes_on",
        "(NEW.donor_yes_on IS NULL OR NEW.family_yes_on IS NULL) AND EXISTS"
        " (SELECT 1 FROM hold WHERE hold.id = NEW.hold_id AND hold.state IN ('agreed', 'done'))",
    ),
)

_LOTS = (
    (
        "lot_removed_with_hold",
        "lot",
        "archived_on",
        "NEW.archived_on IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM hold WHERE hold.lot_id = NEW.id AND hold.state = 'agreed')",
    ),
    ("split_of_itself", "lot_split", "lot_id, from_lot_id", "NEW.lot_id = NEW.from_lot_id"),
)

_PICKUPS = (
    ("pickup_state", "pickup", "state", "NEW.state NOT IN ('planned', 'settled', 'cancelled')"),
    (
        "pickup_kind",
        "pickup",
        "kind",
        "NEW.kind NOT IN ('family collects', 'meet at a named place', 'volunteer run')",
    ),
    (
        "driver_of_run",
        "pickup",
        "driver_id, kind",
        "NEW.driver_id IS NOT NULL AND NEW.kind <> 'volunteer run'",
    ),
    (
        "driver_removed",
        "pickup",
        "driver_id, state",
        "NEW.state = 'planned' AND EXISTS"
        " (SELECT 1 FROM driver WHERE driver.id = NEW.driver_id AND driver.archived_on IS NOT NULL)",
    ),
    (
        "driver_yes",
        "pickup",
        "driver_id, driver_yes_on",
        "NEW.driver_id IS NULL AND NEW.driver_yes_on IS NOT NULL",
    ),
    (
        "pickup_odometer",
        "pickup",
        "odometer_start_miles, odometer_end_miles",
        "(NEW.odometer_start_miles IS NULL) <> (NEW.odometer_end_miles IS NULL)"
        " OR NEW.odometer_end_miles < NEW.odometer_start_miles",
    ),
    ("odometer_start", "pickup", "odometer_start_miles", "NEW.odometer_start_miles < 0"),
    (
        "load_on_planned_pickup",
        "pickup_load",
        "pickup_id",
        "EXISTS (SELECT 1 FROM pickup WHERE pickup.id = NEW.pickup_id AND pickup.state <> 'planned')",
    ),
    (
        "load_of_living_hold",
        "pickup_load",
        "hold_id",
        "EXISTS (SELECT 1 FROM hold WHERE hold.id = NEW.hold_id AND hold.state NOT IN ('open', 'agreed'))",
    ),
)

_STOPS = (
    ("stop_kind", "stop", "kind", "NEW.kind NOT IN ('pick up', 'drop', 'meet')"),
    ("stop_place", "stop", "place", "NEW.place < 1"),
    ("stop_hours", "stop", "window_from, window_to", "NEW.window_to < NEW.window_from"),
    (
        "stop_once",
        "stop",
        "pickup_id, kind, household_id",
        "EXISTS (SELECT 1 FROM stop AS same WHERE same.pickup_id = NEW.pickup_id AND same.kind = NEW.kind"
        " AND same.household_id = NEW.household_id AND same.id <> NEW.id)",
    ),
    (
        "stop_of_its_kind",
        "stop",
        "pickup_id, kind",
        "EXISTS (SELECT 1 FROM pickup WHERE pickup.id = NEW.pickup_id"
        " AND ((NEW.kind = 'drop' AND pickup.kind <> 'volunteer run')"
        " OR (NEW.kind = 'meet') <> (pickup.kind = 'meet at a named place')))",
    ),
)

_DELIVERIES = (
    ("delivery_bags", "delivery", "bags", "NEW.bags < 0"),
    (
        "bags_without_milk",
        "delivery",
        "bags, delivered",
        "NEW.bags > 0 AND NEW.delivered = 0",
    ),
    (
        "delivery_amounts",
        "delivery",
        "hold_id, delivered, left_behind, lost",
        "NEW.delivered + NEW.left_behind + NEW.lost"
        " <> (SELECT hold.volume FROM hold WHERE hold.id = NEW.hold_id)",
    ),
    (
        "delivery_of_load",
        "delivery",
        "pickup_id, hold_id",
        "NOT EXISTS (SELECT 1 FROM pickup_load"
        " WHERE pickup_load.pickup_id = NEW.pickup_id AND pickup_load.hold_id = NEW.hold_id)",
    ),
    (
        "delivery_of_done_hold",
        "delivery",
        "hold_id",
        "EXISTS (SELECT 1 FROM hold WHERE hold.id = NEW.hold_id AND hold.state <> 'done')",
    ),
    (
        "delivery_of_settled_pickup",
        "delivery",
        "pickup_id",
        "EXISTS (SELECT 1 FROM pickup WHERE pickup.id = NEW.pickup_id AND pickup.state <> 'settled')",
    ),
)

_FAMILIES = (
    ("household_in_itself", "household", "merged_into_id", "NEW.merged_into_id = NEW.id"),
    ("merge_with_itself", "merge", "kept_id, merged_id", "NEW.kept_id = NEW.merged_id"),
    (
        "merged_once",
        "merge",
        "merged_id",
        "EXISTS (SELECT 1 FROM merge AS same WHERE same.merged_id = NEW.merged_id AND same.id <> NEW.id)",
    ),
    *(
        (
            f"{role}_once",
            role,
            "household_id, archived_on",
            _LIVES + f"EXISTS (SELECT 1 FROM {role} AS same"
            " WHERE same.household_id = NEW.household_id AND same.archived_on IS NULL AND same.id <> NEW.id)",
        )
        for role in ("donor", "recipient", "driver")
    ),
    *(
        (
            f"{role}_of_merged",
            role,
            "household_id, archived_on",
            _LIVES + "EXISTS (SELECT 1 FROM household"
            " WHERE household.id = NEW.household_id AND household.merged_into_id IS NOT NULL)",
        )
        for role in ("donor", "recipient", "driver")
    ),
    *(
        (f"recipient_{amount}", "recipient", amount, f"NEW.{amount} < 0")
        for amount in ("stock", "own_supply_low", "own_supply_high", "formula", "formula_mentioned")
    ),
    ("driver_away", "driver", "away_from, away_to", "NEW.away_to < NEW.away_from"),
    ("deferral_ended", "deferral", "from_on, ended_on", "NEW.ended_on < NEW.from_on"),
)

_REMOVED = (
    (
        "agreement_removed",
        "agreement",
        "EXISTS (SELECT 1 FROM hold WHERE hold.id = OLD.hold_id AND hold.state IN ('agreed', 'done'))",
    ),
    (
        "load_removed",
        "pickup_load",
        "EXISTS (SELECT 1 FROM delivery"
        " WHERE delivery.hold_id = OLD.hold_id AND delivery.pickup_id = OLD.pickup_id)",
    ),
    (
        "delivery_removed",
        "delivery",
        "EXISTS (SELECT 1 FROM hold WHERE hold.id = OLD.hold_id AND hold.state = 'done')",
    ),
)


def upgrade() -> None:
    """Take the step; no table is rebuilt, and no row that breaks a rule already is touched."""
    for rule in (*_HOLDS, *_LOTS, *_PICKUPS, *_STOPS, *_DELIVERIES, *_FAMILIES):
        guards.refuse_where(*rule)
    for removal in _REMOVED:
        guards.refuse_removal_where(*removal)
