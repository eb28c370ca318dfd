"""The part of the settings about pictures under the map: from a server, or from a file of one's own."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QPushButton

from coordinator.domain.maps.tile_sources import TileServer
from coordinator.domain.settings import Settings
from coordinator.services.settings.checks import YES
from coordinator.services.settings.tiles import SERVER_NAMES, TileFileInfo, describe_file, offered_servers
from coordinator.services.settings.values import change_setting, settings
from ui.desk import Desk
from ui.errors import explain
from ui.translation import translate
from ui.widgets import file_dialogs
from ui.widgets.fields.edit_field import EditField, LineField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.rows import left_aligned, text_label

_OWN = ""
"""The choice that stands for an address of one's own."""


class TilesSection(QObject):
    """Fields for the tiles, added to the settings' *form* and *fields*; each is saved when left."""

    def __init__(self, desk: Desk, form: FieldForm, fields: dict[str, EditField], window: QDialog) -> None:
        super().__init__(window)
        self._desk, self._form, self._fields, self._window = desk, form, fields, window
        self._is_open = True
        window.finished.connect(self._on_closed)
        self._servers: dict[str, TileServer] = {}
        self._described = ""
        form.add_heading(self.tr("Pictures under the map"))
        self._explain(self.tr("Without them the maps show land, coasts and towns, and need no internet."))
        self._add_server_fields()
        self._add_file_fields()
        database = desk.database
        desk.read(lambda: (offered_servers(), settings(database)), self._begin)

    def _add(self, name: str, label: str, field: EditField) -> None:
        field.edited.connect(partial(self._save, name))
        self._fields[name] = field
        self._form.add(label, field)

    def _explain(self, words: str) -> None:
        self._form.add_widget(text_label(words, "quiet"))

    def _add_server_fields(self) -> None:
        on_off = [(False, self.tr("no")), (True, self.tr("yes, from the server below"))]
        self._add("shows_tiles", self.tr("Streets from the internet"), ChoiceField(on_off))
        self._explain(
            self.tr(
                "The server sees which area you look at, when, and from which internet address; "
                "not who lives there. What was looked at is kept on this computer for a while."
            )
        )
        names = [(str(name), str(name)) for name in SERVER_NAMES]
        self.server = ChoiceField([*names, (_OWN, self.tr("another one, typed below"))])
        self.server.edited.connect(self._choose_server)
        self._form.add(self.tr("Server"), self.server)
        self._add("tiles_url", self.tr("Its address"), LineField())
        self._add("tiles_attribution", self.tr("Named on the map as"), LineField())

    def _add_file_fields(self) -> None:
        self._add("tiles_file", self.tr("Map file of your own"), LineField(hint=self.tr("none")))
        self.about = text_label("", "quiet")
        self.about.hide()
        self._form.add_widget(self.about)
        self.file_button = QPushButton(self.tr("Choose a map file…"), autoDefault=False)
        self.file_button.clicked.connect(self._choose_file)
        self._form.add_widget(left_aligned(self.file_button))
        self._explain(
            self.tr(
                "An MBTiles or PMTiles file with raster tiles. It is read on this computer only, "
                "never changed, and goes before the server."
            )
        )

    def _begin(self, found: tuple[tuple[TileServer, ...], Settings]) -> None:
        self._servers = {server.name: server for server in found[0]}
        self._show(found[1])

    def _show(self, found: Settings) -> None:
        """Show what is kept, which of the servers it is, and what the file holds."""
        if not self._is_open:
            return
        for name in ("shows_tiles", "tiles_url", "tiles_attribution", "tiles_file"):
            if not self._fields[name].is_dirty:
                self._fields[name].set_value(getattr(found, name))
        chosen = next((s.name for s in self._servers.values() if s.url == found.tiles_url), _OWN)
        self.server.set_value(chosen)
        if found.tiles_file != self._described:
            self._described = found.tiles_file
            self._describe(found.tiles_file)

    def _save(self, name: str, value: object) -> None:
        field, text = self._fields[name], str(value)
        if isinstance(value, bool):
            text = YES if value else "no"

        def refused(reason: str) -> None:
            if self._is_open:
                field.reject(reason)

        self._keep({name: text}, refused)

    def _keep(self, values: dict[str, str], refused: Callable[[str], None] | None = None) -> None:
        database = self._desk.database

        def work() -> Settings:
            for name, value in values.items():
                change_setting(database, name, value)
            return settings(database)

        def saved(found: Settings) -> None:
            if self._is_open:
                for name in values:
                    self._fields[name].set_value(getattr(found, name))
                self._show(found)

        self._desk.write(work, saved, failed=refused)

    def _on_closed(self) -> None:
        self._is_open = False

    def _choose_server(self, name: str) -> None:
        server = self._servers.get(name)
        if server is None:
            self.server.set_value(name)
            self._fields["tiles_url"].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._keep({"tiles_url": server.url, "tiles_attribution": server.attribution})

    def _choose_file(self) -> None:
        kept = str(self._fields["tiles_file"].value or "")
        start = Path(kept).parent if kept else Path.home()
        kinds = self.tr("Map files (*.mbtiles *.pmtiles);;All files (*)")
        chosen = file_dialogs.choose_file(self._window, self.tr("A map file of your own"), start, kinds)
        if chosen:
            self._save("tiles_file", str(chosen))

    def _describe(self, path: str) -> None:
        self.about.hide()

        def refused(error: Exception) -> None:
            if self._is_open:
                self._fields["tiles_file"].reject(explain(error))

        if path:
            self._desk.online.run(lambda: describe_file(Path(path)), self._show_about, refused)

    def _show_about(self, info: TileFileInfo) -> None:
        if not self._is_open:
            return
        words = self.tr("{kind} tiles, zooms {low} to {high}, {corners}. {credit}")
        self.about.setText(
            words.format(
                kind=info.kind,
                low=info.limits.min_zoom,
                high=info.limits.max_zoom,
                corners=corner_words(info.corners_deg),
                credit=info.attribution,
            ).strip()
        )
        self.about.show()


def corner_words(corners_deg: tuple[float, float, float, float]) -> str:
    """Return west, south, east and north as ``43.0 to 44.5° N, 71.5 to 69.9° W``."""
    west, south, east, north = corners_deg
    north_south = _span(south, north, translate("Corners", "N"), translate("Corners", "S"))
    east_west = _span(west, east, translate("Corners", "E"), translate("Corners", "W"))
    return f"{north_south}, {east_west}"


def _span(low: float, high: float, plus: str, minus: str) -> str:
    if math.copysign(1, low) == math.copysign(1, high):
        words = translate("Corners", "{low:.1f} to {high:.1f}° {plus}")
        plus = plus if low >= 0 else minus
    else:
        words = translate("Corners", "{low:.1f}° {minus} to {high:.1f}° {plus}")
    return words.format(low=abs(low), high=abs(high), plus=plus, minus=minus)
