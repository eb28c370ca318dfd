"""Whoever merges or undoes knows every table, whatever else of the program was loaded."""

from __future__ import annotations

import subprocess
import sys

ASKS = """
import coordinator.services.imports.writing_file
from coordinator.db.undo import entity_of
from coordinator.domain.families.merging import RULES
for table in RULES:
    entity_of(table)
"""


def test_an_import_that_merges_knows_every_table_of_the_rules() -> None:
    done = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
