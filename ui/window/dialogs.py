"""The dialogs of a network's window: each is made when it is asked for and opened over the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from coordinator.errors import UserError
from ui import undoing
from ui.counted import donors_words, drivers_words, families_words
from ui.desk import Desk
from ui.widgets import file_dialogs
from ui.window import lazy_imports
from ui.window.backing_up import open_folder
from ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.preview import ImportReport
    from coordinator.domain.records.recall import PumpedDays
    from coordinator.services.imports.rereading import ReadOtherwise
    from coordinator.services.sample.samples import SampleReport


class Dialogs(QObject):
    """Opens the dialogs; ``current`` is the one open now, or None.

    All are window-modal, so that work beside the window goes on, and say what they did in the notice line.
    ``lock_changed`` says that the network is locked now, or not any more.
    """

    lock_changed = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.current: QDialog | None = None

    def open_import(self, paths: Sequence[Path] = ()) -> None:
        """Open the wizard that imports spreadsheets, with *paths* chosen already."""
        wizard = lazy_imports.import_wizard.ImportWizard(self._desk, paths, self._window)
        wizard.imported.connect(self._say_imported)
        self._open(wizard)

    def open_form(self, role: Role | None = None) -> None:
        """Open what makes a form of our own, for a *role* or the first."""
        dialog = lazy_imports.make_form_dialog.MakeFormDialog(self._desk, role, self._window)
        dialog.saved.connect(self._say_form_saved)
        self._open(dialog)

    def open_restore(self) -> None:
        """Open the list of backups."""
        try:
            way_back = lazy_imports.way_back_service.way_back_of(self._desk.database)
        except UserError as error:
            self._desk.complain(error)
            return
        dialog = lazy_imports.restore_dialog.RestoreDialog(self._desk, way_back, self._window)
        dialog.restored.connect(self._say_restored)
        self._open(dialog)

    def open_check(self) -> None:
        """Check the network and say what is wrong with it, if anything."""
        dialog = lazy_imports.check_dialog.CheckDialog(self._desk, self._window)
        dialog.restore_wanted.connect(self.open_restore)
        self._open(dialog)

    def open_lock(self) -> None:
        """Open what locks the network, changes its passphrase or takes the lock off."""
        path = self._desk.database.path
        if path is None:
            self._desk.complain(
                UserError(self.tr("A network on a server is locked by whoever runs the server."))
            )
            return
        dialog = lazy_imports.lock_dialog.LockDialog(self._desk, path, self._window)
        dialog.lock_changed.connect(self.lock_changed)
        self._open(dialog)

    def offer_passphrase(self, then: Callable[[], object]) -> None:
        """Offer to lock a network that was just begun, and do *then*; where it cannot be, just do that."""
        database = self._desk.database
        if database.path is None or database.key is not None or database.refusal is not None:
            then()
            return
        dialog = lazy_imports.lock_dialog.LockDialog(self._desk, database.path, self._window, is_first=True)
        dialog.lock_changed.connect(self.lock_changed)
        self._open(dialog)
        dialog.finished.connect(lambda _: then())

    def open_lock_alone(self) -> None:
        """Offer to set a passphrase, unless another dialog is open; that is not left for it."""
        if self.current is None:
            self.open_lock()
        else:
            self._desk.said.emit(self.tr("Not locked: this network has no passphrase yet."))

    def close_lock(self) -> None:
        """Leave the lock's own dialog, if that is open: no passphrase half typed stays behind."""
        if isinstance(self.current, lazy_imports.lock_dialog.LockDialog):
            self.current.reject()

    def offer_reread(self) -> None:
        """Say that answers of forms are read otherwise now, if any are and they can be written."""
        database, today = self._desk.database, self._desk.today()
        if database.refusal is None:
            self._desk.read(
                lambda: lazy_imports.rereading.answers_read_otherwise(database, today), self._offer_reread
            )

    def open_reread(self, found: Sequence[ReadOtherwise]) -> None:
        """Open the list of answers that are read otherwise now."""
        self._open(lazy_imports.reread_dialog.RereadDialog(self._desk, found, self._window))

    def open_settings(self) -> None:
        """Open the network's settings."""
        dialog = lazy_imports.settings_dialog.SettingsDialog(self._desk, self._window)
        dialog.policies_wanted.connect(self.open_policies)
        self._open(dialog)

    def open_history(self) -> None:
        """Open the list of everything that was done."""
        self._open(lazy_imports.history_dialog.HistoryDialog(self._desk, self._window))

    def open_weeks(self) -> None:
        """Open what is missing in the next eight weeks."""
        self._open(lazy_imports.weeks_dialog.WeeksDialog(self._desk, self._window))

    def open_round(self, minutes: int = 0) -> None:
        """Open a round of calls: the one that is open, else one of *minutes*, else it asks for them."""
        dialog = lazy_imports.round_dialog.RoundDialog(self._desk, minutes, self._window)
        self._open(dialog)

    def open_pair(self, donor: str, recipient: str) -> None:
        """Open the page of two families who share milk."""
        self._open(lazy_imports.pair_dialog.PairDialog(self._desk, donor, recipient, self._window))

    def open_recall(self, code: str = "", days: PumpedDays | None = None, because: str = "") -> None:
        """Ask which babies have the milk of *code* that was pumped on *days*; then its recall is in front."""
        found = lazy_imports.recall_dialog
        asked = found.Asked(code, because=because) if days is None else found.Asked(code, days, because)
        dialog = found.OpenRecallDialog(self._desk, asked, self._window)
        dialog.opened.connect(self._show_recall)
        self._open(dialog)
        dialog.begin()

    def open_policies(self) -> None:
        """Open the policy profiles."""
        self._open(lazy_imports.policies_dialog.PoliciesDialog(self._desk, self._window))

    def open_first_week(self) -> None:
        """Say what to do first."""
        dialog = lazy_imports.first_week.FirstWeek(self._window)
        dialog.step_wanted.connect(self._go_to_step)
        self._open(dialog)

    def open_licences(self) -> None:
        """Say whose work is in the program."""
        self._open(lazy_imports.licences.LicencesDialog(self._window))

    def open_add(self, role: Role) -> None:
        """Open the form for one family with *role*."""
        self._open(lazy_imports.add_dialog.AddDialog(self._desk, role, self._window))

    def offer_first_start(self) -> None:
        """Offer the sample region while the network is empty and nobody said "Start empty"."""
        if not lazy_imports.first_start.is_first_start(self._desk.settings):
            return
        database = self._desk.database
        self._desk.read(lambda: not lazy_imports.households.family_index(database), self._offer_if_empty)

    def export_choices(self) -> None:
        """Write every choice that was recorded as CSV or XLSX, once it is said where to."""
        found, database, today = lazy_imports.choice_list, self._desk.database, self._desk.today()

        def work() -> tuple[list[str], list[Sequence[str]]]:
            rows = [found.row(line) for line in found.choice_lines(database, today)]
            return [str(one) for one in found.headings()], rows

        self._desk.read(work, lambda table: self.export(*table))

    def export(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Ask where to, then write the table shown as CSV or XLSX."""
        proposed = Path.home() / self.tr("milk run list.xlsx")
        kinds = self.tr("Workbook (*.xlsx);;Table as text (*.csv)")
        chosen = file_dialogs.choose_target(
            self._window, self.tr("Export what is shown"), proposed, kinds, names_nobody=True
        )
        if chosen is None:
            return
        path = lazy_imports.exports.with_ending(chosen.path, ".csv" if "csv" in chosen.kind else ".xlsx")
        self._desk.read(
            lambda: lazy_imports.exports.save_list(path, headers, rows),
            lambda _: self._say_exported(path, len(rows)),
        )

    def _show_recall(self, code: str) -> None:
        self._desk.page_wanted.emit("recalls", code)

    def _go_to_step(self, where: str) -> None:
        ways = {"import": self.open_import, "settings": self.open_settings}
        if where in ways:
            ways[where]()
        else:
            self._desk.page_wanted.emit(where, "")

    def _open(self, dialog: QDialog) -> None:
        self.current = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self.current = None

    def _offer_reread(self, found: Sequence[ReadOtherwise]) -> None:
        """Offer it where nothing else is being said: that comes first, and this again at the next start."""
        if found and self._window.notice.isHidden():
            said = lazy_imports.reread_dialog.offer_words(len(found))
            self._window.notice.offer(said, self.tr("Look"), lambda: self.open_reread(found))

    def _say_form_saved(self, path: Path) -> None:
        said = self.tr("The form was saved as {path}.").format(path=path)
        self._window.notice.tell(said, self.tr("Open folder"), lambda: open_folder(path.parent))

    def _say_restored(self, said: str) -> None:
        self._window.notice.tell(said)
        self._desk.changed.emit()

    def _offer_if_empty(self, empty: bool) -> None:
        if not empty or self.current is not None:
            return
        offer = lazy_imports.first_start.FirstStart(self._desk, self._window)
        offer.sample_opened.connect(self.say_sample)
        offer.import_wanted.connect(lambda: self.offer_passphrase(self.open_import))
        offer.empty_chosen.connect(self.remember_started)
        offer.empty_chosen.connect(lambda: self.offer_passphrase(lambda: None))
        self._open(offer)

    def remember_started(self) -> None:
        """Never offer the first start again."""
        lazy_imports.first_start.remember_started(self._desk.settings)

    def _say_imported(self, reports: Sequence[ImportReport]) -> None:
        self._desk.changed.emit()
        actions = [report.audit_id for report in reports]
        self._window.notice.keep(
            lazy_imports.import_words.after_words(reports),
            self.tr("Undo"),
            lambda: self._undo_all(actions),
            min(actions),
        )

    def open_sample(self) -> None:
        """Open the sample region in the network where nobody is yet."""
        database, today = self._desk.database, self._desk.today()
        self._desk.write(lambda: lazy_imports.samples.open_sample_region(database, today), self.say_sample)

    def say_sample(self, report: SampleReport) -> None:
        """Say that the sample region is open, and begin on the page in front."""
        said = self.tr("The sample region is open: {donors}, {families}, {drivers}, made up.")
        self._window.show_page(self._window.pages.currentIndex())
        self._desk.changed.emit()
        self._window.notice.tell(
            said.format(
                donors=donors_words(report.donors),
                families=families_words(report.recipients),
                drivers=drivers_words(report.drivers),
            )
        )

    def _undo_all(self, actions: Sequence[int]) -> None:
        notice, said = self._window.notice, self.tr("Undone: {what}")
        undoing.reverse(
            self._desk,
            lambda database: lazy_imports.undoing.undo_all(database, actions),
            lambda what: notice.tell(said.format(what=what)),
            notice.warn,
        )

    def _say_exported(self, path: Path, count: int) -> None:
        said = self.tr(
            "{count} rows saved as {path}. The file is not protected: whoever has it can read it."
        ).format(count=count, path=path)
        self._window.notice.tell(said, self.tr("Open folder"), lambda: open_folder(path.parent))
