"""Whole actions of the coordinator on a network of 300 families, against a plain script in the same run.

    python -m tests.benchmarks.bench_actions

A network has 30 to 300 families. The script (``plain_scripts``) reads or writes the same rows and prints the
same paper, and knows no rule, history or undo; at most so many times its time may ours take. Then the growth:
how many times longer each takes with 5,000 families (an import: of 1,500 rows), and how many times more rows
that are. What grows with the square of the rows shows there.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.families.donors import list_donors
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper.sheets import pickup_sheet, preview_pickup_sheet
from coordinator.services.pickups.planning import plan_pickup, record_driver_yes
from coordinator.services.today import today_page
from tests.benchmarks.bench_sheet import plain_table
from tests.benchmarks.many_donors import write_network
from tests.benchmarks.plain_scripts import Script, import_rows
from tests.benchmarks.ratio import exit_code, median_ratio, options, seconds
from tests.builders import TODAY
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, a_region
from tests.seacoast import DONORS as FORM

MOST = {
    "the Donors list": 12.0,
    "a ranking": 6.0,
    "Today": 60.0,
    "an import": 65.0,
    "a sheet": 6.0,
}
"""At most so many times the script's time."""

MOST_GROWTH = 2.0
"""At most so many times the growth of the rows."""

SYLLABLES = ("an", "ber", "cor", "del", "fin", "gar", "hol", "lin", "mor", "ros")


@dataclass(frozen=True)
class Action:
    """One thing the coordinator does, by us and by the script, and on how many rows."""

    ours: Callable[[], object]
    script: Callable[[], object]
    rows: int


def write_form(path: Path, rows: int) -> Path:
    """Write a donor form of *rows* rows: the sample's answers under names and numbers of their own."""
    with FORM.open(newline="", encoding="utf-8-sig") as file:
        headers, *answers = list(csv.reader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for number in range(rows):
            first, middle, last = (SYLLABLES[number // step % 10] for step in (1, 10, 100))
            name = f"{first.title()}a {middle.title()}{last}{SYLLABLES[number // 1000]}"
            own = [name, f"family{number}@example.org", f"+1207{2_000_000 + 37 * number}"]
            answer = answers[number % len(answers)]
            writer.writerow([answer[0], *own, *answer[4:]])
    return path


@contextmanager
def actions(folder: Path, families: int, rows: int) -> Iterator[dict[str, Action]]:
    """Give what is timed on a network of *families*, half of them donors, and a form of *rows*."""
    folder.mkdir()
    network = folder / "network.db"
    write_network(network, TODAY, families // 2, families - families // 2)
    database = opened_network(network, origin="benchmark")
    script = Script(network)
    holds = a_region(database).holds
    run = plan_pickup(database, PickupKind.RUN, SATURDAY, holds, driver_code="V-0001", today=TODAY)
    record_driver_yes(database, run, TODAY)
    sheet, form = pickup_sheet(database, run, TODAY), write_form(folder / "form.csv", rows)
    numbers = count()
    yield {
        "the Donors list": Action(
            lambda: list_donors(database, TODAY), lambda: script.list_donors(TODAY), families
        ),
        "a ranking": Action(
            lambda: rank_donors(database, "R-0001", TODAY),
            lambda: script.rank_donors("R-0001", TODAY),
            families,
        ),
        "Today": Action(lambda: today_page(database, TODAY), lambda: script.list_today(TODAY), families),
        "an import": Action(
            lambda: imported(folder / f"import-{next(numbers)}", form),
            lambda: import_rows(form, folder / "plain.db"),
            rows,
        ),
        "a sheet": Action(
            lambda: preview_pickup_sheet(database, run, TODAY), lambda: plain_table(sheet), families
        ),
    }
    script.close()
    database.dispose()


def imported(folder: Path, form: Path) -> None:
    """Import *form* into a new network."""
    folder.mkdir()
    database: Database = opened_network(folder / "network.db", origin="benchmark")
    run_import(database, preview_import(database, form, TODAY), today=TODAY)
    database.dispose()


def main(words: list[str] | None = None) -> int:
    """Print ratios and growth; 0 if all are within what is allowed."""
    asked = options(__doc__, words, families=(300, 10), large=(5_000, 20), form=(1_500, 6), rounds=(5, 1))
    reached, growth = [], asked.large / asked.families
    with TemporaryDirectory() as name, actions(Path(name) / "a", asked.families, asked.families) as usual:
        for what, action in usual.items():
            times = 1 / median_ratio(action.script, action.ours, asked.rounds)
            reached.append(_say(f"{what}, {action.rows:,} rows", times, MOST[what], "the script's time"))
        with actions(Path(name) / "b", asked.large, asked.form) as large:
            for what, action in large.items():
                took, took_before = _median(action, asked.rounds), _median(usual[what], asked.rounds)
                growth = action.rows / usual[what].rows
                said = f"the growth of the rows ({took * 1000:,.0f} ms for {action.rows:,})"
                reached.append(_say(what, took / took_before / growth, MOST_GROWTH, said))
    return exit_code(asked, *reached)


def _median(action: Action, rounds: int) -> float:
    return median(seconds(action.ours) for _ in range(min(rounds, 3)))


def _say(what: str, times: float, most: float, of_what: str) -> bool:
    is_reached = times <= most
    said = "reached" if is_reached else "MISSED"
    print(f"{what}: {times:.2f} times {of_what} (at most {most:g}): {said}", flush=True)
    return is_reached


if __name__ == "__main__":
    sys.exit(main())
