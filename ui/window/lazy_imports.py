"""What a first paint does not need: pages, dialogs and services, each imported when it is first asked for.

A bare window stands after 0.2 s; SQLAlchemy, the services and the pages take a second more. Whoever is
imported at start writes ``lazy_imports.history.undo`` where other modules import ``history`` at their top.
To mypy and to PyInstaller these are plain imports.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coordinator import bootstrap
    from coordinator.services.agreements import choice_list
    from coordinator.services.families import households
    from coordinator.services.imports import rereading, told_answers
    from coordinator.services.records import backups, exports, history, undoing
    from coordinator.services.records import way_back as way_back_service
    from coordinator.services.sample import samples
    from coordinator.services.settings import online
    from coordinator.services.settings import values as settings
    from ui import tiles
    from ui.calls import round_dialog
    from ui.donors import page as donors
    from ui.drivers import page as drivers
    from ui.families import add_dialog, list_page, same_family_dialog
    from ui.imports import about_file as import_words
    from ui.imports import make_form_dialog
    from ui.imports import wizard as import_wizard
    from ui.matching import page as matching
    from ui.needs import weeks_dialog
    from ui.pair import dialog as pair_dialog
    from ui.pickups import coolers_page, week_of_drivers
    from ui.pickups import page as pickups
    from ui.plan import page as plan
    from ui.policies import dialog as policies_dialog
    from ui.promises import page as promises
    from ui.recipients import page as recipients
    from ui.records import check_dialog, history_dialog, ledger_page, reread_dialog, restore_dialog
    from ui.records.recall import open_dialog as recall_dialog
    from ui.records.recall import page as recalls
    from ui.settings import dialog as settings_dialog
    from ui.today import page as today
    from ui.window import (
        first_start,
        first_week,
        glance,
        licences,
        lock_dialog,
        saved_files,
        unlock_dialog,
        way_back,
    )

__all__ = [
    "add_dialog",
    "backups",
    "bootstrap",
    "check_dialog",
    "choice_list",
    "coolers_page",
    "donors",
    "drivers",
    "exports",
    "first_start",
    "first_week",
    "glance",
    "history",
    "history_dialog",
    "households",
    "import_wizard",
    "import_words",
    "ledger_page",
    "licences",
    "list_page",
    "lock_dialog",
    "make_form_dialog",
    "matching",
    "online",
    "pair_dialog",
    "pickups",
    "plan",
    "policies_dialog",
    "promises",
    "recall_dialog",
    "recalls",
    "recipients",
    "reread_dialog",
    "rereading",
    "restore_dialog",
    "round_dialog",
    "same_family_dialog",
    "samples",
    "saved_files",
    "settings",
    "settings_dialog",
    "tiles",
    "today",
    "told_answers",
    "undoing",
    "unlock_dialog",
    "way_back",
    "way_back_service",
    "week_of_drivers",
    "weeks_dialog",
]

_HOMES: Final = {
    "bootstrap": "coordinator.bootstrap",
    "choice_list": "coordinator.services.agreements.choice_list",
    "told_answers": "coordinator.services.imports.told_answers",
    "history": "coordinator.services.records.history",
    "backups": "coordinator.services.records.backups",
    "exports": "coordinator.services.records.exports",
    "households": "coordinator.services.families.households",
    "online": "coordinator.services.settings.online",
    "rereading": "coordinator.services.imports.rereading",
    "way_back_service": "coordinator.services.records.way_back",
    "samples": "coordinator.services.sample.samples",
    "settings": "coordinator.services.settings.values",
    "undoing": "coordinator.services.records.undoing",
    "glance": "ui.window.glance",
    "tiles": "ui.tiles",
    "list_page": "ui.families.list_page",
    "round_dialog": "ui.calls.round_dialog",
    "today": "ui.today.page",
    "donors": "ui.donors.page",
    "recipients": "ui.recipients.page",
    "matching": "ui.matching.page",
    "coolers_page": "ui.pickups.coolers_page",
    "week_of_drivers": "ui.pickups.week_of_drivers",
    "pickups": "ui.pickups.page",
    "pair_dialog": "ui.pair.dialog",
    "promises": "ui.promises.page",
    "ledger_page": "ui.records.ledger_page",
    "recall_dialog": "ui.records.recall.open_dialog",
    "recalls": "ui.records.recall.page",
    "plan": "ui.plan.page",
    "drivers": "ui.drivers.page",
    "same_family_dialog": "ui.families.same_family_dialog",
    "add_dialog": "ui.families.add_dialog",
    "first_start": "ui.window.first_start",
    "import_wizard": "ui.imports.wizard",
    "make_form_dialog": "ui.imports.make_form_dialog",
    "import_words": "ui.imports.about_file",
    "lock_dialog": "ui.window.lock_dialog",
    "saved_files": "ui.window.saved_files",
    "unlock_dialog": "ui.window.unlock_dialog",
    "way_back": "ui.window.way_back",
    "check_dialog": "ui.records.check_dialog",
    "history_dialog": "ui.records.history_dialog",
    "reread_dialog": "ui.records.reread_dialog",
    "restore_dialog": "ui.records.restore_dialog",
    "settings_dialog": "ui.settings.dialog",
    "policies_dialog": "ui.policies.dialog",
    "licences": "ui.window.licences",
    "first_week": "ui.window.first_week",
    "weeks_dialog": "ui.needs.weeks_dialog",
}

_WINDOW: Final = ("ui.window.dialogs", "ui.window.backing_up", "ui.window.screen_lock")
"""Parts of the window that import others late themselves."""


def import_all() -> None:
    """Import everything, beside the window, so that the first click on a page does not wait for it."""
    for home in (*_HOMES.values(), *_WINDOW):
        import_module(home)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> ModuleType:
        """Import what is asked for."""
        if name not in _HOMES:
            raise AttributeError(name)
        return import_module(_HOMES[name])
