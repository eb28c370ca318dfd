"""What there is to say of one field of a family."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, Flag, auto

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.typed_fields import Kind, Reader, reader_of
from coordinator.sayings import NOTHING, Saying


class Seen(Enum):
    """Who may see a field outside the program."""

    PRIVATE = auto()  # the coordinator alone
    DRIVER = auto()  # whoever drives, too: it may print
    FAMILY = auto()  # whoever the coordinator tells


class On(Flag):
    """Where a field stands though nothing there names it; headings put it into the lists people fill in."""

    NOWHERE = 0
    FORM = auto()
    TABLE = auto()
    JSON = auto()


class Asked(Enum):
    """How a form of our own lets people answer."""

    SHORT = auto()
    AT_LENGTH = auto()
    DAY = auto()
    CHOICE = auto()  # other words may be an answer, too


@dataclass(frozen=True, slots=True)
class Question:
    """What a form of our own asks, so that its answers come back without a click on a column.

    Args:
        words: The question; it is the heading of the column of answers.
        how: How it is answered; one with ``options`` is a choice.
        options: What can be chosen, each in words the import reads.
        help: How an answer looks.
    """

    words: Saying
    how: Asked = Asked.SHORT
    options: tuple[Saying, ...] = ()
    help: Saying = NOTHING

    @property
    def asked(self) -> Asked:
        """How it is answered."""
        return Asked.CHOICE if self.options else self.how


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a network knows of a family.

    Args:
        key: Its column.
        label: Its name in the wizard and in questions.
        headings: What people call it in their lists, with semicolons between.
        kind: How it is typed and stored.
        history: Its name in "Changed weeks at birth of D-0007"; empty for what is only asked.
        form: Its name on forms and tables, where that is another than its label.
        told_as: Its name in what is stored of lists and calls, where that is another than its column.
        hint: What would be read.
        limits: The least and the most that is plausible.
        decimals: Of a number.
        unit: A pattern of what may stand behind a number.
        seen_by: Who may see it.
        on: Where it stands beside the lists.
        is_asked: Whether a list that leaves it blank makes a question of it.
        fact: What kind of dated facts its answer becomes, instead of a value.
        question: What a form of our own asks.
    """

    key: str
    label: Saying
    headings: str = ""
    kind: Kind = Kind.LINE
    history: Saying = NOTHING
    form: Saying = NOTHING
    told_as: str = ""
    hint: Saying = NOTHING
    limits: tuple[float, float] = (0, 1000)
    decimals: int = 0
    unit: str = ""
    seen_by: Seen = Seen.FAMILY
    on: On = On.NOWHERE
    is_asked: bool = True
    fact: FactKind | None = None
    question: Question | None = None

    @property
    def topic(self) -> str:
        """Its name in lists and questions, and to ``milkrun read``."""
        return self.told_as or self.key

    @property
    def form_label(self) -> Saying:
        """Its name on forms and tables."""
        return self.form or self.label

    @property
    def synonyms(self) -> tuple[str, ...]:
        """What people call it in their lists: our own question first, as it is written and as it is said."""
        ours = (self.question.words.in_english, str(self.question.words)) if self.question else ()
        theirs = (word.strip() for word in self.headings.split(";"))
        return tuple(dict.fromkeys(word for word in (*ours, *theirs) if word))

    @property
    def read(self) -> Reader:
        """How a typed value becomes the stored one."""
        return reader_of(self.kind)
