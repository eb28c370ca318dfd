"""Stand-ins we wrote ourselves for what tests must not wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.tasks import Runner

if TYPE_CHECKING:
    from collections.abc import Callable


class ImmediateRunner(Runner):
    """A runner that does the work at once, before ``run`` returns."""

    def _start(self, task: Callable[[], None]) -> None:
        task()
