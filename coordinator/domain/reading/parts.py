"""Parsers of parsy that do without what we never ask: what was expected where a statement does not fit.

Parsy builds a parser anew at each ``>>``, ``<<`` and ``map`` it comes through, and gathers what was expected.
These give the same in half the time; ``furthest`` alone is kept, for who asks which tokens may begin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import parsy
from parsy import Parser, Result


class Part(Parser):  # type: ignore[misc] # parsy has no types
    """A parser whose own ways of joining are plain loops."""

    def then(self, other: Parser) -> Part:
        """Return what takes both and keeps the second: ``self >> other``."""

        def both(tokens: Any, at: int) -> Result:  # noqa: ANN401 - any stream
            first = self(tokens, at)
            return _behind(first, other(tokens, first.index)) if first.status else first

        return Part(both)

    def skip(self, other: Parser) -> Part:
        """Return what takes both and keeps the first: ``self << other``."""

        def both(tokens: Any, at: int) -> Result:  # noqa: ANN401 - any stream
            first = self(tokens, at)
            if not first.status:
                return first
            second = _behind(first, other(tokens, first.index))
            second.value = first.value
            return second

        return Part(both)

    def map(self, map_function: Callable[[Any], Any]) -> Part:
        """Return what makes *map_function* of the value."""

        def mapped(tokens: Any, at: int) -> Result:  # noqa: ANN401 - any stream
            result = self(tokens, at)
            if result.status:
                result.value = map_function(result.value)
            return result

        return Part(mapped)

    def combine(self, combine_fn: Callable[..., Any]) -> Part:
        """Return what makes *combine_fn* of the values."""
        return self.map(lambda values: combine_fn(*values))

    def times(self, least: int, most: float | None = None) -> Part:
        """Return what takes it so many times, in a list; exactly *least* times without *most*."""
        limit = least if most is None else most

        def many(tokens: Any, at: int) -> Result:  # noqa: ANN401 - any stream
            values: list[Any] = []
            furthest = -1
            while len(values) < limit:
                result = self(tokens, at)
                furthest = max(furthest, result.furthest)
                if not result.status:
                    if len(values) < least:
                        result.furthest = furthest
                        return result
                    break
                values.append(result.value)
                at = result.index
            return Result(status=True, index=at, value=values, furthest=furthest, expected=_NOTHING)

        return Part(many)

    def at_least(self, n: int) -> Part:
        """Return what takes it *n* times or more, in a list."""
        return self.times(n, float("inf"))


_NOTHING: frozenset[str] = frozenset()


def _behind(first: Result, second: Result) -> Result:
    second.furthest = max(second.furthest, first.furthest)
    return second


def seq(*parsers: Parser) -> Part:
    """Return what takes each of *parsers* in turn and gives a list of their values."""

    def each(tokens: Any, at: int) -> Result:  # noqa: ANN401 - any stream
        values = []
        furthest = -1
        for parser in parsers:
            result = parser(tokens, at)
            furthest = max(furthest, result.furthest)
            if not result.status:
                result.furthest = furthest
                return result
            values.append(result.value)
            at = result.index
        return Result(status=True, index=at, value=values, furthest=furthest, expected=_NOTHING)

    return Part(each)


def peek(parser: Parser) -> Part:
    """Return what looks whether *parser* fits, and takes nothing."""
    return Part(parsy.peek(parser))
