"""What all parts that ask servers share with the window."""

from __future__ import annotations

from coordinator.adapters.web import requests


def hang_up() -> None:
    """Let go of every server that is being waited for: whoever waits is told so, nothing more is sent."""
    requests.hang_up()
