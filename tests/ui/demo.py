"""A window with made-up donors, to try the kit on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.volume import Volume
from ui.units import Display
from ui.widgets.fields.edit_field import LineField, TextField
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.value_fields import DateField, NumberField, PhoneField, VolumeField, YesNoAskField
from ui.widgets.frame.detail_pane import DetailPane
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.finder import FinderHit
from ui.widgets.tables.columns import Column
from ui.widgets.tables.filter_chips import Filter
from ui.widgets.tables.list_pane import ListPane
from ui.widgets.tables.row_model import RowTableModel
from ui.window.main_window import MainWindow

TODAY = date(2026, 11, 20)
_NAMES = ("Zoë Ueda", "Hana Quimby", "Inès Thibodeau", "Ada Okafor", "Mary O’Brien", "Nguyễn Phượng")
_TOWNS = ("Rollinsford", "Freedom", "Dover", "Kittery", "South Berwick")


@dataclass(frozen=True)
class Person:
    """A row of the demo."""

    code: str
    name: str
    town: str
    free: Volume
    questions: int


def some_people(count: int) -> list[Person]:
    """Return *count* different people, the same every time."""
    return [
        Person(
            f"D-{number:04}",
            f"{_NAMES[number % 6]} {number}" if number > 5 else _NAMES[number],
            _TOWNS[number % 5],
            Volume.from_oz(number * 7919 % 1000),
            number % 3,
        )
        for number in range(count)
    ]


def person_columns(display: Display) -> tuple[Column[Person], ...]:
    """Return the demo's columns, one of each sort."""
    return (
        Column("Name", lambda p: p.name, width=22),
        Column("Town", lambda p: p.town, width=16),
        Column(
            "Free",
            lambda p: display.volume_number(p.free),
            lambda p: p.free.microlitres,
            is_number=True,
            header=lambda: f"Free {display.volume_unit.value}",
        ),
        Column(
            "State",
            lambda p: f"{p.questions} to ask" if p.questions else "Nothing to ask",
            lambda p: p.questions or None,
            icon=lambda p: "ask" if p.questions else "done",
            width=18,
        ),
        Column("Code", lambda p: p.code, hidden_by_default=True),
    )


def a_model(display: Display, count: int = 40) -> RowTableModel[Person]:
    """Return a model of *count* people."""
    model = RowTableModel(person_columns(display), key=lambda p: p.code)
    model.set_rows(some_people(count))
    return model


def a_list(display: Display, count: int = 40, settings: QSettings | None = None) -> ListPane:
    """Return a list page of *count* people."""
    pane = ListPane(
        a_model(display, count),
        "donors",
        title="Donors",
        main_action="Add a donor",
        filters=[Filter("Can offer", lambda p: bool(p.free)), Filter("To ask", lambda p: p.questions > 0)],
        settings=settings,
    )
    pane.set_empty("No donors yet. The quickest way is the spreadsheet you have.", "Import a spreadsheet")
    return pane


def a_form(display: Display) -> FieldForm:
    """Return a form with a field of every kind."""
    form = FieldForm()
    form.add("Name", LineField())
    form.add("Phone", PhoneField())
    form.add("Eats dairy", YesNoAskField())
    form.add("First day without dairy", DateField(lambda: TODAY))
    form.add("Own supply a day", VolumeField(display))
    form.add("Miles she drives", NumberField(0, 500))
    form.add("For the driver", TextField())
    return form


def a_window(display: Display, settings: QSettings | None = None) -> MainWindow:
    """Return the frame with the demo list in it and four pages more."""
    window = MainWindow(display, settings)
    window.set_network("Seacoast")
    window.menu("&File")
    window.add_undo_actions("&Edit")
    pane = a_list(display, settings=settings)
    detail = DetailPane()
    detail.show_about("Zoë Ueda", "D-0000")
    detail.say("Read before you ring")
    detail.add_tab("Profile", a_form(display))
    for word in ("Timeline", "Milk", "Questions", "History"):
        body = QWidget()
        QVBoxLayout(body)
        detail.add_tab(word, body)
    split = DetailSplit(pane, detail, "donors", settings)
    pane.table.row_opened.connect(lambda _: split.open_detail(take_focus=True))
    detail.closed.connect(split.close_detail)
    for icon_name, word in (
        ("today", "Today"),
        ("donor", "Donors"),
        ("recipient", "Recipients"),
        ("match", "Match"),
        ("pickup", "Pickups"),
    ):
        window.add_page(icon_name, word, split if word == "Donors" else QWidget())
    window.add_common_actions()
    window.add_action("&File", "Import…", "Ctrl+I", lambda: None)
    people = some_people(40)
    window.finder.set_search(
        lambda text: [FinderHit(p.code, p.name, p.town, "donor") for p in people if text in p.name.casefold()]
    )
    window.show_page(1)
    window.name_undo("Changed phone of D-0007", "")
    window.status.say_summary("40 donors · 12 400 oz free")
    window.status.say_not_locked("Not locked")
    window.status.say_backup("Backed up 18:20")
    return window
