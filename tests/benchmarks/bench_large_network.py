"""The seconds she waits for the plan in a network of 300 families: Today, an answer noted, the plan.

    python -m tests.benchmarks.bench_large_network

Two regions made of the sample's answers, 150 donors with 150 families and 100 with 200. Whole actions on a
real file, as Today's planner does them beside the window; times are of the processor, so that other work
beside does not count. Wanted: the list is right again 5 s after an answer and 2 s after a change that touches
nothing of the plan. The rest has no target.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from coordinator.db.database import Database
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.planning.calls_to_make import calls_of_plan
from coordinator.services.planning.gathering import Asked, Kept
from coordinator.services.planning.plans import make_plan
from coordinator.services.planning.settings import policy_kept
from coordinator.services.settings.values import change_setting
from coordinator.services.today import today_page
from tests.benchmarks.like_the_sample import large_region
from tests.benchmarks.many_donors import write_network
from tests.benchmarks.ratio import exit_code, options
from tests.networks import opened_network

TODAY = date(2026, 11, 21)
Found = TypeVar("Found")
_PLAIN = frozenset({"dairy", "nicotine", "alcohol", "medicine", "cannabis", "caffeine"})
MOST_AFTER_ANSWER_S = 5.0
MOST_AFTER_NOTHING_S = 2.0


def main(words: Sequence[str] | None = None) -> int:
    """Print a line an action; return 1 if a target was missed."""
    asked = options(__doc__, words, families=(300, 8))
    shares = (0.5,) if asked.small else (0.5, 1 / 3)
    reached: list[bool] = []
    with TemporaryDirectory() as folder:
        for share in shares:
            donors = round(asked.families * share)
            path = Path(folder) / f"{donors}.db"
            database = _region(path, donors, asked.families - donors, is_small=asked.small)
            print(f"{donors} donors, {asked.families - donors} families")
            reached += _measure(database)
            database.dispose()
    return exit_code(asked, *reached)


def _region(path: Path, donors: int, families: int, *, is_small: bool) -> Database:
    if not is_small:
        return large_region(path, TODAY, donors, families)
    write_network(path, TODAY, donors, families)
    return opened_network(path)


def _measure(database: Database) -> list[bool]:
    kept, calls = Kept(), 5
    page = _timed("the page of Today", partial(today_page, database, TODAY))
    homes = frozenset(call.household.id for call in page.all_calls)
    order = partial(calls_of_plan, database, calls, homes, TODAY, kept)
    planned = _timed("its calls by the plan, first", order)
    reached: list[bool] = []
    _answer(database, page.all_calls, planned)
    _timed("its calls again after an answer", order, MOST_AFTER_ANSWER_S, reached)
    change_setting(database, "backup_folder", str(Path.home()))
    _timed("after what touches no plan", order, MOST_AFTER_NOTHING_S, reached)
    asked = Asked(weeks=4, calls=calls, minutes=policy_kept(database).minutes)
    plan = _timed("the plan pressed, to its end", partial(make_plan, database, asked, TODAY))
    print(f"  within {plan.gap:.2%}")
    return reached


def _answer(database: Database, calls: Iterable[Call], planned: PlannedCalls) -> None:
    """Note a "no" to a question of the first donor of the plan who is asked something so plain."""
    for call in sorted(calls, key=planned.place):
        for question in call.questions:
            if call.code.startswith("D-") and question.topic in _PLAIN:
                answer_question(database, question.id, "no", TODAY, code=call.code, topic=question.topic)
                return


def _timed(
    what: str, work: Callable[[], Found], most: float | None = None, reached: list[bool] | None = None
) -> Found:
    start = process_time()
    found = work()
    took = process_time() - start
    told = f" (target {most:g}): {'reached' if took <= most else 'MISSED'}" if most is not None else ""
    print(f"  {what}: {took:.2f} s{told}", flush=True)
    if most is not None and reached is not None:
        reached.append(took <= most)
    return found


if __name__ == "__main__":
    sys.exit(main())
