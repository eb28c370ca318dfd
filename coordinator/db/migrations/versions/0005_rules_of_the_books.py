"""Rules of the books that the database holds against every program, by triggers on both databases.

Left to the program, because they hold only at the end of an action, while rows are written one by one: that
agreed is what both said yes to, that a family with milk on hold is not removed, that stops are all there.
"""

from coordinator.db.migrations import guards

revision = "0005"
down_revision = "0004"

_RULES = (
    ("hold_bags", "hold", "bags", "NEW.bags <= 0"),
    ("hold_days", "hold", "made_on, expires_on", "NEW.expires_on < NEW.made_on"),
    (
        "hold_of_removed_lot",
        "hold",
        "state, lot_id",
        "NEW.state = 'agreed' AND EXISTS"
        " (SELECT 1 FROM lot WHERE lot.id = NEW.lot_id AND lot.archived_on IS NOT NULL)",
    ),
    (
        "lot_removed_with_hold",
        "lot",
        "archived_on",
        "NEW.archived_on IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM hold WHERE hold.lot_id = NEW.id AND hold.state = 'agreed')",
    ),
    ("delivery_bags", "delivery", "bags", "NEW.bags < 0"),
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
    (
        "stop_once",
        "stop",
        "pickup_id, kind, household_id",
        "EXISTS (SELECT 1 FROM stop AS same WHERE same.pickup_id = NEW.pickup_id AND same.kind = NEW.kind"
        " AND same.household_id = NEW.household_id AND same.id <> NEW.id)",
    ),
    (
        "pickup_odometer",
        "pickup",
        "odometer_start_miles, odometer_end_miles",
        "(NEW.odometer_start_miles IS NULL) <> (NEW.odometer_end_miles IS NULL)"
        " OR NEW.odometer_end_miles < NEW.odometer_start_miles",
    ),
    ("household_in_itself", "household", "merged_into_id", "NEW.merged_into_id = NEW.id"),
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
            f"NEW.archived_on IS NULL AND EXISTS (SELECT 1 FROM {role} AS same"
            " WHERE same.household_id = NEW.household_id AND same.archived_on IS NULL AND same.id <> NEW.id)",
        )
        for role in ("donor", "recipient", "driver")
    ),
    (
        "recipient_amounts",
        "recipient",
        "stock, own_supply_low, own_supply_high, formula, formula_mentioned",
        "NEW.stock < 0 OR NEW.own_supply_low < 0 OR NEW.own_supply_high < 0"
        " OR NEW.formula < 0 OR NEW.formula_mentioned < 0",
    ),
    ("driver_away", "driver", "away_from, away_to", "NEW.away_to < NEW.away_from"),
)


def upgrade() -> None:
    """Take the step; no table is rebuilt, and no row that breaks a rule already is touched."""
    for rule in _RULES:
        guards.refuse_where(*rule)
