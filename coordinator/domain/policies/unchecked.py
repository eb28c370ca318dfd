"""What nobody has checked of all that a verdict rests on, said once and not with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import Status
from coordinator.domain.policies.verdicts import Basis, Reason
from coordinator.sayings import Saying, as_written, joined, saying


def unchecked_of(reasons: Iterable[Reason]) -> tuple[Saying, ...]:
    """Return a line of the values that are unchecked and one of our own choices, where there are any."""
    found = dict.fromkeys(basis for reason in reasons for basis in _bases(reason))
    bases = [basis for basis in found if not basis.is_checked]
    choices = [basis for basis in bases if basis.status == Status.CHOICE]
    others = [basis for basis in bases if basis.status != Status.CHOICE]
    lines = []
    if others:
        lines.append(saying("Unchecked: {rules}", rules=_titles(others)))
    if choices:
        lines.append(saying("Our choice: {rules}", rules=_titles(choices)))
    return tuple(lines)


def _bases(reason: Reason) -> Iterator[Basis]:
    yield from (reason.basis,) if reason.basis else ()
    yield from reason.bases


def _titles(bases: Iterable[Basis]) -> Saying:
    titles = (RULES[one.rule].title if one.rule in RULES else as_written(one.rule) for one in bases)
    return joined("; ", list(dict.fromkeys(titles)))
