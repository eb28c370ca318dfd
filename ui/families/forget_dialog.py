"""Forgetting a family for good: what goes, what stays and why, the backups, and no way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.families.forgetting import TraceKind
from coordinator.domain.families.forgetting_plan import (
    NOT_REACHED,
    STAYS,
    ForgettingPlan,
    ForgottenFamily,
)
from coordinator.domain.families.forgotten_copies import CopyState, FamilyCopy
from coordinator.services.families.forgetting import forget_family, plan_to_forget
from coordinator.services.families.forgetting_copies import copies_of_network, forget_in_copies
from ui.desk import Desk
from ui.errors import explain
from ui.tasks import Job
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets.frame.pressing import closes_by_enter
from ui.widgets.rows import Rows, text_label
from ui.widgets.wrapped_label import WrappedLabel

_PATH = int(Qt.ItemDataRole.UserRole)
_MOST_LISTED = 12


class ForgetDialog(QDialog):
    """Says what forgetting the family behind *code* would do, and does it once she said that she knows."""

    forgotten = Signal()

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._code = desk, code
        self._plan: ForgettingPlan | None = None
        self._job: Job | None = None
        self._stop = Event()
        self.setWindowTitle(self.tr("Forget {code}").format(code=code))
        self.warning = WrappedLabel(self.tr("Looking for everything that is held about this family…"))
        self.told = Rows("")
        self.words_too = QCheckBox(
            self.tr("Take its name, phones, mail and street out of others’ texts, too")
        )
        self.copies = QListWidget()
        self.copies.setAccessibleName(self.tr("Backups in which to forget the family"))
        self.copies.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copies.setWordWrap(True)
        self.about_copies = WrappedLabel("")
        self.sure = QCheckBox(self.tr("I know that nothing brings this back"))
        self.said = WrappedLabel("")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setAccessibleName(self.tr("Being forgotten"))
        self.forget_button = QPushButton(self.tr("Forget for good"))
        set_role(self.forget_button, "main")
        self._lay_out()
        self._connect()
        for hidden in (self.words_too, self.copies, self.about_copies, self.sure, self.said):
            hidden.hide()
        self.forget_button.setEnabled(False)
        self._read()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close, but not while the family is being forgotten: that is stopped between two backups."""
        if self._job is not None:
            self._stop.set()
            return
        super().done(result)

    @property
    def _asked(self) -> tuple[QWidget, ...]:
        return self.area, self.copies, self.words_too, self.sure, self.forget_button

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = closes_by_enter(buttons)
        self.close_button.setText(self.tr("Close"))
        buttons.addButton(self.forget_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addWidget(self.told)
        column.addStretch()
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inside)
        self.area.setAccessibleName(self.tr("What would go and what stays"))
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.addWidget(self.warning)
        layout.addWidget(self.area, stretch=1)
        letters = self.fontMetrics()
        for box in (self.words_too, self.sure):
            box.setMinimumHeight(letters.height() + SPACE)  # the ring of the focus lies round the words
        asked = (self.about_copies, self.copies, self.words_too, self.said, self.bar, self.sure)
        for widget in (*asked, buttons):
            layout.addWidget(widget)
        self.resize(letters.averageCharWidth() * 90, letters.lineSpacing() * 30)

    def _connect(self) -> None:
        self.sure.toggled.connect(self._on_sure)
        self.forget_button.clicked.connect(self._on_forget)
        self._desk.runner.job_progressed.connect(self._on_progressed)

    def _read(self) -> None:
        database, code, today = self._desk.database, self._code, self._desk.today()
        self._desk.runner.run(
            lambda: (plan_to_forget(database, code, today), copies_of_network(database, code)),
            self._on_read,
            self._on_refused,
        )

    def _on_refused(self, error: Exception) -> None:
        """Say what has to be done first; there is nothing to press then."""
        self.bar.hide()
        change_role(self.warning, "ask")
        self.warning.setText(explain(error))

    def _on_read(self, found: tuple[ForgettingPlan, tuple[FamilyCopy, ...]]) -> None:
        self._show(*found)

    def _show(self, plan: ForgettingPlan, copies: Sequence[FamilyCopy]) -> None:
        self._plan = plan
        self.bar.hide()
        if plan.forgotten_on is None:
            words = self.tr("{name} ({codes}) would be forgotten for good. This cannot be undone.")
            self.warning.setText(words.format(name=plan.name, codes=", ".join(plan.codes)))
            self.told.set_rows(list(self._about(plan)))
            self.words_too.setVisible(bool(plan.traces_of(TraceKind.SURE)))
            self.words_too.setChecked(True)
        else:
            self.warning.setText(
                self.tr("{name} is forgotten here. Backups can be treated, too.").format(name=plan.name)
            )
        self._show_copies(copies)
        self.sure.setVisible(plan.forgotten_on is None or any(one.holds for one in copies))
        QTimer.singleShot(0, self, self.sure.setFocus)

    def _about(self, plan: ForgettingPlan) -> Sequence[QWidget]:
        rows: list[QWidget] = [text_label(str(one), "ask") for one in plan.know_first]
        rows += [text_label(self.tr("Erased, here and in the history"), "heading")]
        rows += [text_label(f"• {one}") for one in plan.goes]
        rows += [text_label(self.tr("What stays"), "heading"), text_label(str(STAYS))]
        rows += [text_label(str(NOT_REACHED))]
        for kind, words in (
            (TraceKind.SURE, self.tr("Its words stand in texts of others, too")),
            (TraceKind.SHOWN, self.tr("Its words are another family’s as well, and stay there")),
            (TraceKind.MAYBE, self.tr("Perhaps about this family; look at it yourself")),
        ):
            found = plan.traces_of(kind)
            if not found:
                continue
            rows.append(text_label(words, "heading"))
            named = [one for one in found if one.of]
            rows += [text_label(f"{one.of}: {one.text}") for one in named[:_MOST_LISTED]]
            if more := len(found) - len(named[:_MOST_LISTED]):
                rows.append(
                    text_label(self.tr("and {count} more, in the history too").format(count=more), "quiet")
                )
        return rows

    def _show_copies(self, copies: Sequence[FamilyCopy]) -> None:
        self.copies.clear()
        for one in copies:
            if one.state is CopyState.NOT_IN_IT:
                continue
            lock = self.tr("locked") if one.is_locked else self.tr("not locked")
            item = QListWidgetItem(f"{one.made_at:%Y-%m-%d %H:%M}   {lock}   {one.state.words}")
            item.setToolTip(one.path.name)
            item.setData(_PATH, str(one.path))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if one.holds:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
            self.copies.addItem(item)
        holding = self.copies.count()
        self.copies.setVisible(bool(holding))
        line = self.fontMetrics().lineSpacing() + SPACE
        self.copies.setFixedHeight(line * min(holding, 4) + line // 2)
        self.about_copies.setText(
            self.tr("Backups: the family stays where you take a tick away, and comes back with that backup.")
        )
        self.about_copies.setVisible(bool(holding))

    def _on_sure(self, sure: bool) -> None:
        self.forget_button.setEnabled(sure and self._plan is not None)

    def _on_forget(self) -> None:
        if self._plan is None or not self.sure.isChecked():
            return
        database, code, today = self._desk.database, self._code, self._desk.today()
        words_too, chosen = self.words_too.isChecked(), self._chosen()
        is_forgotten = self._plan.forgotten_on is not None

        stop = self._stop = Event()

        def work(report: Callable[[int, int], None]) -> tuple[ForgottenFamily | None, tuple[FamilyCopy, ...]]:
            done = None if is_forgotten else forget_family(database, code, today, words_too=words_too)
            return done, forget_in_copies(
                database, code, chosen, words_too=words_too, progress=report, is_cancelled=stop.is_set
            )

        self._begin()
        self._job = self._desk.runner.run_long(
            work,
            self._on_done,
            self._on_failed,
            what=self.tr("Forgetting a family"),
            cancelled=self._on_cancelled,
        )

    def _chosen(self) -> set[Path]:
        items = [self.copies.item(at) for at in range(self.copies.count())]
        return {Path(one.data(_PATH)) for one in items if one.checkState() is Qt.CheckState.Checked}

    def _begin(self) -> None:
        self.said.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        self.close_button.setText(self.tr("Stop after this backup"))
        for widget in self._asked:
            widget.setEnabled(False)

    def _on_progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _on_cancelled(self) -> None:
        """Look again what is left: it was stopped between two backups."""
        self._job = None
        self._rest()
        self._desk.changed.emit()
        self._read()

    def _on_done(self, found: tuple[ForgottenFamily | None, tuple[FamilyCopy, ...]]) -> None:
        done, copies = found
        self._job = None
        self._rest()
        left = [one for one in copies if one.state is not CopyState.NOT_IN_IT]
        said = self._said_of(done, is_left=bool(left))
        self.warning.setText(said)
        change_role(self.warning, "ask" if left else "done")
        self.told.set_rows([text_label(str(NOT_REACHED))])
        self.words_too.hide()
        self._show_copies(copies)
        self.sure.hide()
        self.forget_button.hide()
        self._desk.said.emit(said)
        self._desk.changed.emit()
        self.forgotten.emit()
        self.close_button.setFocus()

    def _said_of(self, done: ForgottenFamily | None, *, is_left: bool) -> str:
        if done is not None and done.is_swept is False:
            return self.tr(
                "Forgotten. Another program has this network open: the last bytes go when that closes."
            )
        if done is not None and done.is_swept is None:
            return self.tr("Forgotten. Ask whoever runs the server for VACUUM FULL and for its backups.")
        if is_left:
            return self.tr("Forgotten in this network; backups still have it or cannot be read.")
        return self.tr("Forgotten. Nothing of it is left in this network or its backups.")

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._rest()
        self.said.setText(explain(error))
        change_role(self.said, "problem")
        self.said.show()

    def _rest(self) -> None:
        self.bar.hide()
        self.close_button.setText(self.tr("Close"))
        self.close_button.setDefault(True)  # Enter forgets only where the keyboard is on that button
        for widget in self._asked:
            widget.setEnabled(True)
