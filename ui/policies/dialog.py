"""The policy profiles of a network: read them, set two side by side, keep an own one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from coordinator.bootstrap import Database
from coordinator.domain.policies.profiles import Policy, PolicyValue, compare
from coordinator.services.paper.reviews import ReviewPreview
from coordinator.services.policies import profiles as policies
from ui.desk import Desk
from ui.policies import reviews
from ui.policies.decided_dialog import DecidedDialog
from ui.policies.forms import ChangeForm, CopyForm, ReviewForm, SameFigureForm
from ui.policies.further import FurtherDialog
from ui.policies.layout import PoliciesLayout
from ui.policies.value_words import profile_words
from ui.theme import change_role
from ui.widgets.fields.form_dialog import FormDialog

Found = tuple[tuple[Policy, ...], str]


class PoliciesDialog(QDialog):
    """A profile and its values; with a second one chosen, both side by side.

    ``form`` is the small form open now, or None. Everything written here can be undone in the window.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self._profiles: dict[str, Policy] = {}
        self._in_use = ""
        self.form: FormDialog | None = None
        self.setWindowTitle(self.tr("Policy profiles"))
        self.shown = PoliciesLayout(self, desk.settings)
        self._connect()
        self._read()

    @property
    def policy(self) -> Policy | None:
        """The profile whose values are shown."""
        return self._profiles.get(str(self.shown.profile.currentData()))

    @property
    def other(self) -> Policy | None:
        """The profile beside it, if any."""
        return self._profiles.get(str(self.shown.beside.currentData() or ""))

    def _connect(self) -> None:
        shown = self.shown
        self._desk.changed.connect(self._on_changed)
        shown.profile.currentIndexChanged.connect(self._show)
        shown.beside.currentIndexChanged.connect(self._show)
        shown.only_differing.toggled.connect(lambda _: self._filter())
        shown.search.searched.connect(lambda _: self._filter())
        for table in (shown.values, shown.both):
            table.row_chosen.connect(lambda _: self._show_value())
            table.row_opened.connect(lambda _: self._change())
        shown.use_button.clicked.connect(self._use)
        shown.copy_button.clicked.connect(self._copy)
        shown.remove_button.clicked.connect(self._remove)
        shown.decided_button.clicked.connect(lambda: DecidedDialog(self._desk, self).open())
        shown.close_button.clicked.connect(self.reject)
        shown.further_button.clicked.connect(self._show_further)
        shown.sheet_button.clicked.connect(self._save_sheet)
        shown.read_button.clicked.connect(self._read_review)
        shown.pane.change_wanted.connect(self._change)
        shown.pane.review_wanted.connect(self._review)
        shown.pane.restore_wanted.connect(self._restore)
        shown.pane.same_figure_wanted.connect(self._same_figure)

    def _read(self, choose: str = "") -> None:
        if not self._is_open:
            return
        database = self._desk.database
        self._desk.read(partial(_find, database), partial(self._fill, choose=choose))

    def _on_changed(self) -> None:
        self._read()

    def _fill(self, found: Found, *, choose: str = "") -> None:
        if not self._is_open:
            return
        profiles, self._in_use = found
        is_first = not self._profiles
        self._profiles = {policy.key: policy for policy in profiles}
        names = [(policy.key, profile_words(policy, self._in_use)) for policy in profiles]
        kept = choose or (self._in_use if is_first else str(self.shown.profile.currentData()))
        self.shown.fill_profiles(names, kept)
        self._show()

    def _show(self) -> None:
        policy, other = self.policy, self.other
        if policy is None:
            return
        shown = self.shown
        shown.about.setText(self._about(policy))
        shown.use_button.setEnabled(not policy.for_comparison_only and policy.key != self._in_use)
        shown.copy_button.setEnabled(not policy.for_comparison_only)
        shown.remove_button.setEnabled(bool(policy.base))
        shown.further_button.setEnabled(bool(policy.further))
        shown.show_side_by_side(on=other is not None)
        if other is None:
            shown.value_model.set_rows([policy[rule] for rule in policy.values])
        else:
            shown.titles = (policy.title, other.title)
            shown.line_model.set_rows(compare(policy, other).lines)
            shown.line_model.refresh_texts()
        self._filter()

    def _about(self, policy: Policy) -> str:
        parts = [policy.about] if policy.about else []
        if policy.key == self._in_use:
            parts.append(self.tr("All milk is judged by it."))
        if policy.for_comparison_only:
            parts.append(self.tr("For comparison only: milk is never judged by it."))
        if policy.base:
            base = self._profiles.get(policy.base)
            parts.append(self.tr("Your own, copied from {title}.").format(title=base.title if base else ""))
        return " · ".join(part.rstrip(".") for part in parts) + "."

    def _filter(self) -> None:
        shown = self.shown
        shown.filter()
        if self.other is not None:
            lines = shown.line_model.all_rows()
            shown.count.setText(
                self.tr("{count} of {total} differ").format(
                    count=sum(line.differs for line in lines), total=len(lines)
                )
            )
        table = shown.table
        if table.chosen_key is None and table.rows.rowCount():
            table.choose(table.rows.key_at(0))
        self._show_value()

    def _value(self) -> PolicyValue | None:
        rule, policy = self.shown.table.chosen_key, self.policy
        return None if rule is None or policy is None else policy[str(rule)]

    def _show_value(self) -> None:
        policy, other, value = self.policy, self.other, self._value()
        if policy is None or value is None:
            self.shown.pane.show_nothing()
        elif other is not None:
            self.shown.pane.show_two(policy, value, other, other[value.rule])
        else:
            base = self._profiles.get(policy.base)
            self.shown.pane.show_value(policy, value, base[value.rule] if base else None)

    # What the buttons do.

    def _use(self) -> None:
        if self.policy is not None:
            self._write(partial(policies.use_profile, self._desk.database, self.policy.key))

    def _remove(self) -> None:
        if self.policy is not None and self.policy.base:
            remove = partial(
                policies.remove_profile, self._desk.database, self.policy.key, self._desk.today()
            )
            self._write(remove, choose=self.policy.base)

    def _restore(self) -> None:
        policy, value = self.policy, self._value()
        if policy is not None and value is not None:
            self._write(partial(policies.restore_value, self._desk.database, policy.key, value.rule))

    def _copy(self) -> None:
        if self.policy is not None:
            self._open(CopyForm(self._desk, self.policy, self))

    def _change(self) -> None:
        policy, value = self.policy, self._value()
        if policy is not None and policy.base and value is not None:
            self._open(ChangeForm(self._desk, policy, value, self))

    def _review(self) -> None:
        policy, value = self.policy, self._value()
        if policy is not None and policy.base and value is not None and value.value is not None:
            self._open(ReviewForm(self._desk, policy, value, self))

    def _same_figure(self) -> None:
        policy, value = self.policy, self._value()
        if policy is not None and value is not None:
            self._open(SameFigureForm(self._desk, policy, value, self))

    def _show_further(self) -> None:
        if self.policy is not None:
            self.further = FurtherDialog(self.policy, self)
            self.further.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.further.open()

    def _save_sheet(self) -> None:
        if self.policy is not None:
            reviews.save_sheet(self._desk, self.policy, self, self._told, self._refused)

    def _read_review(self) -> None:
        reviews.read_sheet(self._desk, self, self._look_at_review, self._refused)

    def _look_at_review(self, preview: ReviewPreview) -> None:
        if self._is_open:
            self.shown.said.hide()
            self._open(reviews.ReviewPreviewForm(self._desk, preview, self))

    def _open(self, form: FormDialog) -> None:
        self.form = form
        form.finished.connect(self._on_form_closed)
        form.show_at_its_size()

    def _on_form_closed(self, result: int) -> None:
        form, self.form = self.form, None
        if result == QDialog.DialogCode.Accepted:
            self._done(form.made if isinstance(form, CopyForm | reviews.ReviewPreviewForm) else "")

    def _write(self, work: partial[None], choose: str = "") -> None:
        self._desk.write(work, lambda _: self._done(choose), failed=self._refused)

    def _done(self, choose: str) -> None:
        if self._is_open:
            self.shown.said.hide()
            self._read(choose)

    def _told(self, sentence: str) -> None:
        self._say(sentence, "done")

    def _refused(self, sentence: str) -> None:
        self._say(sentence, "problem")

    def _say(self, sentence: str, role: str) -> None:
        if self._is_open:
            change_role(self.shown.said, role)
            self.shown.said.setText(sentence)
            self.shown.said.show()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; answers under way are dropped."""
        self._is_open = False
        super().done(result)


def _find(database: Database) -> Found:
    return policies.profiles(database), policies.policy_now(database).key
