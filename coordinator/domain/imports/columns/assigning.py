"""Which column is which field: of all ways to deal them out, the one with the best total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEAST = 0.5
"""A column that is no field with at least this much is none of ours, or not known."""


def dealt(scores: Sequence[Mapping[str, float]], least: float = LEAST) -> dict[int, str]:
    """Return column -> topic with the best total; two columns never get one topic, and none must get any."""
    topics = sorted({topic for column in scores for topic, score in column.items() if score >= least})
    columns = [index for index, column in enumerate(scores) if any(s >= least for s in column.values())]
    if not topics:
        return {}
    import lap  # noqa: PLC0415 - it takes numpy along; most starts read no list
    import numpy as np  # noqa: PLC0415

    at = {topic: place for place, topic in enumerate(topics)}
    # A place of no topic for every column: to be left out costs nothing, to be wrong costs what is missing.
    costs = np.full((len(columns), len(topics) + len(columns)), least)
    costs[:, : len(topics)] = 10.0
    costs[:, len(topics) :] = 1 - least
    for row, index in enumerate(columns):
        for topic, score in scores[index].items():
            if score >= least:
                costs[row, at[topic]] = 1 - score + index * 1e-6
    _, places, _ = lap.lapjv(costs, extend_cost=True)
    return {columns[row]: topics[place] for row, place in enumerate(places) if 0 <= place < len(topics)}
