"""Builders of values and rows: a test names only what matters to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from coordinator.adapters.policies.profiles import load_profile
from coordinator.db.base import next_code
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Reach, Willing
from coordinator.domain.matching.matches import Offer, Seeker
from coordinator.domain.milk.lots import HeatTreated, Lot
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.policies.profiles import Policy, ValueChange
from coordinator.domain.policies.sources import Status
from coordinator.domain.suitability.disclosures import DonorTraits, disclosures_of
from coordinator.domain.volume import Volume

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
"""A Saturday, when the databases of the tests think it is."""
SPOKEN_WITH = DonorTraits(first_spoken_on=date(2026, 11, 1))
PORTSMOUTH = Position(43.0718, -70.7626, Precision.ADDRESS)


def a_plain_no() -> tuple[Fact, ...]:
    """Return the facts of a donor who answered every question and has nothing against her milk."""
    kinds = (
        FactKind.DAIRY,
        FactKind.FOOD_AVOIDED,
        FactKind.MEDICINE,
        FactKind.NICOTINE,
        FactKind.ALCOHOL,
        FactKind.CANNABIS,
        FactKind.TATTOO_OR_TRANSFUSION,
        FactKind.HEAT_TREATED,
        FactKind.ILLNESS,
    )
    tests = "HIV/HBV/HCV/HTLV/syphilis negative"
    return (
        *(Fact(kind, Presence.NO) for kind in kinds),
        Fact(FactKind.BLOOD_TEST, Presence.YES, tests, date(2026, 7, 14), date(2026, 7, 15)),
    )


@cache
def a_checked_policy() -> Policy:
    """Return Community sharing as if a clinician had reviewed every value that is known."""
    shipped = load_profile()
    reviewed = ValueChange("as it stands", "Dr. Fox", TODAY, "Dr. Fox", TODAY)
    values = {rule: replace(value, change=reviewed) for rule, value in shipped.values.items()}
    return replace(shipped, values=values)


def an_unchecked_policy(policy: Policy | None = None, **values: object) -> Policy:
    """Return *policy*, Community sharing if none, as if nobody had read any source; some values changed."""
    shipped = policy or load_profile()
    copies = {rule: replace(value, status=Status.COPY) for rule, value in shipped.values.items()}
    changed = {rule: replace(copies[rule], value=value) for rule, value in values.items()}
    return replace(shipped, values=copies | changed)


def with_facts(*facts: Fact) -> tuple[Fact, ...]:
    """Return ``a_plain_no`` with the kinds of *facts* answered by them instead."""
    kinds = {fact.kind for fact in facts}
    return (*(fact for fact in a_plain_no() if fact.kind not in kinds), *facts)


def without(*kinds: FactKind) -> tuple[Fact, ...]:
    """Return ``a_plain_no`` with some questions not answered."""
    return tuple(fact for fact in a_plain_no() if fact.kind not in kinds)


def a_baby(**changes: Any) -> Baby:  # noqa: ANN401 - any field
    """Return a baby about whom everything was asked and nothing speaks against matching."""
    baby = Baby(
        born=date(2026, 8, 1),
        gestation_weeks=39,
        health=BabyHealth.HOME,
        must_avoid=(),
        medicine_ok=Willing.IF_COMPATIBLE,
        nicotine_ok=Willing.NO,
    )
    return replace(baby, **changes)


def a_lot(code: str = "L-0001", **changes: Any) -> Lot:  # noqa: ANN401 - any field
    """Return 100 oz in 25 bags, all free."""
    lot = Lot(
        code=code,
        donor_code="D-0001",
        volume=Volume.from_oz(100),
        bags=25,
        expressed_from=date(2026, 9, 1),
        expressed_to=date(2026, 11, 10),
        heat_treated=HeatTreated.NO,
        free=Volume.from_oz(100),
    )
    return replace(lot, **changes)


def an_offer(
    code: str = "D-0001",
    *,
    name: str = "Ada Lind",
    facts: Iterable[Fact] | None = None,
    position: Position | None = PORTSMOUTH,
    **changes: Any,  # noqa: ANN401 - any field
) -> Offer:
    """Return a donor with one free lot and nothing against it."""
    told = a_plain_no() if facts is None else facts
    disclosures = disclosures_of(told, a_checked_policy(), SPOKEN_WITH)
    offer = Offer(code, name, "Portsmouth", "NH", (a_lot(),), disclosures, position=position)
    return replace(offer, **changes)


def a_seeker(**changes: Any) -> Seeker:  # noqa: ANN401 - any field
    """Return a family in Portsmouth that drives 30 miles."""
    return replace(Seeker("R-0001", "Inès Roy", a_baby(), PORTSMOUTH, Reach(miles=30)), **changes)


def a_household(session: Session, name: str = "Ada Lind", **fields: Any) -> HouseholdRow:  # noqa: ANN401 - any column
    """Add a family in Portsmouth."""
    defaults: dict[str, Any] = {
        "street": "1 Elm St",
        "town": "Portsmouth",
        "state": "NH",
        "zip_code": "03801",
        "latitude_deg": PORTSMOUTH.latitude_deg,
        "longitude_deg": PORTSMOUTH.longitude_deg,
        "precision": PORTSMOUTH.precision,
    }
    row = HouseholdRow(name=name, name_on_paper=name.split(maxsplit=1)[0], **(defaults | fields))
    session.add(row)
    session.flush()
    return row


def a_donor(
    session: Session,
    name: str = "Ada Lind",
    *,
    facts: Iterable[Fact] | None = None,
    **fields: Any,  # noqa: ANN401 - any column
) -> DonorRow:
    """Add a donor with a household of her own; her facts are ``a_plain_no`` unless told."""
    row = DonorRow(
        code=next_code(session, CodeLetter.DONOR),
        household_id=a_household(session, name).id,
        baby_born=date(2026, 6, 1),
        **fields,
    )
    session.add(row)
    session.flush()
    for fact in a_plain_no() if facts is None else facts:
        session.add(
            FactRow(
                donor_id=row.id,
                kind=fact.kind,
                presence=fact.presence,
                subject=fact.subject,
                start_on=fact.start,
                end_on=fact.end,
            )
        )
    session.flush()
    return row


def a_stored_lot(session: Session, donor: DonorRow, ounces: float = 100, **fields: Any) -> LotRow:  # noqa: ANN401 - any column
    """Add a lot of a donor."""
    defaults: dict[str, Any] = {
        "bags": 25,
        "expressed_from": date(2026, 9, 1),
        "expressed_to": date(2026, 11, 10),
        "heat_treated": HeatTreated.NO,
    }
    row = LotRow(
        code=next_code(session, CodeLetter.LOT),
        donor_id=donor.id,
        volume=Volume.from_oz(ounces),
        **(defaults | fields),
    )
    session.add(row)
    session.flush()
    return row


def a_recipient(session: Session, name: str = "Inès Roy", **fields: Any) -> RecipientRow:  # noqa: ANN401 - any column
    """Add a family with a term baby at home; nothing to avoid, drives 30 miles."""
    defaults: dict[str, Any] = {
        "baby_born": date(2026, 8, 1),
        "gestation_weeks": 39,
        "health": BabyHealth.HOME,
        "must_avoid": "",
        "medicine_ok": Willing.IF_COMPATIBLE,
        "nicotine_ok": Willing.NO,
        "reach_miles": 30.0,
        "own_supply_low": Volume.from_oz(4),
    }
    row = RecipientRow(
        code=next_code(session, CodeLetter.RECIPIENT),
        household_id=a_household(session, name).id,
        **(defaults | fields),
    )
    session.add(row)
    session.flush()
    return row
