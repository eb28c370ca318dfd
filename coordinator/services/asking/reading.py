"""One answer of a reply, read as it would be kept: how it is understood, and what she must look at.

Whatever the readers cannot read stays asked. What they read only after something was put in (a year, the
meaning of a sign) is in doubt: it counts only once she has looked at it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.facts.wording import told
from coordinator.domain.families.households import Role
from coordinator.domain.imports.donor_rows import KEYS_OF_TOPICS
from coordinator.domain.imports.health import HEALTH
from coordinator.domain.imports.typed import NotClearError, is_field, read_clear_field, read_facts
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.domain.worklist.missing_years import with_years
from coordinator.domain.worklist.plain_replies import (
    as_one_statement,
    is_at_odds,
    is_thumb,
    says_yes,
    tells_nothing,
    without_signs,
)
from coordinator.sayings import NOTHING, Saying, as_written, joined, saying
from coordinator.services.imports.mentioned import plain_mention
from coordinator.services.imports.told import heated_bags, told_health
from coordinator.services.imports.told_answers import babies_in, formula_in, formula_told, keeps_lower
from coordinator.services.imports.writing_lots import LOT_KEYS


@dataclass(frozen=True, slots=True)
class AskedThen:
    """A question of a message as it stands now: ``said`` is how it was put to the family.

    ``is_open``: it still waits for an answer. ``roles`` the household has, the one that was written to first;
    ``lots`` is how much milk of hers an answer may be about. ``standing_code`` and ``standing_on`` are a day
    of a standing pair that both are asked about by a question of its own, with no number in the message.
    """

    number: int
    topic: str
    said: Saying
    question_id: int = 0
    hold_code: str = ""
    side: Side | None = None
    is_open: bool = True
    roles: tuple[Role, ...] = ()
    lots: int = 0
    standing_code: str = ""
    standing_on: date | None = None

    @property
    def is_yes_asked(self) -> bool:
        """Whether a yes to milk is waited for."""
        return bool(self.hold_code or self.standing_code)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a reply says to one question.

    ``words`` are hers, ``kept`` what would be kept of them. ``read_as`` is how that is understood; nothing
    where it is not. ``not_clear`` says why it stays asked, ``doubts`` why she looks at it before it counts.
    ``is_yes``: for milk on hold, whether she says yes.
    """

    asked: AskedThen
    words: str
    kept: str = ""
    read_as: Saying = NOTHING
    not_clear: Saying = NOTHING
    doubts: tuple[Saying, ...] = ()
    is_yes: bool | None = None

    @property
    def can_count(self) -> bool:
        """Whether it can be kept once she has confirmed it."""
        return bool(self.read_as)

    @property
    def is_doubtful(self) -> bool:
        """Whether she looks at it before it counts."""
        return bool(self.doubts)


_STAYS = saying("They do not say; it stays asked.")
_AT_ODDS = saying("A sign says no beside other words; ask which they mean.")
_ANSWERED = saying("This was answered already.")
_CUT = saying("It could belong to another number.")
_NO_YEAR = saying("No year was told.")
_A_SIGN = saying("Only a sign was sent.")
_WORDS_ALONE = saying("Only the words are kept.")
_MORE = saying("The reply says more than its answers.")
_LOWER = saying("The lower figure is kept.")
_MORE_THAN_NO = saying("They say more than no.")
_NO_MILK = saying("The milk goes back to be offered.")
_NO_DAY = saying("That day is left out.")


def understood(asked: AskedThen, words: str, today: date, *, is_cut_in_doubt: bool = False) -> Understood:
    """Return how *words* are understood as the answer to what was *asked*.

    *is_cut_in_doubt*: where the answer begins or ends in the reply is not plain.
    """
    plain = as_one_statement(without_signs(words))
    if not asked.is_open:
        return Understood(asked, words, not_clear=_ANSWERED)
    if not plain.strip() or tells_nothing(plain):
        return Understood(asked, words, not_clear=_STAYS)
    if is_at_odds(words):
        return Understood(asked, words, not_clear=_AT_ODDS)
    told_why = ((_CUT, is_cut_in_doubt), (_A_SIGN, is_thumb(words)))
    doubts = tuple(why for why, is_so in told_why if is_so)
    if asked.is_yes_asked:
        return _yes(asked, words, plain, doubts)
    one = Understood(asked, words, plain, doubts=doubts)
    try:
        return _read(one, today)
    except NotClearError as error:
        return _dated(one, error.said, today)


def looked_at_for_more(one: Understood) -> Understood:
    """Return *one* as in doubt because the reply it is of says more than its answers."""
    return replace(one, doubts=(*one.doubts, _MORE)) if one.can_count else one


def _dated(one: Understood, not_clear: Saying, today: date) -> Understood:
    """Return *one* read with the years put in that were not told; *not_clear* where that does not help."""
    dated = with_years(one.kept, today)
    try:
        if dated is not None:
            return _read(replace(one, kept=dated, doubts=(*one.doubts, _NO_YEAR)), today)
    except NotClearError:
        pass
    return Understood(one.asked, one.words, not_clear=not_clear)


def _yes(asked: AskedThen, words: str, plain: str, doubts: tuple[Saying, ...]) -> Understood:
    is_yes = says_yes(plain)
    if is_yes is None:
        hint = saying("Neither a plain yes nor a plain no: ask, or type which it is.")
        return Understood(asked, words, not_clear=hint)
    if is_yes:
        read_as = saying("yes")
        return Understood(asked, words, plain, read_as, doubts=doubts, is_yes=True)
    read_as, what = saying("no"), _NO_DAY if asked.standing_code else _NO_MILK
    return Understood(asked, words, plain, read_as, doubts=(*doubts, what), is_yes=False)


def _read(one: Understood, today: date) -> Understood:
    """Return *one* with how it is read, as ``told_answers`` would keep it."""
    topic, words = one.asked.topic, one.kept
    mentioned = mentioned_kind(topic)
    kind = mentioned or next((kind for kind in FactKind if kind.value == topic), None)
    if mentioned is not None and (settled := plain_mention(mentioned, words)):
        return replace(one, kept=settled, read_as=as_written(settled))
    if kind is not None and Role.DONOR in one.asked.roles:
        facts = heated_bags(kind, words) or read_facts(kind, words, today)
        return replace(one, read_as=joined("; ", (told(fact) for fact in facts)))
    if Role.RECIPIENT in one.asked.roles:
        if topic == HEALTH:
            words = "yes" if says_yes(words) else words
            return replace(one, kept=words, read_as=told_health(words).words)
        if topic == "babies":
            return replace(one, read_as=as_written(str(babies_in(words))))
        if topic == "formula":
            return _formula(one)
    return _field(one, today)


def _formula(one: Understood) -> Understood:
    """Return *one* as formula a day; of a range the lower figure is kept, and she looks at it."""
    ounces = formula_in(one.kept, None).oz
    amount = formula_told(one.kept)
    doubts = one.doubts
    if keeps_lower(one.asked.topic, one.kept):
        doubts += (_LOWER,)
    if not ounces and amount is None and says_yes(one.kept) is not False:
        doubts += (_MORE_THAN_NO,)
    read_as = saying("{ounces:.4g} oz of formula a day", ounces=ounces)
    return replace(one, read_as=read_as, doubts=doubts)


def _field(one: Understood, today: date) -> Understood:
    """Return *one* as the field of a form reads it; where there is none the words alone are kept."""
    topic = one.asked.topic
    role = next((role for role in one.asked.roles if is_field(role, topic)), None)
    if role is None or topic in {"town", "address"}:
        return replace(one, read_as=as_written(one.kept), doubts=(*one.doubts, _WORDS_ALONE))
    answers = read_clear_field(role, topic, one.kept, today)
    value = answers.values.get(KEYS_OF_TOPICS.get(topic, topic)) or answers.values.get(topic, one.kept)
    doubts = one.doubts
    if topic in LOT_KEYS and one.asked.lots > 1:
        doubts += (_WORDS_ALONE,)
    if keeps_lower(topic, one.kept):
        doubts += (_LOWER,)
    doubts += tuple(question.said for question in answers.questions if question.topic == topic)
    return replace(one, read_as=as_written(value), doubts=doubts)
