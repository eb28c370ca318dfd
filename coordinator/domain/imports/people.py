"""The people an import knows of: those of the network, and whom a row resembles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coordinator.domain.imports.names import PersonName, read_name
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.babies import Baby
    from coordinator.domain.imports.row_answers import Contact

ANOTHER_BABY = saying("same parent, another baby")


@dataclass(frozen=True, slots=True)
class Someone:
    """What tells who somebody is.

    ``born`` are the birth dates of babies told of; ``asks_for`` is the baby that a request is about, as its
    last form and the network tell it.
    """

    contact: Contact
    born: frozenset[str] = frozenset()
    asks_for: frozenset[Baby] = frozenset()

    @property
    def name(self) -> PersonName:
        """The name as it is compared."""
        return read_name(self.contact.name)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A household already in the network.

    ``codes`` are its roles (``D-0007``). ``last_values`` is what the last import of each role understood,
    by field key, so that only what changed on the form is an update; ``stored`` what the network holds now,
    by the same keys. ``asked`` are the keys of all questions ever put on its call list.
    ``unanswered`` are the topics of the questions still open, ``unread`` those of them that quote words
    nobody could read. ``removed`` are the roles of ``codes`` that are not in use any more.

    Of a household that was merged into this one, ``own_id`` is the household it was, which its forms stay
    with, and ``before`` what was known of it: its first form is compared with that. ``kept`` are the roles
    that this family had beside it: what is known of those was not told by the one merged.
    """

    household_id: int
    contact: Contact
    codes: Mapping[Role, str]
    last_values: Mapping[Role, Mapping[str, str]] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    own_id: int | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[Role] = frozenset()
    removed: frozenset[Role] = frozenset()
    unanswered: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    @property
    def is_merged(self) -> bool:
        """Whether this is a household that was merged into the one with ``household_id``."""
        return self.own_id is not None

    @property
    def code(self) -> str:
        """The code to name this family by."""
        return next(iter(self.codes.values()), str(saying("family {number}", number=self.household_id)))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody this row resembles and why: a code of the network, or a row of the same file.

    ``values`` is what is known of her by field key, to be shown beside the row.
    """

    why: Saying
    code: str = ""
    row: int | None = None
    values: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def reason(self) -> str:
        """Why, in words."""
        return str(self.why)

    @property
    def sentence(self) -> str:
        """What the preview says: ``same phone as D-0007``."""
        other = self.code or saying("row {number}", number=self.row or 0)
        return str(saying("{why} as {other}", why=self.why, other=other))
