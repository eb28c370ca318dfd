"""A recall of a donor's milk against one plain SQL join of the same rows.

    python -m tests.benchmarks.bench_recall

A network of 300 families and 100,000 hand-overs; the donor has given a tenth of them, for years.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.domain.records.recall import PumpedDays
from coordinator.services.records.recalling import recall
from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.builders import NOW, TODAY, a_donor, a_recipient, a_stored_lot
from tests.networks import opened_network
from tests.pickup_builders import SETUP

MOST = 3.0
_LOTS_OF_EACH = 25
_JOIN = """
SELECT lot.code, recipient.code, household.name, household.phone, delivery.on_day, delivery.delivered
FROM donor
JOIN lot ON lot.donor_id = donor.id
JOIN hold ON hold.lot_id = lot.id
JOIN delivery ON delivery.hold_id = hold.id
JOIN recipient ON recipient.id = hold.recipient_id
JOIN household ON household.id = recipient.household_id
WHERE donor.code = :donor AND lot.expressed_to >= :first AND delivery.delivered > 0
"""


def write_network(database: Database, families: int, deliveries: int) -> None:
    """Write donors, families and one settled pickup with all hand-overs, a tenth of them of D-0001."""
    with database.writing(SETUP) as session:
        donors = [a_donor(session) for _ in range(families // 2)]
        for donor in donors:
            for _ in range(_LOTS_OF_EACH):
                a_stored_lot(session, donor)
        for _ in range(families - len(donors)):
            a_recipient(session)
    with database.engine.begin() as connection:
        # The rules that guard single rows would take minutes over a hundred thousand.
        rules = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('hold', 'delivery')"
        for (name,) in connection.exec_driver_sql(rules).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE lot SET volume = 30000000000")
        connection.exec_driver_sql(
            "INSERT INTO pickup (code, kind, on_day, state, meeting_place, note, prints, printed_digest,"
            " sheet_note, version) VALUES ('P-0001', 'volunteer run', ?, 'settled', '', '', 0, '', '', 1)",
            (TODAY.isoformat(),),
        )
        lots = connection.exec_driver_sql("SELECT id, donor_id FROM lot ORDER BY id").all()
        takers = connection.exec_driver_sql("SELECT id FROM recipient ORDER BY id").scalars().all()
        hers = [lot for lot, donor in lots if donor == lots[0].donor_id]
        others = [lot for lot, donor in lots if donor != lots[0].donor_id]
        holds, came = [], []
        for number in range(deliveries):
            of = hers if number % 10 == 0 else others
            holds.append((f"H-{number + 1:06}", of[number // 10 % len(of)], takers[number % len(takers)]))
            came.append((number + 1, (TODAY - timedelta(days=number % 700)).isoformat()))
        connection.exec_driver_sql(
            "INSERT INTO hold (code, lot_id, recipient_id, volume, made_on, expires_on, state, version)"
            " VALUES (?, ?, ?, 2957353, '2024-01-01', '2024-01-08', 'done', 1)",
            holds,
        )
        connection.exec_driver_sql(
            "INSERT INTO delivery (pickup_id, hold_id, on_day, delivered, left_behind, lost, nobody_home,"
            " note, let_go_why, asked_after, received_by, version)"
            " VALUES (1, ?, ?, 2957353, 0, 0, 0, '', '', '', '', 1)",
            came,
        )


def main(words: Sequence[str] | None = None) -> int:
    """Compare, and return 0 if a recall takes at most ``MOST`` times the plain join."""
    chosen = options(__doc__, words, families=(300, 12), deliveries=(100_000, 200))
    with TemporaryDirectory() as folder:
        database = opened_network(Path(folder) / "network.db", clock=lambda: NOW)
        write_network(database, chosen.families, chosen.deliveries)
        first = TODAY - timedelta(days=400)

        def joined() -> object:
            with database.reading() as session:
                return session.execute(sa.text(_JOIN), {"donor": "D-0001", "first": first.isoformat()}).all()

        def ours() -> object:
            return recall(database, "D-0001", TODAY, PumpedDays(first))

        found = recall(database, "D-0001", TODAY, PumpedDays(first))
        rows = joined()
        assert isinstance(rows, list)
        print(f"{len(found.given):,} of {chosen.deliveries:,} hand-overs, {len(found.homes)} homes")
        if len(rows) != len(found.given):
            print(f"the join finds {len(rows):,}")
            return 1
        ratio = 1 / median_ratio(joined, ours)
        is_reached = ratio <= MOST
        print(f"recall: {ratio:.2f} of a plain join (most {MOST:g}): {'reached' if is_reached else 'MISSED'}")
        return exit_code(chosen, is_reached)


if __name__ == "__main__":
    sys.exit(main())
