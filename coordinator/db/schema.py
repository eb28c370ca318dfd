"""The tables and rules of a network's file, compared with what the steps of its schema made.

A flipped bit in them is seen by no check of SQLite's: a rule is gone, or a column has another name. What
somebody else added to the file does not count.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

from coordinator.db.row_names import Driver

MADE: Final = {
    "0001": (
        "c709d53cb67b6feaf4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c97d7ffe32"
        "a1473401f8d7821ba5419c05140fd914d0bf46b612f5ff4324f2438a2a0f4bd82a2f035a0fb3f99c11447862891c4037"
        "31e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676312518c9be178f3c046a6c498c21b8274b49c051"
        "5857125e4c88d58b01053f2109755de272b678803d3a2fc4ab34e60e9515c4df5480456ce2fe47ade2e21443ce45c848"
        "9009b340c266426d1adc38e485af48ea"
    ),
    "0002": (
        "c709d53cb67b6feaf4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c97d7ffe32"
        "a1473401f8d7821ba5419c05140fd914d0bf46b612f5ff4324f2438a2a0f4bd82a2f035a0fb3f99c11447862891c4037"
        "31e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676312518c9be178f3c046a6c498c21b8274b49c051"
        "5857125e4c88d58b01053f21731e45dd09755de272b67880ff3ea5fcab34e60e9515c4df5480456ce2fe47ade2e21443"
        "ce45c8489009b340c266426d1adc38e485af48ea"
    ),
    "0003": (
        "c709d53cb67b6feacf9afe77f4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c9"
        "7d7ffe32a1473401f8d7821ba5419c052e6540592502ea21140fd914d0bf46b63d30ffc112f5ff4324f2438a2a0f4bd8"
        "2a2f035a0fb3f99c11447862747dadf0891c403731e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676"
        "5812b926312518c92e2785f9046a6c49e3dce2bb4b49c051d5d5041a4c88d58b01053f21731e45ddda2fe2c32928d4ac"
        "ef34abd072b67880b1f27067ff3ea5fcab34e60e01f7af25fe4e15de9515c4df9802bc6de2fe47ade2e21443bd4684f0"
        "ce45c8489009b340c266426d1adc38e485af48ea"
    ),
    "0004": (
        "c709d53cb67b6feacf9afe77f4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c9"
        "7d7ffe32a1473401f8d7821ba5419c052e6540592502ea21140fd914d0bf46b63d30ffc112f5ff4324f2438a2a0f4bd8"
        "2a2f035a0fb3f99c11447862747dadf0891c403731e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676"
        "5812b926312518c92e2785f9046a6c49e3dce2bb4b49c051d5d5041a4c88d58b01053f21731e45ddda2fe2c32928d4ac"
        "ef34abd072b678803911e210b1f27067ff3ea5fcab34e60e01f7af25fe4e15de9515c4dfa0b65398e2fe47ade2e21443"
        "bd4684f0ce45c8489009b340c266426d1adc38e485af48ea"
    ),
    "0005": (
        "c709d53cb67b6feacf9afe77f4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c9"
        "7d7ffe32a1473401f8d7821ba5419c052e6540592502ea21140fd914d0bf46b63d30ffc112f5ff4324f2438a2a0f4bd8"
        "2a2f035a0fb3f99c11447862747dadf0891c403731e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676"
        "5812b926312518c92e2785f9046a6c49e3dce2bb4b49c051d5d5041a4c88d58b01053f21731e45ddda2fe2c32928d4ac"
        "ef34abd072b678803911e210b1f27067ff3ea5fcab34e60e01f7af25fe4e15de9515c4dfa0b65398e2fe47ade2e21443"
        "bd4684f0ce45c848970d88309009b340c266426d1adc38e485af48ea6d9ffa57c8ce2683ef189cf490a7e4964da48f01"
        "de5856fa43f22574e348754854bbac08a94643488ec679fed80f0d7fa3d509a162ed4a9645eaaa1129601a14347d70d6"
        "416860dc35dc474cdd7fe70a773181b130018d630ee969e9894361020723e65c3aac99eb86e83684d134f6ef3f4d7527"
        "57ea0cc533c990499bc491c13c5a40c23c59ce34932df0152175f4ad9c3e0e41f7a5c3cfd140c2f0dd8921a1aa5acac4"
        "7f3af75a97432f4ee23aabb4737c1f1967f77b889bace19221775a016bf4ef45352b1d758d092f41ab4e18adf07048b5"
        "fc681dec5720fe66d024be21704d7b53201fb939d8e12a182da4e24befae46cdaf94b2669f8fd6e5ea21c7365e4657ba"
        "a19ef2f38a9a1bde2dc078b28466652f4e827aa27745129f1274dffeae77536bce7f0840f6b1417afe6a68463002cb36"
        "086d5f62647e8070b945d71609ea282ed2f81d415a1d99dd72b905826ef7febd189effad6dc5c0e24e6ca03cddc0b33f"
        "253223051e1f1570f5b23a2789de7398c88b02c552f5c12ec07429bdca38fbbeced0671d"
    ),
    "0006": (
        "c709d53cb67b6feacf9afe77f4a8f55c96cc6acb8c587fefe70d7a3642dae2fb7cff7a2f0b147e5ed465e6f3fa3404c9"
        "7d7ffe32a1473401f8d7821ba5419c052e6540592502ea21140fd914d0bf46b63d30ffc112f5ff4324f2438a2a0f4bd8"
        "2a2f035a0fb3f99c11447862747dadf0891c403731e8d35b14170ca045b26224eabd883c08342aa6f4ef4b4aa8cce676"
        "5812b926312518c92e2785f9046a6c49e3dce2bb4b49c051d5d5041a4c88d58b01053f21731e45ddda2fe2c32928d4ac"
        "ef34abd072b678803911e2106a6760d9ff3ea5fcab34e60e01f7af25fe4e15de9515c4df84406c4ae2fe47ade2e21443"
        "bd4684f0ce45c848970d88309009b340c266426d1adc38e485af48ea6d9ffa57c8ce2683ef189cf490a7e4964da48f01"
        "de5856fa43f22574e348754854bbac08a94643488ec679fed80f0d7fa3d509a162ed4a9645eaaa1129601a14347d70d6"
        "416860dc35dc474cdd7fe70a773181b130018d630ee969e9894361020723e65c3aac99eb86e83684d134f6ef3f4d7527"
        "57ea0cc533c990499bc491c13c5a40c23c59ce34932df0152175f4ad9c3e0e41f7a5c3cfd140c2f0dd8921a1aa5acac4"
        "7f3af75a97432f4ee23aabb4737c1f1967f77b889bace19221775a016bf4ef45352b1d758d092f41ab4e18adf07048b5"
        "fc681dec5720fe66d024be21704d7b53201fb939d8e12a182da4e24befae46cdaf94b2669f8fd6e5ea21c7365e4657ba"
        "a19ef2f38a9a1bde2dc078b28466652f4e827aa27745129f1274dffeae77536bce7f0840f6b1417afe6a68463002cb36"
        "086d5f62647e8070b945d71609ea282ed2f81d415a1d99dd72b905826ef7febd189effad6dc5c0e24e6ca03cddc0b33f"
        "253223051e1f1570f5b23a2789de7398c88b02c552f5c12ec07429bdca38fbbeced0671d"
    ),
}
"""The marks of all that a file has after each step, eight characters each.

A test compares them with new files and with files kept from older programs, and says what a new step needs.
"""

_MARK: Final = 8
_QUERY: Final = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name
"""


def is_as_made(driver: Driver) -> bool:
    """Say whether the file has every table, index and trigger of its own step; of a step not known it has."""
    found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    made = MADE.get(str(found[0]), "") if found else ""
    return {made[at : at + _MARK] for at in range(0, len(made), _MARK)} <= set(marks(driver))


def marks(driver: Driver) -> list[str]:
    """Return a mark of each table, index and trigger in the file, however its SQL is spaced and quoted."""
    return [
        _mark(kind, name, table, re.sub('[\\s"]+', "", sql))
        for kind, name, table, sql in driver.execute(_QUERY)
    ]


def _mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_MARK]
