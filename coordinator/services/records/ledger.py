"""Where every ounce went: the ledger of all lots, and what of it a person looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.db.coolers import coolers_of
from coordinator.db.database import Database
from coordinator.db.ledger import lot_ledgers, used_by_families
from coordinator.db.pairs import bags_of_all, lent_by_all
from coordinator.domain.milk.fates import Used
from coordinator.domain.records.ledger import By, LedgerLine, LotLedger, lines_by
from coordinator.domain.records.things_out import OutLine, things_out
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every lot with all that left it, what families did with what they got, and what is out."""

    lots: tuple[LotLedger, ...]
    used: Mapping[str, Mapping[Used, Volume]]
    unit: VolumeUnit = VolumeUnit.OZ
    out: tuple[OutLine, ...] = ()

    def lines(self, by: By = By.LOT) -> tuple[LedgerLine, ...]:
        """Return its lines, added up *by* lot, donor, family or month."""
        return lines_by(self.lots, by, self.unit, self.used)

    @property
    def unbalanced(self) -> tuple[LotLedger, ...]:
        """Return the lots of which not every ounce is accounted for."""
        return tuple(lot for lot in self.lots if not lot.is_balanced)


def ledger(database: Database, today: date) -> Ledger:
    """Return the ledger of the whole network; *today* decides which holds still count."""
    with database.reading() as session:
        unit = load_settings(session).volume_unit
        out = things_out(lent_by_all(session), coolers_of(session), bags_of_all(session))
        return Ledger(lot_ledgers(session, today), used_by_families(session), unit, out)
