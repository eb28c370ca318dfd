"""Nothing in a file stops the program, and nobody in it is lost without a word."""

import os
import subprocess
import sys

import pytest

from tests.faults.spreadsheets import KINDS

FILES = 12 * len(KINDS)


@pytest.mark.skipif(os.name == "nt", reason="there is no memory of children to ask for on Windows")
def test_mutated_files_are_read_or_refused_in_a_sentence() -> None:
    # A process of its own: what this one has taken before would count as the file's.
    words = [sys.executable, "-m", "tests.faults.spreadsheets", "--files", str(FILES), "--seed", "20261129"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 faults\n")
