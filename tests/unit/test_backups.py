"""Which backups stay."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.backups import Backup, BackupReason, superfluous

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
