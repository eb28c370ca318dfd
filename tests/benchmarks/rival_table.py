"""The rival of the usable table: the rows of our donors page as a short script would show them.

``python rival_table.py NETWORK``: a hundred lines that read, show and do nothing else.
"""
# ruff: noqa: ANN001, ANN201, ANN204, N802, SIM905 - a script as one writes it in an afternoon
# mypy: ignore-errors

import os
import sys
from datetime import date
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from sqlalchemy.orm import DeclarativeBase, Session

HEADERS = "Name Town Free Bags Newest Oldest State Dairy Phone E-mail Times Contact Code".split()
engine = sa.create_engine(
    "sqlite://", module=sqlcipher3.dbapi2, creator=lambda: sqlcipher3.connect(sys.argv[1])
)


class Base(DeclarativeBase):
    pass


def table(name):
    return sa.Table(name, Base.metadata, autoload_with=engine)


class Household(Base):
    __table__ = table("household")


class Donor(Base):
    __table__ = table("donor")


class Lot(Base):
    __table__ = table("lot")


HOLD, FACT, QUESTION = table("hold"), table("fact"), table("question")


def rows():
    with Session(engine) as session:
        lots, free = {}, {}
        for lot in session.scalars(sa.select(Lot)):
            lots.setdefault(lot.donor_id, []).append(lot)
            free[lot.id] = lot.volume
        live = sa.and_(HOLD.c.state == "open", HOLD.c.expires_on >= str(date.today()))  # noqa: DTZ011
        for lot, held in session.execute(
            sa.select(HOLD.c.lot_id, HOLD.c.volume).where(live | (HOLD.c.state == "agreed"))
        ):
            free[lot] -= held
        dairy = dict(
            session.execute(sa.select(FACT.c.donor_id, FACT.c.presence).where(FACT.c.kind == "dairy")).all()
        )
        open_ones = sa.select(QUESTION.c.household_id, sa.func.count()).where(QUESTION.c.state == "open")
        asked = dict(session.execute(open_ones.group_by(QUESTION.c.household_id)).all())
        both = sa.select(Donor, Household).join(Household, Household.id == Donor.household_id)
        for donor, home in session.execute(both.order_by(Donor.code)):
            mine = [lot for lot in lots.get(donor.id, ()) if free[lot.id] > 0]
            ounces = sum(free[lot.id] for lot in mine) / 29573.5295625
            p = home.phone
            yield (
                home.name,
                f"{home.town}, {home.state}",
                f"{ounces:.0f}",
                str(sum(lot.bags * free[lot.id] // lot.volume for lot in mine)),
                str(max((lot.expressed_to for lot in mine), default="")),
                str(min((lot.expressed_from for lot in mine), default="")),
                f"{asked[home.id]} to ask" if home.id in asked else donor.state,
                dairy.get(donor.id, "ask"),
                f"({p[2:5]}) {p[5:8]}-{p[8:]}",
                home.email,
                home.hours,
                str(home.last_contact_on),
                donor.code,
            )


class Model(QAbstractTableModel):
    def __init__(self):
        super().__init__()
        self.cells = list(rows())

    def rowCount(self, _parent):
        return len(self.cells)

    def columnCount(self, _parent):
        return len(HEADERS)

    def headerData(self, section, orientation, role):
        across = orientation == Qt.Orientation.Horizontal
        return HEADERS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index, role):
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells[index.row()][index.column()]
        return None


class View(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
        print("painted", peak, flush=True)
        os._exit(0)


app = QApplication([])
window, view, model = QMainWindow(), View(), Model()
view.setModel(model)
window.setCentralWidget(view)
window.resize(1280, 760)
window.show()
app.exec()
