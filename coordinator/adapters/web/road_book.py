"""What road servers told since the program started, so that nobody is asked twice; in memory only.

A server that does not answer is left alone for a minute, and what it did is said once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from coordinator.adapters.web.requests import WebError, name_of
from coordinator.adapters.web.roads import RoadClient, client_for
from coordinator.domain.driving.roads import MOST_ENDS, Drive, RoadNews, Spot
from coordinator.sayings import NOTHING, Saying, plural, saying

if TYPE_CHECKING:
    from coordinator.domain.driving.roads import RoadQuestion
    from coordinator.domain.settings import RoadServer

REST_SECONDS = 60.0
_Server: TypeAlias = "tuple[RoadServer, str]"
_Pair: TypeAlias = tuple[Spot, Spot]


@dataclass
class RoadBook:
    """Drives and roads by server. Whoever reads sees whole answers only: each replaces what was there.

    Questions are asked on one thread at a time; reading is fine on any.
    """

    connect: Callable[[RoadQuestion], RoadClient] = client_for
    clock: Callable[[], float] = time.monotonic
    _drives: dict[_Server, dict[_Pair, Drive | None]] = field(default_factory=dict)
    _ways: dict[tuple[_Server, tuple[Spot, ...]], tuple[Spot, ...]] = field(default_factory=dict)
    _silent_until: dict[_Server, float] = field(default_factory=dict)
    _said: set[tuple[str, Saying]] = field(default_factory=set)

    def drives(self, server: RoadServer, url: str) -> Mapping[_Pair, Drive | None]:
        """Return all drives the server told; ``None`` where it knows no road."""
        return self._drives.get((server, url), {})

    def way(self, server: RoadServer, url: str, stops: tuple[Spot, ...]) -> tuple[Spot, ...]:
        """Return the road through *stops* if the server told it, else nothing."""
        return self._ways.get(((server, url), stops), ())

    def is_resting(self, server: RoadServer, url: str) -> bool:
        """Whether the server did not answer a moment ago."""
        return self.clock() < self._silent_until.get((server, url), 0.0)

    def ask(self, question: RoadQuestion) -> RoadNews:
        """Ask the server and remember its answer; what it did instead becomes a sentence, said once."""
        server = (question.server, question.url)
        if self.is_resting(*server):
            return RoadNews(is_new=False)
        try:
            told = self._told(question)
            way = self.connect(question).route(question.stops) if len(question.stops) > 1 else ()
        except WebError as error:
            self._silent_until[server] = self.clock() + REST_SECONDS
            return RoadNews(is_new=False, said=self._once(question, _estimates(error)))
        self._drives[server] = {**self._drives.get(server, {}), **told}
        if way:
            self._ways[server, question.stops] = way
        host = name_of(question.url)
        self._said = {(whose, said) for whose, said in self._said if whose != host}
        unknown = self._once(question, _unknown(host, told))
        return RoadNews(is_new=bool(told) or bool(way), said=unknown)

    def forget(self) -> None:
        """Forget everything, as when the program starts."""
        for memory in (self._drives, self._ways, self._silent_until, self._said):
            memory.clear()

    def _told(self, question: RoadQuestion) -> dict[_Pair, Drive | None]:
        client = self.connect(question)
        told: dict[_Pair, Drive | None] = {}
        for begin in range(0, len(question.ends), MOST_ENDS):
            ends = question.ends[begin : begin + MOST_ENDS]
            rows = client.table(question.starts, ends)
            for start, row in zip(question.starts, rows, strict=True):
                told |= {(start, end): drive for end, drive in zip(ends, row, strict=True)}
        return told

    def _once(self, question: RoadQuestion, sentence: Saying) -> Saying:
        said = (name_of(question.url), sentence)
        if said in self._said:
            return NOTHING
        self._said.add(said)
        return sentence


def _estimates(error: WebError) -> Saying:
    return saying("{what} Drive times are estimates.", what=str(error))


def _unknown(host: str, told: Mapping[_Pair, Drive | None]) -> Saying:
    """Return how many places the server knows no road to; those drives stay estimates."""
    count = len({end for (_, end), drive in told.items() if drive is None})
    if not count:
        return NOTHING
    return plural(
        "{host} knows no road to one place; that drive time stays an estimate.",
        "{host} knows no road to {n} places; that drive time stays an estimate.",
        count,
        host=host,
    )
