"""The window in a language nobody speaks: what stays English is not marked, what is cut lacks room for it."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.agreements.asking_after_words import AfterLetter, ask_how_it_went
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.lending import Lent, LentBy, Thing
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed
from coordinator.domain.families.households import Role
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.cooler_places import Cooler
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.recall import ANY_DAY, PumpedDays
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.passing_on import NearBy
from coordinator.services.families import drivers
from coordinator.services.matching.scoring import ranking_policy
from coordinator.services.pickups import planning
from coordinator.services.policies import profiles
from coordinator.services.recall.work import open_recall
from tests import seacoast
from tests.builders import NOW, TODAY
from tests.program_code import HOUSE
from tests.pseudo_locale import left_in_english, speaking_it, stored_texts, without
from tests.ui.accessibility import cut_labels, overlapping
from tests.ui.network import idle, opened, started
from tests.ui.pseudo_window import beyond_reach, pseudo_translator, texts_of
from ui import theme
from ui.asking.message_dialog import MessageDialog
from ui.asking.reply_dialog import ReplyDialog
from ui.calls.hopes_dialog import HopesDialog
from ui.cases.asked_after_dialog import AskedAfterDialog
from ui.cases.choice_dialog import ChoiceDialog
from ui.cases.standing_dialog import About, StandingDialog
from ui.donors.decisions import DecideForm
from ui.families.every_ounce_forms import FateForm, UsedForm
from ui.families.forget_dialog import ForgetDialog
from ui.families.left_behind import LetGoDialog
from ui.families.look_up_dialog import LookUpDialog
from ui.families.passing_on import PassOnForm
from ui.families.position_dialog import PositionDialog
from ui.families.same_family_dialog import SameFamilyDialog
from ui.imports.wizard import ImportWizard, Step
from ui.labels.dialog import labels_of_lot
from ui.matching.ranked_how import RankedHow
from ui.matching.who_could_use import WhoCouldUse
from ui.pair.card_form import CardForm
from ui.pair.dialog import PairDialog
from ui.pair.forms import BackForm, Codes, LendForm, PauseForm, ResumeForm
from ui.pickups.cooler_dialogs import AddCoolerDialog, GiveCoolerDialog
from ui.pickups.day_dialog import DayDialog
from ui.pickups.day_time import DayTimeDialog
from ui.pickups.notes_dialog import NotesDialog
from ui.pickups.plan_dialog import PlanDialog
from ui.pickups.settle_dialog import SettleDialog
from ui.pickups.unplanned_dialog import UnplannedDialog
from ui.pickups.weekend_dialog import WeekendDialog
from ui.policies.forms import ChangeForm, CopyForm, ReviewForm, SameFigureForm
from ui.policies.further import FurtherDialog
from ui.records.recall.open_dialog import Asked, OpenRecallDialog
from ui.widgets.frame.detail_pane import DetailPane
from ui.widgets.tables.row_table import RowTable
from ui.window.first_start import FirstStart
from ui.window.first_week import FirstWeek
from ui.window.lock_dialog import LockDialog
from ui.window.network_window import NetworkWindow
from ui.window.pictures import pages_to_show
from ui.window.unlock_dialog import UnlockDialog

SIZE = (1280, 768)

KEPT = (
    "Milk Run",
    "© OpenStreetMap contributors",  # its credit
    "Ctrl",
    "Shift",
    "Alt",
    "Tab",
    "Esc",
    "Enter",
    "Return",
    "Del",
    "Home",
    "End",
    "PgUp",
    "PgDown",
    "Backspace",
    "Up",
    "Down",
)
"""The program's name, who drew a map, and keys as Qt writes them."""

_ADDRESS = re.compile(r"\S*(?:[.:]\w{2}|://)\S*")


@dataclass
class Walk:
    """What was seen on the way through the window."""

    qtbot: QtBot
    window: NetworkWindow
    said: dict[str, str] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)

    def look(self, where: str, widget: QWidget) -> None:
        """Note every text of *widget*, and what of it is cut."""
        idle(self.qtbot, self.window)
        QApplication.processEvents()
        for kind, text in texts_of(widget):
            self.said.setdefault(text, f"{where} {kind}")
        if cut := [*cut_labels(widget), *beyond_reach(widget), *overlapping(widget)]:
            self.cut[where] = cut
        if folder := os.environ.get("MILKRUN_PICTURES"):
            widget.grab().save(f"{folder}/{where.replace(' ', '-').lower()}.png")

    def look_at(self, where: str, dialog: QDialog | None) -> None:
        """Look at *dialog* and close it."""
        assert dialog is not None
        dialog.show()
        self.look(where, dialog)
        dialog.close()


def look_at_pages(walk: Walk, database: Database) -> None:
    """Look at every page, and at each tab of what is chosen on it."""
    for shown in pages_to_show(database, TODAY):
        walk.window.show_on_page(shown.page, shown.code)
        walk.look(shown.page, walk.window)
        panes: list[QTabWidget | DetailPane] = walk.window.pages.findChildren(QTabWidget)
        panes += walk.window.pages.findChildren(DetailPane)
        for pane in panes:
            if pane.isVisible():
                look_at_tabs(walk, shown.page, pane)


def look_at_tabs(walk: Walk, where: str, pane: QTabWidget | DetailPane) -> None:
    """Look at each tab of *pane* but the one in front."""
    tabs, show = (
        (pane, pane.setCurrentIndex) if isinstance(pane, QTabWidget) else (pane._stack, pane.show_tab)
    )
    for index in range(1, tabs.count()):
        show(index)
        walk.look(f"{where} tab {index}", walk.window)


def look_at_menus(walk: Walk) -> None:
    """Look at what menus open."""
    window = walk.window
    names = ("restore", "check", "settings", "history", "weeks", "policies", "form", "round", "recall")
    openers = {name: getattr(window.dialogs, f"open_{name}") for name in names}
    openers |= {f"add {role.name}": partial(window.dialogs.open_add, role) for role in Role}
    for name, opener in openers.items():
        opener()
        walk.look_at(name, window.dialogs.current)
    walk.look_at("keys", window.show_keys())
    for number, table in enumerate(window.findChildren(RowTable)):
        walk.look(f"columns {number}", table.columns_menu(window))


def look_at_import(walk: Walk, path: Path = seacoast.DONORS) -> None:
    """Look at every step of an import of *path*."""
    walk.window.dialogs.open_import([path])
    dialog = walk.window.dialogs.current
    assert isinstance(dialog, ImportWizard)
    walk.look("wizard files", dialog)
    walk.qtbot.waitUntil(dialog.frame.next_button.isEnabled)
    dialog.frame.next_button.click()
    walk.qtbot.waitUntil(lambda: dialog.step is not Step.FILES)
    first, go_on = dialog.step, dialog.frame.next_button  # the rows, where every column is surely read
    walk.look(f"wizard {first.name}", dialog)
    (dialog.rows.columns_button if first is Step.ROWS else go_on).click()
    walk.qtbot.waitUntil(lambda: dialog.step is not first)
    walk.look(f"wizard {dialog.step.name}", dialog)
    dialog.reject()


def look_at_dialogs(walk: Walk, database: Database) -> None:
    """Look at the dialogs that a button on a page opens."""
    window, desk = walk.window, walk.window._desk
    coming = planning.pickups_between(database, TODAY, TODAY + timedelta(days=14), TODAY)
    policy = profiles.profile(database, profiles.copy_profile(database, "community_sharing", "Ours", TODAY))
    amount, *_ = policy.values.values()
    held, volunteers = planning.holds_to_plan(database, TODAY), drivers.list_drivers(database)
    dialogs = {
        "look up": LookUpDialog(desk, "D-0001", window),
        "same family": SameFamilyDialog(desk, "D-0001", window),
        "forget": ForgetDialog(desk, "D-0002", window),
        "position": PositionDialog("D-0001", None, window, desk=desk),
        "plan day": DayDialog(desk, parent=window),
        "plan two days": WeekendDialog(desk, parent=window),
        "add a cooler": AddCoolerDialog(desk, (), window),
        "who has a cooler": GiveCoolerDialog(desk, Cooler(1, "L-0001", 28), (), window),
        "time by hand": DayTimeDialog(held[0].code, 600, window),
        "plan": PlanDialog(desk, held, volunteers, parent=window),
        "copy": CopyForm(desk, policy, window),
        "change": ChangeForm(desk, policy, amount, window),
        "review": ReviewForm(desk, policy, amount, window),
        "same figure": SameFigureForm(desk, policy, amount, window),
        "asked besides": FurtherDialog(policy, window),
        "decide": DecideForm(desk, "D-0001", "codeine", window),
        "ranked how": RankedHow(desk, ranking_policy(), ranking_policy().weights, window),
        "who could use": WhoCouldUse(desk, "D-0020", window),
        "message": MessageDialog(desk, "D-0002", window),
        "hopes": HopesDialog(desk, window),
        "reply": ReplyDialog(desk, "D-0002", window),
        "labels": labels_of_lot(desk, "L-0004", window),
        "first start": FirstStart(desk, window),
        "lock": LockDialog(desk, Path("network.db"), window),
        "unlock": UnlockDialog(desk, Path("network.db"), window),
        "first week": FirstWeek(window),
    }
    for line in coming:
        dialogs[f"settle {line.kind.name}"] = SettleDialog(
            desk, planning.pickup(database, line.code, TODAY), window
        )
    settled = replace(planning.pickup(database, coming[0].code, TODAY), state=PickupState.SETTLED)
    dialogs["correct"] = SettleDialog(desk, settled, window)
    known = [("L-0001", "L-0001"), ("L-0002", "L-0002")]
    dialogs["not planned"] = UnplannedDialog(desk, known, known, window)
    dialogs["notes"] = NotesDialog(desk, desk.said.emit, window)
    hold, volume = settled.holds[0], Volume.from_oz(8)
    names = (hold.donor_code, hold.donor_name, hold.recipient_code, hold.recipient_name, settled.code)
    left = LeftBehind(hold.code, hold.lot_code, *names, TODAY, volume, Volume.from_oz(3), nobody_home=True)
    dialogs["let go"] = LetGoDialog(desk, left, window)
    agreed = Agreed(volume, is_a_day=True, rhythm=Rhythm(5, 2), first_on=TODAY)
    about = About(hold.donor_code, hold.donor_name, hold.recipient_code, hold.recipient_name, "S-0001")
    dialogs["choice"] = ChoiceDialog(desk, held[0].code, Side.FAMILY, window)
    dialogs["standing pair"] = StandingDialog(desk, about, agreed, window)
    codes, question = (
        Codes(hold.donor_code, hold.recipient_code),
        ask_how_it_went(AfterLetter(drivers.driver(database, "V-0001").household, (TODAY,), is_second=True)),
    )
    lent = Lent(1, LentBy.OTHERS, Thing.COOLER, 6, TODAY)
    dialogs["fate"] = FateForm(desk, hold.lot_code, volume, window)
    dialogs["pass on"] = PassOnForm(
        desk, left, [NearBy("R-0001", hold.recipient_name, 3.0, StandingKind.READY)], window
    )
    dialogs["used"] = UsedForm(desk, hold.recipient_code, hold.recipient_name, window)
    dialogs["pair"] = PairDialog(desk, codes.donor, codes.recipient, window)
    dialogs["asked after"] = AskedAfterDialog(desk, codes.recipient, str(question), parent=window)
    dialogs["lend"] = LendForm(desk, codes, window)
    dialogs["back"] = BackForm(desk, lent, window)
    dialogs["pause pair"] = PauseForm(desk, codes, window)
    dialogs["resume pair"] = ResumeForm(desk, codes, window)
    dialogs["card"] = CardForm(desk, codes, window)
    dialogs["which babies"] = OpenRecallDialog(desk, Asked(hold.donor_code, PumpedDays(TODAY)), window)
    for name, dialog in dialogs.items():
        walk.look_at(name, dialog)


def data_of(network: Path) -> set[str]:
    """Return what is data: what is stored, a spreadsheet, values of policies; and what still waits."""
    policies = chain.from_iterable(
        _strings(tomllib.loads(path.read_text("utf-8"))) for path in (HOUSE / "resources").rglob("*.toml")
    )
    with seacoast.DONORS.open(encoding="utf-8-sig", newline="") as file:
        cells = set(chain.from_iterable(csv.reader(file)))
    texts = {*stored_texts(network), *policies, *cells, *KEPT, seacoast.DONORS.name}
    return {" ".join(text.split()) for text in texts if re.search(r"[^\W\d_]{3}", text)}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in (*value, *value.values()) if isinstance(value, dict) else value:
            yield from _strings(one)


def english_in(text: str, data: Iterable[str]) -> list[str]:
    """Return the words of *text* that are English and neither data nor an address of the web."""
    apart = " ".join(text.replace("«ẋ", "«ẋ ").split())  # our filler apart from what follows
    return left_in_english(_ADDRESS.sub(" ", without(apart, data))) if left_in_english(apart) else []


@contextmanager
def speaking_it_all(app: QApplication, folder: Path) -> Iterator[None]:
    """Let the window and the layers below it speak that language."""
    translator = pseudo_translator(folder)
    app.installTranslator(translator)
    try:
        with speaking_it():
            yield
    finally:
        app.removeTranslator(translator)


def test_nothing_in_the_window_stays_english_or_is_cut(
    qtbot: QtBot, qapp: QApplication, worked_region: Database, tmp_path: Path
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    open_recall(worked_region, "D-0001", ANY_DAY, "", NOW, TODAY)
    with speaking_it_all(qapp, tmp_path):
        walk = Walk(qtbot, opened(qtbot, worked_region, started(tmp_path), SIZE))
        look_at_pages(walk, worked_region)
        look_at_menus(walk)
        look_at_import(walk)
        look_at_dialogs(walk, worked_region)
        walk.window.close()
    data = data_of(tmp_path / "network.db")
    data |= {one[:1].upper() + one[1:] for one in data}  # as it begins a line
    left = {text: where for text, where in walk.said.items() if english_in(text, data)}

    assert len(walk.said) > 1000
    assert left == {}
    assert walk.cut == {}
