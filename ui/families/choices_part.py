"""What a family chose, how long ago, by which text and who noted it; and which yes of it is not recorded."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.agreements.choices import ChoiceLine
from coordinator.services.agreements.choice_list import ChoicesOf, choices_of
from coordinator.services.agreements.choices import save_paper
from ui.desk import Desk
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.file_dialogs import choose_target
from ui.widgets.rows import Row, Rows, text_label


class ChoicesPart(QWidget):
    """Choices, newest first; a scanned paper can be saved to look at it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._code = desk, ""
        self.missing = text_label("", "ask")
        self.missing.hide()
        self.rows = Rows(
            self.tr("No choice is recorded yet. “Tell the donor…” or “Tell the family…” beside a hold does.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(text_label(self.tr("Choices"), "strong"))
        layout.addWidget(self.missing)
        layout.addWidget(self.rows)

    def show_code(self, code: str) -> None:
        """Show what the donor or family with *code* chose."""
        self._code = code
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(choices_of, database, code, today), partial(self._show, code))

    def _show(self, code: str, found: ChoicesOf) -> None:
        if code != self._code:
            return
        self.missing.setText("\n".join(map(str, found.missing)))
        self.missing.setVisible(bool(found.missing))
        self.rows.set_rows([self._row(line) for line in found.lines])

    def _row(self, line: ChoiceLine) -> Row:
        one, hold = line.choice, line.hold
        other = hold.recipient_name if line.of_donor else hold.donor_name
        heading = self.tr("{choice}: {amount}, {other}").format(
            choice=one.kind.words, amount=self._desk.display.volume(hold.volume), other=other
        )
        when = self.tr("{day} ({age}), {how} by {who}; {stands}").format(
            day=show_date(one.chosen_on),
            age=self._age(line.age),
            how=one.how.words,
            who=one.chosen_by,
            stands=line.stands,
        )
        text = self.tr("text of {version}").format(version=one.text_version)
        if line.is_older_text:
            text = self.tr("text of {version}, which is an older one").format(version=one.text_version)
        noted = self.tr("told {told}; {text}; noted {noted}").format(
            told=show_date(one.told_on), text=text, noted=show_date(one.noted_on)
        )
        if one.noted_by:
            noted = self.tr("{noted} by {who}").format(noted=noted, who=one.noted_by)
        heats = str(one.heats.words) if one.heats else ""
        changed = self.tr("Changed since: {what}").format(what="; ".join(map(str, line.changes)))
        row = Row(heading, [when, noted, heats, changed if line.changes else ""], code=one.hold_code)
        if one.file_name:
            name = self.tr("Save {file} to look at it").format(file=one.file_name)
            row.add_button(self.tr("Save the paper…"), name).clicked.connect(partial(self._save, line))
        return row

    def _age(self, days: int) -> str:
        if days == 0:
            return self.tr("today")
        return self.tr("1 day ago") if days == 1 else self.tr("{count} days ago").format(count=days)

    def _save(self, line: ChoiceLine, *_: object) -> None:
        one = line.choice
        title, kinds = self.tr("Save the scanned paper"), self.tr("All files (*)")
        target = choose_target(self, title, Path.home() / one.file_name, kinds)
        if target is not None:
            said = self.tr("Saved {file}.").format(file=target.path.name)
            work = partial(save_paper, self._desk.database, one.id, target.path)
            self._desk.read(work, lambda _: self._desk.said.emit(said))
