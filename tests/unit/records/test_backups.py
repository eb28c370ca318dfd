"""Which backups stay."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.records.backups import Backup, BackupReason, is_due, superfluous

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def a_backup(days_ago: int, hour: int = 12) -> Backup:
    made_at = NOON - timedelta(days=days_ago) + timedelta(hours=hour - 12)
    return Backup(Path(f"{days_ago}-{hour}.db"), made_at, BackupReason.CLOSE, 1)


def days_kept(backups: list[Backup], today: date = TODAY) -> list[int]:
    going = superfluous(backups, today)
    return sorted((TODAY - backup.made_at.date()).days for backup in backups if backup not in going)


def test_of_an_earlier_day_the_last_stays() -> None:
    early, late = a_backup(1, 9), a_backup(1, 18)

    assert superfluous([early, late], TODAY) == [early]


def test_all_of_today_stay() -> None:
    assert superfluous([a_backup(0, 9), a_backup(0, 18)], TODAY) == []


def test_twelve_days_stay() -> None:
    assert days_kept([a_backup(day) for day in range(30)]) == list(range(12))


def test_a_summer_away_leaves_the_backups_of_the_spring() -> None:
    assert days_kept([a_backup(0), *(a_backup(day) for day in range(90, 120))]) == [0, *range(90, 101)]


def test_a_clock_that_was_set_back_deletes_nothing_of_the_future() -> None:
    assert superfluous([a_backup(-3), a_backup(-3, 9)], TODAY) == []


@given(st.lists(st.builds(a_backup, st.integers(0, 40), st.integers(0, 23)), unique=True, max_size=60))
def test_the_newest_always_stays_and_thinning_again_changes_nothing(backups: list[Backup]) -> None:
    going = superfluous(backups, TODAY)
    left = [backup for backup in backups if backup not in going]

    assert superfluous(left, TODAY) == []
    assert len({backup.made_at.date() for backup in left} | {TODAY}) <= 12
    if backups:
        assert max(backups, key=lambda backup: backup.made_at) in left


def test_what_a_sentence_named_as_kept_does_not_go_by_age() -> None:
    rescued = replace(a_backup(3, 9), reason=BackupReason.RESCUE)
    before = replace(a_backup(2, 9), reason=BackupReason.RESTORE)

    assert superfluous([rescued, a_backup(3, 18), before, a_backup(2, 18)], TODAY) == []


def test_of_too_many_those_that_the_clock_made_today_go_first() -> None:
    half_hours = [replace(a_backup(0, hour), reason=BackupReason.HALF_HOUR) for hour in range(20)]
    others = [a_backup(day) for day in range(11)]

    going = superfluous([*half_hours, *others], TODAY, keep_number=20)

    assert going == half_hours[:11]


@pytest.mark.parametrize(
    ("last_backup", "changed", "is_due_now"),
    [
        (None, None, False),
        (None, NOON, True),
        (NOON - timedelta(hours=1), NOON - timedelta(hours=2), False),
        (NOON - timedelta(hours=1), NOON - timedelta(minutes=1), True),
        (NOON - timedelta(minutes=10), NOON - timedelta(minutes=1), False),
        (NOON + timedelta(days=30), NOON - timedelta(minutes=1), True),
    ],
)
def test_a_backup_is_due_half_an_hour_after_the_last_if_something_changed(
    last_backup: datetime | None, changed: datetime | None, *, is_due_now: bool
) -> None:
    assert is_due(last_backup, changed, NOON - timedelta(hours=1), NOON) is is_due_now
