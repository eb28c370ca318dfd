"""Looking one family's address up online: first what would be sent, then the answer, then her word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.maps.drawing import MatchLine, Pin
from coordinator.domain.places.lookups import Enquiry, Level, Reply
from coordinator.domain.places.positions import is_exact
from coordinator.services.places import addresses
from ui.desk import Desk
from ui.errors import explain
from ui.families.place_map import PlaceMap, role_of
from ui.theme import SPACE
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.rows import text_label

_CHARACTERS_WIDE = 84
_OSM = "nominatim.openstreetmap.org"


class LookUpDialog(QDialog):
    """Nothing is sent before "Look up", nothing is changed before "Use this place"."""

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Look up the address of {code}").format(code=code))
        self._desk, self._code = desk, code
        self._asked: Enquiry | None = None
        self._reply: Reply | None = None
        self._is_open = True
        self.notice = text_label("")
        self.query = QLineEdit()
        self.query.setAccessibleName(self.tr("What will be sent"))
        self.query.textEdited.connect(self._forget_reply)
        self.sender_line = text_label("", "quiet")
        self.answer = text_label("")
        self.warning = text_label("", "problem")
        self.attribution = text_label(
            self.tr("Ringed: the answer. Plain: by ZIP or town. Answers © OpenStreetMap contributors"),
            "quiet",
        )
        self.map = PlaceMap(desk)
        self.look_up = QPushButton(self.tr("Look up"), default=True)
        self.settings = QPushButton(self.tr("Open the settings…"), autoDefault=False)
        self.use = QPushButton(self.tr("Use this place"), autoDefault=False)
        self.keep = QPushButton(self.tr("Keep the present one"), autoDefault=False)
        self.look_up.clicked.connect(self._send)
        self.settings.clicked.connect(self._open_settings)
        self.use.clicked.connect(self._take)
        self.keep.clicked.connect(self.reject)
        self._lay_out()
        keep_whole(self)
        desk.read(partial(addresses.enquiry, desk.database, code), self._show)

    def _lay_out(self) -> None:
        for part in (self.answer, self.warning, self.attribution, self.settings):
            part.hide()
        self.use.setEnabled(False)
        self.look_up.setEnabled(False)
        self.notice.setMinimumWidth(self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.notice)
        asking = QHBoxLayout()
        asking.addWidget(self.query, stretch=1)
        asking.addWidget(self.look_up)
        layout.addLayout(asking)
        for part in (self.sender_line, self.answer, self.warning):
            layout.addWidget(part)
        layout.addWidget(self.map, stretch=1)
        layout.addWidget(self.attribution)
        buttons = QHBoxLayout()
        buttons.addWidget(self.settings)
        buttons.addStretch()
        buttons.addWidget(self.keep)
        buttons.addWidget(self.use)
        layout.addLayout(buttons)

    def _show(self, asked: Enquiry) -> None:
        if not self._is_open:
            return
        self._asked = asked
        self.query.setText(asked.query)
        self.query.setCursorPosition(0)
        self.settings.setVisible(not asked.is_on)
        self.query.setEnabled(asked.is_on)
        self.look_up.setEnabled(asked.is_on)
        if asked.is_on:
            self.notice.setText(self._words_before(asked))
            self.sender_line.setText(
                self.tr("The program introduces itself as {agent}. No name goes along.").format(
                    agent=asked.agent
                )
            )
            self.query.setFocus()
        else:
            self.settings.setFocus()
            self.notice.setText(
                self.tr(
                    "Looking up addresses online is switched off, so nothing is sent. Switched on in the "
                    "settings, this would send the line below to {host}."
                ).format(host=asked.host)
            )
        self._draw()

    def _words_before(self, asked: Enquiry) -> str:
        if asked.host == _OSM:
            return self.tr(
                "This line, and nothing else of the family, will be sent to {host}, which the OpenStreetMap "
                "Foundation runs. You can shorten it first."
            ).format(host=asked.host)
        return self.tr(
            "This line, and nothing else of the family, will be sent to {host}, run by whoever gave you that "
            "address. You can shorten it first."
        ).format(host=asked.host)

    def _send(self) -> None:
        if self._asked is None:
            return
        self._forget_reply()
        self.look_up.setEnabled(False)
        self._say(self.tr("Asking {host}…").format(host=self._asked.host))
        work = partial(addresses.look_up, self._desk.database, self._asked, self.query.text())
        self._desk.online.run(
            work, self._show_reply, self._show_failure, what=self.tr("Looking up an address")
        )

    def _show_failure(self, error: Exception) -> None:
        sentence = explain(error)
        if self._is_open:
            self.look_up.setEnabled(True)
            self._say("", self.tr("{sentence} The present place is kept.").format(sentence=sentence))

    def _show_reply(self, reply: Reply) -> None:
        if not self._is_open or self._asked is None:
            return
        self.look_up.setEnabled(True)
        self._reply = reply
        if reply.found is None:
            self._say(
                self.tr("{host} knows no such address. The present place is kept.").format(
                    host=self._asked.host
                )
            )
            return
        self.attribution.show()
        self.use.setEnabled(reply.can_be_used)
        self._say(f"{self._level_words(reply.found.level)} {reply.found.label}", self._far_words(reply))
        self._draw()

    def _say(self, answer: str, warning: str = "") -> None:
        for label, text in ((self.answer, answer), (self.warning, warning)):
            label.setText(text)
            label.setVisible(bool(text))

    def _level_words(self, level: Level) -> str:
        return {
            Level.HOUSE: self.tr("Found the house:"),
            Level.STREET: self.tr("Found the street or a thing in it, not this house:"),
            Level.ZIP: self.tr("Found only the ZIP:"),
            Level.TOWN: self.tr("Found only the town:"),
            Level.REGION: self.tr("Found only the region, which places nobody:"),
        }[level]

    def _far_words(self, reply: Reply) -> str:
        if not reply.is_far or reply.miles_off is None:
            return ""
        distance = self._desk.display.distance(reply.miles_off, exact=False)
        return self.tr("This is {distance} from its ZIP or town. Look whether it is the right one.").format(
            distance=distance
        )

    def _draw(self) -> None:
        asked, reply = self._asked, self._reply
        role, pins, lines = role_of(self._code), [], []
        before = asked.offline or asked.present if asked else None
        if before is not None:
            pins.append(Pin("offline", before, role, self.tr("by ZIP or town")))
        if reply is not None and reply.found is not None:
            place = reply.found.position
            pins.append(Pin("found", place, role, self.tr("found online"), emphasised=True))
            if before is not None and reply.miles_off is not None:
                label = self._desk.display.distance(reply.miles_off, exact=is_exact(before, place))
                lines.append(MatchLine(before, place, label))
        self.map.show_pins(pins, lines)

    def _forget_reply(self) -> None:
        self._reply = None
        self.use.setEnabled(False)
        self.use.setText(self.tr("Use this place"))
        self.attribution.hide()
        self._say("")
        self._draw()

    def _take(self) -> None:
        """Use the answer; a far one only at the second click."""
        reply, sure = self._reply, self.tr("Yes, use it")
        if reply is None or reply.found is None:
            return
        if reply.is_far and self.use.text() != sure:
            self.use.setText(sure)
            return
        self._desk.write(partial(addresses.use_address, self._desk.database, self._code, reply.found))
        self.accept()

    def _open_settings(self) -> None:
        self.reject()
        self._desk.settings_wanted.emit()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; an answer that comes later is dropped."""
        self._is_open = False
        super().done(result)
