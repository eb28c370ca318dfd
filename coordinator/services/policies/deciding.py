"""Decide once: what holds for every donor of this network, noted where it is met, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.deciding import PolicyDecisionRow, policy_decisions, to_row
from coordinator.db.writing import writing_of
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.medicine_names import is_supplement, medicine_key
from coordinator.domain.policies.deciding import fits
from coordinator.domain.policies.decisions import FIGURES, PRENATAL, Decides, NetworkDecision
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import NOT_ACCEPTED, RULES
from coordinator.domain.policies.typed import typed_value
from coordinator.domain.policies.verdicts import ASK
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.never import is_final
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.policies.profiles import profile_in_use


@dataclass(frozen=True, slots=True)
class DecidedHere:
    """A decision of the network, and whether it counts under the profile in use."""

    decision: NetworkDecision
    is_in_force: bool


class NeedsClinicianError(UserError):
    """Whoever decides about this must be a clinician."""


def decisions(database: Database) -> tuple[DecidedHere, ...]:
    """Return what the network decided, oldest first."""
    with database.reading() as session:
        policy, found = profile_in_use(session), policy_decisions(session)
    return tuple(DecidedHere(one, _counts(one, policy)) for one in found)


def decide(database: Database, decision: NetworkDecision, today: date) -> int:
    """Note what the network decided; return the note's id. Every match is judged by it from now on.

    Args:
        database: The open network.
        decision: A name that needs no decision, a figure (``None`` takes the profile's as ours), or that a
            prenatal panel does.
        today: Nobody has decided later than that.

    Raises:
        NeedsClinicianError: If it is about a medicine or a herb, and whoever decided is no clinician.
        UserError: If name or reason is missing, the day is yet to come, it is decided already, nobody may
            decide it, or the profile in use has another figure.
    """
    if not decision.by.strip() or not decision.reason.strip():
        raise UserError(saying("Type who decided, and why."))
    if decision.on > today:
        raise UserError(saying("That day is yet to come; type the day it was decided."))
    with database.writing(
        Action("network.decided", saying("Noted a decision of the network")), today
    ) as session:
        checked = _checked(decision, profile_in_use(session))
        label = saying("Noted for the whole network: {what}", what=checked.words)
        writing_of(session).action = Action("network.decided", label)
        row = to_row(replace(checked, by=decision.by.strip(), reason=decision.reason.strip()))
        if any(_same(one, checked) for one in policy_decisions(session)):
            raise UserError(saying("This is decided already; take it back before deciding anew."))
        session.add(row)
        session.flush()
        return row.id


def take_back(database: Database, decision_id: int) -> None:
    """Let everything be asked again that a decision answered; undo brings it back."""
    label = saying("Took a decision of the network back")
    with database.writing(Action("network.taken_back", label)) as session:
        row = session.scalar(sa.select(PolicyDecisionRow).where(PolicyDecisionRow.id == decision_id))
        if row is None:
            raise UserError(saying("This was taken back already."))
        session.delete(row)


def needs_clinician(name: str) -> bool:
    """Whether a clinician must decide about *name*: whatever is no vitamin or supplement known by it."""
    return not is_supplement(name)


def figure_to_decide(value: PolicyValue) -> bool:
    """Whether a network can decide the figure of *value*, and has not."""
    return value.rule in FIGURES and value.decided is None and not value.is_checked


def _same(one: NetworkDecision, other: NetworkDecision) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is Decides.NAME:
        return medicine_key(one.subject) == medicine_key(other.subject)
    return one.subject == other.subject


def _checked(decision: NetworkDecision, policy: Policy) -> NetworkDecision:
    """Return the decision as it is kept; raises ``UserError`` where nobody may decide so."""
    if decision.kind is Decides.NAME:
        return _checked_name(decision, policy)
    if decision.kind is Decides.FIGURE:
        return _checked_figure(decision, policy)
    if policy["pregnancy_test"].value == NOT_ACCEPTED:
        raise UserError(
            saying("The profile in use takes no blood tests of a pregnancy; choose another profile.")
        )
    return replace(decision, subject=PRENATAL)


def _checked_name(decision: NetworkDecision, policy: Policy) -> NetworkDecision:
    name = " ".join(decision.subject.split())
    if not name:
        raise UserError(saying("Type the name of what needs no decision."))
    told = (Fact(kind, Presence.YES, name) for kind in (FactKind.MEDICINE, FactKind.CANNABIS))
    if any(map(is_final, told)):
        raise UserError(saying("This stands for every baby; nobody decides otherwise in any profile."))
    if medicine_key(name) in policy.herbs and policy["herbs"].otherwise is not ASK:
        raise UserError(
            saying("The profile in use takes no milk with {name}; choose another profile.", name=name)
        )
    if needs_clinician(name) and not decision.is_clinician:
        raise NeedsClinicianError(
            saying(
                "A clinician decides about {name}; note the clinician’s name, and that it is one.", name=name
            )
        )
    return replace(decision, subject=name)


def _checked_figure(decision: NetworkDecision, policy: Policy) -> NetworkDecision:
    if decision.subject not in FIGURES:
        raise UserError(saying("This is not decided for all; change it in your own profile."))
    value, title = policy[decision.subject], RULES[decision.subject].title
    figure = value.value if decision.figure is None else _typed(decision.subject, decision.figure)
    if figure is None:
        raise UserError(saying("“{title}” is not known in this profile; type your figure.", title=title))
    if not isinstance(figure, int | float):
        raise UserError(saying("“{title}” is decided as a figure; type one.", title=title))
    found = replace(decision, figure=figure, unit=value.unit)
    if not fits(value, found):
        raise UserError(
            saying(
                "The profile in use says {words} for “{title}”; set another figure in your own profile.",
                words=value.words,
                title=title,
            )
        )
    return found


def _typed(rule: str, figure: object) -> object:
    try:
        return typed_value(RULES[rule], figure)
    except ValueError as error:
        title, problem = RULES[rule].title, error.args[0]
        raise UserError(saying("“{title}” {problem}.", title=title, problem=problem)) from error


def _counts(decision: NetworkDecision, policy: Policy) -> bool:
    """Whether a decision counts under *policy*, a profile as it stands without any."""
    if decision.kind is Decides.FIGURE:
        return decision.subject in RULES and fits(policy[decision.subject], decision)
    if decision.kind is Decides.PANEL:
        return bool(policy["pregnancy_test"].value != NOT_ACCEPTED)
    is_refused = medicine_key(decision.subject) in policy.herbs and policy["herbs"].otherwise is not ASK
    return not is_refused
