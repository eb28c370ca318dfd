"""The network's runway: who runs out this week, and what is missing in the weeks to come, by trait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db.database import Database
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.milk.runways import Family, NetworkRunway, network_runway, traits_of
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.today import WEEK, RunOut, running_out
from coordinator.domain.volume import Volume, total
from coordinator.services.families.donors import list_donors
from coordinator.services.families.recipients import list_recipients


@dataclass(frozen=True, slots=True)
class Needs:
    """Every family's need, who runs out this week, the weeks to come, and what is free with donors."""

    families: tuple[RecipientSummary, ...]
    runs_out: tuple[RunOut, ...]
    weeks: NetworkRunway
    free: Volume


def needs(database: Database, today: date) -> Needs:
    """Return what the network needs from *today* on, with everything it rests on."""
    families = list_recipients(database, today)
    free = total([donor.free for donor in list_donors(database, today) if donor.can_offer])
    return Needs(
        tuple(families), tuple(running_out(families, today, WEEK)), weeks_to_come(families, today), free
    )


def weeks_to_come(families: list[RecipientSummary], today: date) -> NetworkRunway:
    """Return what is missing week by week among *families*, those left out named apart."""
    policy = load_matching_policy()
    active = [family for family in families if not family.paused]
    referred = {
        family.code for family in active if judge_baby(family.baby, policy, today).kind is VerdictKind.REFER
    }
    counted = [_family(family, today) for family in active if family.code not in referred]
    found = network_runway(load_intake_policy(), counted, today)
    return replace(found, referred=tuple(sorted(referred)), paused=len(families) - len(active))


def _family(summary: RecipientSummary, today: date) -> Family:
    runway = summary.runway
    return Family(
        code=summary.code,
        babies=runway.babies,
        stock=runway.stock,
        stock_on=runway.stock_on or today,
        to_come=runway.to_come,
        traits=traits_of(summary.baby),
        is_stale=runway.is_stale,
    )
