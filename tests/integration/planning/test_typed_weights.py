"""Weights of the plan as they are typed."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.errors import UserError
from coordinator.services.planning.settings import change_weight, policy_kept


def test_a_thousand_is_a_thousand_and_what_could_be_either_is_refused(database: Database) -> None:
    change_weight(database, "smallest", "1,000")
    change_weight(database, "minute", "0,125")
    assert (policy_kept(database).smallest_oz, policy_kept(database).minute) == (1000, 0.125)

    with pytest.raises(UserError, match="Type a number from 0 to 1000"):
        change_weight(database, "smallest", "1.000,5")
    assert policy_kept(database).smallest_oz == 1000
