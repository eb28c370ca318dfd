"""Reads ``resources/policies/ranking.toml``."""

from __future__ import annotations

from functools import cache

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, shipped
from coordinator.domain.matching.weights import PartKind, RankingPolicy, RankingWeight

FILE = "ranking.toml"


@cache
def load_ranking_policy() -> RankingPolicy:
    """Return what the order of matches that stand alike goes by.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_ranking_policy(shipped(FILE))


def read_ranking_policy(text: str) -> RankingPolicy:
    """Return it from a TOML *text*; raises ``PolicyError``."""
    file = PolicyFile(FILE, text)

    def figure(key: str) -> float:
        return float(file.value(key))

    try:
        return RankingPolicy(
            weights={kind: figure(kind) for kind in PartKind},
            most=figure("most"),
            tie=figure("tie"),
            longest_drive=figure("longest_drive"),
            driver=figure("driver"),
            need_days=int(file.value("need_days")),
            stage_months=figure("stage_months"),
            oldest_weeks=figure("oldest_weeks"),
            donors_most=int(file.value("donors_most")),
            runs_out_days=int(file.value("runs_out_days")),
            nearby=figure("nearby"),
            others_most=int(file.value("others_most")),
            printed=tuple(_weight(file, kind) for kind in PartKind),
        )
    except PolicyError:
        raise
    except (TypeError, ValueError) as error:
        raise PolicyError(FILE, "a value", str(error)) from error


def _weight(file: PolicyFile, kind: PartKind) -> RankingWeight:
    table = file.table(kind)
    return RankingWeight(
        kind, str(table["label"]), float(table["value"]), str(table["unit"]), table.sources[0]
    )
