"""Which words open the window."""

from __future__ import annotations

import pytest

from ui.app import _network_to_open


@pytest.mark.parametrize(
    ("words", "network"),
    [
        ([], ""),
        (["--database", "sqlite:///a=b.db"], "sqlite:///a=b.db"),
        (["--database=postgresql://host/net?application_name=x"], "postgresql://host/net?application_name=x"),
        (["donors"], None),
        (["--database", "a.db", "donors"], None),
        (["--help"], None),
    ],
)
def test_no_command_opens_the_window_on_the_network_named(words: list[str], network: str | None) -> None:
    assert _network_to_open(words) == network
