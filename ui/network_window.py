"""The window of one network: the frame with its pages, menus and everything that connects them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence

from coordinator.bootstrap import Database, was_asked_to_come_forward
from coordinator.domain.audit import UndoState
from coordinator.domain.backups import Backup, BackupReason
from coordinator.domain.households import FamilyEntry, Role, find
from coordinator.domain.settings import Settings
from coordinator.domain.volume import Volume, total
from coordinator.errors import UserError
from coordinator.services import audit, backups, donors, households, settings
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.donors.page import DonorsPage
from ui.main_window import MainWindow
from ui.matching.page import MatchingPage
from ui.pickups.page import PickupsPage
from ui.recipients.page import RecipientsPage
from ui.today.page import TodayPage
from ui.widgets.finder import FinderHit
from ui.widgets.typed_dates import show_date

log = logging.getLogger(__name__)

_LOOK_AGAIN_MS = 2000
"""How soon the window sees what the command line or another coordinator wrote."""

_PAGE_OF_ROLE = {"D": "donors", "R": "recipients"}


class NetworkWindow(MainWindow):
    """Five pages over one network. ``begin`` reads everything for the first time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.display, desk.settings)
        self._desk = desk
        self._last_seen = -1
        self._families: tuple[FamilyEntry, ...] = ()
        self.today_page = TodayPage(desk)
        self.donors_page = DonorsPage(desk)
        self.recipients_page = RecipientsPage(desk)
        self.matching_page = MatchingPage(desk)
        self.pickups_page = PickupsPage(desk)
        self._numbers = {
            name: self.add_page(icon, word, page)
            for name, icon, word, page in (
                ("today", "today", self.tr("Today"), self.today_page),
                ("donors", "donor", self.tr("Donors"), self.donors_page),
                ("recipients", "recipient", self.tr("Recipients"), self.recipients_page),
                ("matching", "match", self.tr("Match"), self.matching_page),
                ("pickups", "pickup", self.tr("Pickups"), self.pickups_page),
            )
        }
        self.dialogs = Dialogs(desk, self)
        self._fill_menus()
        self._connect()
        self._watch = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look_again)

    def begin(self) -> None:
        """Read everything, and offer the sample region where there is nothing yet."""
        self._desk.read(lambda: settings.settings(self._desk.database), self._use_settings)
        self._desk.changed.emit()
        self.dialogs.offer_first_start()
        self._watch.start()

    def show_family(self, code: str) -> None:
        """Bring the family behind *code* to the front."""
        self.show_on_page(_PAGE_OF_ROLE.get(code[:1], "pickups"), code)

    def show_on_page(self, name: str, code: str) -> None:
        """Bring page *name* to the front, with *code* chosen on it unless it is empty."""
        self.show_page(self._numbers[name])
        page = self.pages.currentWidget()
        if code:
            page.show_family(code)  # type: ignore[attr-defined] # every page has it

    def _fill_menus(self) -> None:
        file, edit = self.tr("&File"), self.tr("&Edit")
        self.menu(file), self.menu(edit)
        dialogs = self.dialogs
        self.add_action(file, self.tr("Open a spreadsheet…"), QKeySequence.StandardKey.Open, dialogs.open_import)
        self.add_action(file, self.tr("Export what is shown…"), "Ctrl+E", self._export_shown)
        self.add_action(file, self.tr("Back up now"), None, self._back_up_by_hand)
        self.add_action(file, self.tr("Restore a backup…"), None, dialogs.open_restore)
        self.add_action(file, self.tr("Settings…"), "Ctrl+,", dialogs.open_settings)
        self.add_action(file, self.tr("Quit"), QKeySequence.StandardKey.Quit, self.close)
        self.add_undo_actions(edit)
        self.add_action(edit, self.tr("History…"), "Ctrl+H", dialogs.open_history)
        self.add_common_actions()
        self.add_action(self.tr("&Help"), self.tr("Licences…"), None, dialogs.open_licences)

    def _connect(self) -> None:
        desk = self._desk
        self.status.watch(desk.runner)
        self.status.say_not_locked(self.tr("Not locked"))
        desk.said.connect(self.notice.tell)
        desk.complained.connect(self.notice.warn)
        desk.family_wanted.connect(self.show_family)
        desk.page_wanted.connect(self.show_on_page)
        desk.changed.connect(self._on_changed)
        desk.display.changed.connect(self._keep_units)
        self.finder.set_search(self._search)
        self.finder.chosen.connect(self.show_family)
        self.undo_wanted.connect(lambda: self._reverse(audit.undo, self.tr("Undone: {what}")))
        self.redo_wanted.connect(lambda: self._reverse(audit.redo, self.tr("Done again: {what}")))
        for page in (self.donors_page, self.recipients_page):
            page.add_wanted.connect(self.dialogs.open_add)
            page.import_wanted.connect(self.dialogs.open_import)
            page.export_wanted.connect(self.dialogs.export)
        self.closing.connect(self._close_network)

    def _on_changed(self) -> None:
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: _glance(database, today), self._show_glance)

    def _show_glance(self, glance: Glance) -> None:
        self._last_seen = glance.change_counter
        self._families = glance.families
        display = self._desk.display
        counts = self.tr("{donors} donors · {families} families · {amount} free")
        self.status.say_summary(
            counts.format(donors=glance.donors, families=glance.recipients, amount=display.volume(glance.free))
        )
        undo, redo = glance.undo.undo, glance.undo.redo
        self.name_undo(undo.label if undo else "", redo.label if redo else "")
        self.status.say_backup(self._when_backed_up(glance.last_backup))

    def _when_backed_up(self, backup: Backup | None) -> str:
        if backup is None:
            return self.tr("No backup yet")
        same_day = backup.made_at.date() == self._desk.today()
        when = backup.made_at.strftime("%H:%M") if same_day else show_date(backup.made_at.date())
        return self.tr("Backed up {when}").format(when=when)

    def _search(self, text: str) -> list[FinderHit]:
        icons = {Role.DONOR: "donor", Role.RECIPIENT: "recipient", Role.DRIVER: "driver"}
        return [
            FinderHit(hit.code, hit.name, " · ".join(part for part in (hit.town, hit.phone) if part), icons[hit.role])
            for hit in find(self._families, text)
        ]

    def _reverse(self, reverse: Callable[[Database], str], said: str) -> None:
        database = self._desk.database
        self._desk.write(lambda: reverse(database), lambda what: self.notice.tell(said.format(what=what)))

    def _export_shown(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, DonorsPage | RecipientsPage):
            page.list.export_shown()
        else:
            self.notice.tell(self.tr("Donors and Recipients can be exported; open one of them first."))

    def _back_up_by_hand(self) -> None:
        database = self._desk.database
        self._desk.write(lambda: backups.back_up_now(database), said=self.tr("Backed up and checked."))

    def _use_settings(self, found: Settings) -> None:
        self.set_network(found.network_name)
        self._desk.display.set_units(found.volume_unit, found.distance_unit)

    def _keep_units(self) -> None:
        display = self._desk.display
        self._desk.write(lambda: settings.keep_units(self._desk.database, display.volume_unit, display.distance_unit))

    def _look_again(self) -> None:
        if was_asked_to_come_forward(self._desk.database):
            self.showNormal()
            self.raise_()
            self.activateWindow()
        if not self._desk.runner.is_busy:
            self._desk.read(self._desk.database.change_counter, self._on_counted)

    def _on_counted(self, counter: int) -> None:
        if counter != self._last_seen:
            self._desk.changed.emit()

    def _close_network(self) -> None:
        """Wait for what runs, make the day's backup, let go of the file."""
        self._watch.stop()
        self._desk.runner.close()
        database = self._desk.database
        if database.is_sqlite and self._last_seen > 0:
            try:
                backups.back_up_now(database, BackupReason.CLOSE)
            except UserError:
                log.exception("no backup on close")
        database.dispose()


@dataclass(frozen=True)
class Glance:
    """What the frame shows of the network."""

    change_counter: int
    donors: int
    recipients: int
    free: Volume
    undo: UndoState
    families: tuple[FamilyEntry, ...]
    last_backup: Backup | None


def _glance(database: Database, today: date) -> Glance:
    everybody = donors.list_donors(database, today)
    kept = backups.backups(database)
    families = households.family_index(database)
    return Glance(
        change_counter=database.change_counter(),
        donors=len(everybody),
        recipients=sum(entry.hit.role is Role.RECIPIENT for entry in families),
        free=total([donor.free for donor in everybody]),
        undo=audit.undo_state(database),
        families=families,
        last_backup=kept[0] if kept else None,
    )
