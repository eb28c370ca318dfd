"""The window of one network: the frame with its pages, menus and everything that connects them."""
# ruff: noqa: PLW0108 - dialogs and keeping are made by the first click on an action, not with the action

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from coordinator.domain.codes import CodeLetter, letter_of
from ui import collecting, undoing
from ui.counted import donors_words, families_words
from ui.desk import Desk
from ui.widgets.frame.page_slot import PageSlot
from ui.window import lazy_imports
from ui.window.main_window import MainWindow
from ui.window.page_keys import name_page_keys

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from coordinator.bootstrap import Database
    from coordinator.domain.families.households import FamilyEntry
    from coordinator.domain.records.recall import PumpedDays
    from coordinator.domain.settings import Settings
    from coordinator.sayings import Saying
    from ui.donors.page import DonorsPage
    from ui.drivers.page import DriversPage
    from ui.matching.page import MatchingPage
    from ui.pickups.coolers_page import CoolersPage
    from ui.pickups.page import PickupsPage
    from ui.pickups.week_of_drivers import WeekOfDriversPage
    from ui.plan.page import PlanPage
    from ui.promises.page import PromisesPage
    from ui.recipients.page import RecipientsPage
    from ui.records.ledger_page import LedgerPage
    from ui.records.recall.page import RecallsPage
    from ui.today.page import TodayPage
    from ui.window.backing_up import Keeping
    from ui.window.dialogs import Dialogs
    from ui.window.glance import Glance
    from ui.window.screen_lock import ScreenLock

    ListPage = DonorsPage | RecipientsPage | DriversPage
    Page = (
        TodayPage
        | ListPage
        | MatchingPage
        | PickupsPage
        | PromisesPage
        | PlanPage
        | LedgerPage
        | RecallsPage
        | CoolersPage
        | WeekOfDriversPage
    )

log = logging.getLogger(__name__)

_LOOK_AGAIN_MS = 2000
"""How soon the window sees what the command line or another coordinator wrote."""

_PAGE_OF: Mapping[CodeLetter | None, str] = {
    CodeLetter.DONOR: "donors",
    CodeLetter.RECIPIENT: "recipients",
    CodeLetter.DRIVER: "drivers",
}


class NetworkWindow(MainWindow):
    """Six pages over one network, two more views of Match and some of Pickups, each made when first shown.

    ``begin`` reads for the first time. The frame stands alone until then: whoever imports this module
    imports no page (``lazy_imports``).
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.display, desk.settings)
        self._desk = desk
        self._last_seen = -1
        self._settings_seen: Settings | None = None
        self._families: tuple[FamilyEntry, ...] = ()
        self._fill_first_menus()
        self._slots = {
            name: self._add_slot(icon, word, make) for name, icon, word, make in self._page_words()
        }
        self._slots["promises"] = self._add_view(self.tr("Promises"), "Ctrl+7", _promises)
        self._slots["plan"] = self._add_view(self.tr("The plan"), "Ctrl+9", _plan)
        self._slots["ledger"] = self._add_view(
            self.tr("Where every ounce went"), "Ctrl+0", self._ledger, under="pickups"
        )
        self._slots["recalls"] = self._add_view(
            self.tr("Recalls"), "Ctrl+Shift+R", self._recalls, under="pickups"
        )
        self._slots["week"] = self._add_view(
            self.tr("Volunteers this week"), "Ctrl+Shift+V", self._week, under="pickups"
        )
        self._slots["coolers"] = self._add_view(
            self.tr("Coolers"), "Ctrl+Shift+K", self._coolers, under="pickups"
        )
        self._fill_last_menus()
        self._connect()
        self.setAcceptDrops(True)
        self._watch = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self.look_again)

    @cached_property
    def dialogs(self) -> Dialogs:
        """Opens the dialogs."""
        from ui.window.dialogs import Dialogs  # noqa: PLC0415 - not for a first paint

        dialogs = Dialogs(self._desk, self)
        dialogs.lock_changed.connect(self._show_lock)
        return dialogs

    @cached_property
    def keeping(self) -> Keeping:
        """Backs up and says so."""
        from ui.window.backing_up import Keeping  # noqa: PLC0415 - not for a first paint

        keeping = Keeping(self._desk, self.notice, self.status, self)
        keeping.check_wanted.connect(lambda: self.dialogs.open_check())
        keeping.backed_up.connect(self._read_glance)
        return keeping

    @cached_property
    def screen_lock(self) -> ScreenLock:
        """Locks the window and opens it again."""
        from ui.window.screen_lock import ScreenLock  # noqa: PLC0415 - not for a first paint

        screen_lock = ScreenLock(self._desk, self)
        screen_lock.locking.connect(self.dialogs.close_lock)
        screen_lock.passphrase_wanted.connect(self.dialogs.open_lock_alone)
        screen_lock.opened.connect(self._desk.changed)
        return screen_lock

    def begin(self) -> None:
        """Make the page in front and read everything; the desk's network must be open."""
        collecting.begin()
        self.page_shown.connect(self._fill_slot)
        self._fill_slot(self.pages.currentIndex())
        self.show_page(self.pages.currentIndex())  # nothing had the focus while the network was being opened
        self._show_lock()
        self._read_glance()
        self._desk.changed.connect(self._read_glance)
        self._watch.start()
        self.screen_lock.begin()
        self._saved_files = lazy_imports.saved_files.SavedFiles(self._desk, self.notice, self)

    def _show_lock(self) -> None:
        """Say on the status line that anybody can read the network; nothing while it is locked."""
        is_locked = self._desk.database.key is not None
        self.status.say_not_locked("" if is_locked else self.tr("Not locked"))

    def show_family(self, code: str) -> None:
        """Bring the family behind *code* to the front."""
        self.show_on_page(_PAGE_OF.get(letter_of(code), "pickups"), code)

    def show_family_history(self, code: str) -> None:
        """Bring the family behind *code* to the front, with what was changed of it."""
        self.show_family(code)
        slot = self._slots.get(_PAGE_OF.get(letter_of(code), ""))
        page = None if slot is None else slot.page
        if page is not None and hasattr(page, "detail"):
            page.detail.open_on_history()

    def show_on_page(self, name: str, code: str) -> None:
        """Bring page *name* to the front, with *code* chosen on it unless it is empty."""
        slot = self._slots[name]
        self.show_page(self.pages.indexOf(slot))
        page = slot.page
        if code and page is not None and hasattr(page, "show_family"):
            page.show_family(code)

    def look_again(self) -> None:
        """Come forward if a second start asked for it, and read again if anybody else has written."""
        if lazy_imports.bootstrap.was_asked_to_come_forward(self._desk.database):
            self.showNormal()
            self.raise_()
            self.activateWindow()
        if not self._desk.runner.is_busy and not self._desk.runner.is_held:
            self.keeping.try_writing()
            self._desk.read(self._desk.database.change_counter, self._on_counted)

    def _page_words(self) -> tuple[tuple[str, str, str, Callable[[Desk, QWidget], QWidget]], ...]:
        """Return the name, the icon, the word and the making of each page."""
        return (
            (
                "today",
                "today",
                self.tr("Today"),
                lambda desk, slot: self._today(lazy_imports.today.TodayPage(desk, slot)),
            ),
            (
                "donors",
                "donor",
                self.tr("Donors"),
                lambda desk, slot: self._list(lazy_imports.donors.DonorsPage(desk, slot)),
            ),
            (
                "recipients",
                "recipient",
                self.tr("Recipients"),
                lambda desk, slot: self._list(lazy_imports.recipients.RecipientsPage(desk, slot)),
            ),
            (
                "matching",
                "match",
                self.tr("Match"),
                lambda desk, slot: _read(lazy_imports.matching.MatchingPage(desk, slot)),
            ),
            (
                "pickups",
                "pickup",
                self.tr("Pickups"),
                lambda desk, slot: _read(lazy_imports.pickups.PickupsPage(desk, slot)),
            ),
            (
                "drivers",
                "driver",
                self.tr("Volunteers"),
                lambda desk, slot: self._list(lazy_imports.drivers.DriversPage(desk, slot)),
            ),
        )

    def _add_slot(self, icon: str, word: str, make: Callable[[Desk, QWidget], QWidget]) -> PageSlot:
        slot = PageSlot(partial(make, self._desk))
        self.add_page(icon, word, slot)
        return slot

    def _add_view(
        self, word: str, key: str, make: Callable[[Desk, QWidget], QWidget], under: str = "matching"
    ) -> PageSlot:
        """Add another view of the page *under*."""
        slot = PageSlot(partial(make, self._desk))
        self.add_view(word, slot, self.pages.indexOf(self._slots[under]), key)
        return slot

    def _fill_slot(self, index: int) -> None:
        slot = self.pages.widget(index)
        if isinstance(slot, PageSlot) and slot.page is None:
            slot.fill()

    def _today(self, page: TodayPage) -> QWidget:
        page.weeks_wanted.connect(self.dialogs.open_weeks)
        page.beginning.import_wanted.connect(self.dialogs.open_import)
        page.beginning.add_wanted.connect(self.dialogs.open_add)
        page.beginning.sample_wanted.connect(self.dialogs.open_sample)
        page.round_wanted.connect(self.dialogs.open_round)
        return _read(page)

    def _ledger(self, desk: Desk, slot: QWidget) -> QWidget:
        page = lazy_imports.ledger_page.LedgerPage(desk, slot)
        page.export_wanted.connect(self.dialogs.export)
        return _read(page)

    def _recalls(self, desk: Desk, slot: QWidget) -> QWidget:
        page = lazy_imports.recalls.RecallsPage(desk, slot)
        self.screen_lock.locking.connect(page.practice.forget)
        return _read(page)

    def _week(self, desk: Desk, slot: QWidget) -> QWidget:
        page = lazy_imports.week_of_drivers.WeekOfDriversPage(desk, slot)
        page.export_wanted.connect(self.dialogs.export)
        return _read(page)

    def _coolers(self, desk: Desk, slot: QWidget) -> QWidget:
        page = lazy_imports.coolers_page.CoolersPage(desk, slot)
        page.export_wanted.connect(self.dialogs.export)
        return _read(page)

    def _list(self, page: ListPage) -> QWidget:
        page.add_wanted.connect(self.dialogs.open_add)
        page.form_wanted.connect(self.dialogs.open_form)
        page.import_wanted.connect(self.dialogs.open_import)
        page.export_wanted.connect(self.dialogs.export)
        return _read(page)

    def _fill_first_menus(self) -> None:
        """Fill File and Edit, which stand before the pages' View."""
        file, edit = self.tr("&File"), self.tr("&Edit")
        self.add_action(
            file,
            self.tr("Open a spreadsheet…"),
            QKeySequence.StandardKey.Open,
            lambda: self.dialogs.open_import(),
        )
        self.add_action(file, self.tr("Make a form…"), None, lambda: self.dialogs.open_form())
        self.add_action(file, self.tr("Export what is shown…"), "Ctrl+E", self._export_shown)
        self.add_action(file, self.tr("Export all choices…"), None, lambda: self.dialogs.export_choices())
        self.menu(file).addSeparator()
        self.add_action(file, self.tr("Back up now"), None, lambda: self.keeping.back_up_by_hand())
        self.add_action(file, self.tr("Restore a backup…"), None, lambda: self.dialogs.open_restore())
        self.add_action(file, self.tr("Check the network…"), None, lambda: self.dialogs.open_check())
        self.add_action(file, self.tr("Lock now"), "Ctrl+L", lambda: self.screen_lock.lock_now())
        self.add_action(file, self.tr("Lock the network…"), None, lambda: self.dialogs.open_lock())
        self.menu(file).addSeparator()
        self.add_action(file, self.tr("Settings…"), "Ctrl+,", lambda: self.dialogs.open_settings())
        self.add_action(file, self.tr("Policy profiles…"), None, lambda: self.dialogs.open_policies())
        self.menu(file).addSeparator()
        self.add_action(file, self.tr("Quit"), "Ctrl+Q", self.close)
        self.add_undo_actions(edit)
        self.add_action(edit, self.tr("History…"), "Ctrl+H", lambda: self.dialogs.open_history())

    def _fill_last_menus(self) -> None:
        self.add_action(
            self.tr("&View"), self.tr("The next eight weeks…"), "Ctrl+8", lambda: self.dialogs.open_weeks()
        )
        self.add_action(
            self.tr("&View"), self.tr("A round of calls…"), "Ctrl+R", lambda: self.dialogs.open_round()
        )
        self.add_action(
            self.tr("&View"),
            self.tr("Which babies have this milk?…"),
            "Ctrl+Shift+B",
            self._ask_which_babies,
        )
        help_menu = self.tr("&Help")
        self.add_action(help_menu, self.tr("First week…"), None, lambda: self.dialogs.open_first_week())
        self.add_common_actions()
        name_page_keys(self)
        self.add_action(help_menu, self.tr("Licences…"), None, lambda: self.dialogs.open_licences())

    def _connect(self) -> None:
        desk = self._desk
        for runner in {desk.runner, desk.online, desk.planner}:
            self.status.watch(runner)
        self.status.lock_wanted.connect(lambda: self.dialogs.open_lock())
        desk.said.connect(self.notice.tell)
        desk.complained.connect(self.notice.warn)
        desk.family_wanted.connect(self.show_family)
        desk.family_history_wanted.connect(self.show_family_history)
        desk.page_wanted.connect(self.show_on_page)
        desk.pair_wanted.connect(self._open_pair)
        desk.recall_wanted.connect(self._open_recall)
        desk.settings_wanted.connect(self._open_settings)  # a lambda would hold window and desk for good
        desk.display.changed.connect(self._keep_units)
        self.finder.set_search(lambda text: lazy_imports.glance.finder_hits(self._families, text))
        self.finder.chosen.connect(self.show_family)
        self.undo_wanted.connect(lambda: self._reverse(lazy_imports.history.undo, self.tr("Undone: {what}")))
        self.redo_wanted.connect(
            lambda: self._reverse(lazy_imports.history.redo, self.tr("Done again: {what}"))
        )
        self.closing.connect(self._close_network)

    def _open_settings(self) -> None:
        self.dialogs.open_settings()

    def _open_pair(self, donor: str, recipient: str) -> None:
        self.dialogs.open_pair(donor, recipient)

    def _open_recall(self, code: str, days: PumpedDays, because: str) -> None:
        self.dialogs.open_recall(code, days, because)

    def _ask_which_babies(self) -> None:
        """Ask it of whoever is chosen on the page in front, else of nobody yet."""
        slot = self.pages.currentWidget()
        code = ""
        if isinstance(slot, PageSlot) and isinstance(slot.page, lazy_imports.list_page.FamilyListPage):
            table = slot.page.list.table
            code = str(table.chosen_key or "") if table.was_chosen else ""
        is_asked = letter_of(code) in {CodeLetter.DONOR, CodeLetter.RECIPIENT}
        self.dialogs.open_recall(code if is_asked else "")

    def _read_glance(self) -> None:
        database, today = self._desk.database, self._desk.today()
        self._desk.read(lambda: lazy_imports.glance.glance(database, today), self._show_glance)

    def _show_glance(self, found: Glance) -> None:
        if self._last_seen < 0:
            self._on_first_glance(found)
        self._last_seen = found.change_counter
        self._families = found.families
        self._use_settings(found.settings)
        self.status.say_summary(
            self.tr("{donors} · {families} · {amount} free").format(
                donors=donors_words(found.donors),
                families=families_words(found.recipients),
                amount=self._desk.display.volume(found.free),
            )
        )
        undo, redo = found.undo.undo, found.undo.redo
        self.name_undo(undo.shown if undo else "", redo.shown if redo else "")
        if undo:
            self.notice.on_last_action(undo.id)
        self.status.say_backup(lazy_imports.glance.backup_words(found.last_backup, self._desk.today()))
        self.keeping.look(found)

    def _on_first_glance(self, found: Glance) -> None:
        """Offer the sample region where there is nobody yet, and import the other pages meanwhile."""
        if not found.families:
            self.dialogs.offer_first_start()
        self._desk.read(lazy_imports.import_all, lambda _: None)
        self.dialogs.offer_reread()

    def _use_settings(self, found: Settings) -> None:
        """Show the network's name; its units only when they were changed, not over a switch just made."""
        self.set_network(found.network_name)
        lazy_imports.tiles.follow(self._desk, self._settings_seen, found)
        seen, self._settings_seen = self._settings_seen, found
        units = (found.volume_unit, found.distance_unit)
        if seen is None or (seen.volume_unit, seen.distance_unit) != units:
            self._desk.display.set_units(*units)

    def _keep_units(self) -> None:
        display, database = self._desk.display, self._desk.database
        volume_unit, distance_unit = display.volume_unit, display.distance_unit
        self._desk.write(lambda: lazy_imports.settings.keep_units(database, volume_unit, distance_unit))

    def _reverse(self, reverse: Callable[[Database], Saying], said: str) -> None:
        undoing.reverse(
            self._desk, reverse, lambda what: self.notice.tell(said.format(what=what)), self.notice.warn
        )

    def _export_shown(self) -> None:
        slot = self.pages.currentWidget()
        shows_list = (lazy_imports.list_page.FamilyListPage, lazy_imports.ledger_page.LedgerPage)
        if isinstance(slot, PageSlot) and isinstance(slot.page, shows_list):
            slot.page.list.export_shown()
        else:
            self.notice.tell(
                self.tr(
                    "Lists can be exported: open Donors, Recipients, Volunteers or the ounces (Ctrl+0) first."
                )
            )

    def _on_counted(self, counter: int) -> None:
        if counter != self._last_seen:
            self._desk.changed.emit()

    def _close_network(self) -> None:
        """Wait for what runs, make the day's backup, let go of the file."""
        self._watch.stop()
        self._desk.closing.emit()
        self._desk.online.close()
        self._desk.planner.close()
        self._desk.runner.close()
        if "screen_lock" in self.__dict__:
            self.screen_lock.close()
        if not self._desk.is_open:
            return
        database = self._desk.database
        if database.is_sqlite and self._last_seen > 0 and database.refusal is None and not database.is_shut:
            from ui.window.backing_up import back_up_on_close  # noqa: PLC0415 - not for a first paint

            back_up_on_close(database)
        database.dispose()

    # Overrides of Qt.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take spreadsheets dropped on the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the import wizard with what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.dialogs.open_import(paths)


def _promises(desk: Desk, slot: QWidget) -> QWidget:
    return _read(lazy_imports.promises.PromisesPage(desk, slot))


def _plan(desk: Desk, slot: QWidget) -> QWidget:
    return _read(lazy_imports.plan.PlanPage(desk, slot))


def _read(page: Page) -> QWidget:
    """Return *page*, which reads for the first time."""
    page.refresh()
    return page
