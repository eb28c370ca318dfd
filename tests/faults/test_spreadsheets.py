"""Nothing in a file stops the program, and nobody in it is lost without a word."""

import os

import pytest

from tests.faults.spreadsheets import KINDS, fuzz

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="there is no memory of children to ask for on Windows"
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutated_file_is_read_or_refused_in_a_sentence(kind: str) -> None:
    figures = fuzz(12, seed=20261129, kinds={kind: KINDS[kind]})

    assert figures.faults == []
    assert figures.read[kind] + figures.refused[kind] == 12
