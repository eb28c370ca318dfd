"""What the frame shows of a network: how much there is, what can be undone, whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from coordinator.bootstrap import Database
from coordinator.domain.families.households import FamilyEntry, Role, find
from coordinator.domain.paper.sheet_numbers import read_sheet_number
from coordinator.domain.records.backups import Backup
from coordinator.domain.records.history import UndoState
from coordinator.domain.settings import Settings
from coordinator.domain.volume import Volume, total
from coordinator.services.families import donors, households
from coordinator.services.records import backups, history, in_names
from coordinator.services.settings import values as settings
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date, show_time
from ui.widgets.frame.finder import FinderHit

_ICONS = {Role.DONOR: "donor", Role.RECIPIENT: "recipient", Role.DRIVER: "driver"}


@dataclass(frozen=True)
class Glance:
    """Everything the frame shows, read in one go."""

    change_counter: int
    settings: Settings
    donors: int
    recipients: int
    free: Volume
    undo: UndoState
    families: tuple[FamilyEntry, ...]
    last_backup: Backup | None
    changed_at: datetime | None


def glance(database: Database, today: date) -> Glance:
    """Read what the frame shows of *database*."""
    counter = database.change_counter()  # first: what is written meanwhile is read again next time
    everybody = donors.list_donors(database, today)
    kept = backups.backups(database, folder=backups.chosen_folder(database))
    families = households.family_index(database)
    return Glance(
        change_counter=counter,
        settings=settings.settings(database),
        donors=len(everybody),
        recipients=sum(entry.hit.role is Role.RECIPIENT for entry in families),
        free=total([donor.free for donor in everybody]),
        undo=in_names.state_in_names(database, history.undo_state(database)),
        families=families,
        last_backup=kept[0] if kept else None,
        changed_at=history.last_change_at(database),
    )


def backup_words(backup: Backup | None, today: date) -> str:
    """Return when the last backup was made: the hour today, else the day."""
    if backup is None:
        return translate("Glance", "No backup yet")
    same_day = backup.made_at.date() == today
    when = show_time(backup.made_at.time()) if same_day else show_date(backup.made_at.date())
    return translate("Glance", "Backed up {when}").format(when=when)


def finder_hits(families: tuple[FamilyEntry, ...], text: str) -> list[FinderHit]:
    """Return the families *text* may mean, for the finder; the number of a printed sheet is its write-up."""
    sheet = read_sheet_number(text)
    if sheet is not None:
        words = translate("Glance", "Pickup")
        if sheet.printing is not None:
            words = translate("Glance", "Write up the sheet")
        return [FinderHit(str(sheet), words, icon="pickup")]
    return [
        FinderHit(
            hit.code, hit.name, " · ".join(part for part in (hit.town, hit.phone) if part), _ICONS[hit.role]
        )
        for hit in find(families, text)
    ]
