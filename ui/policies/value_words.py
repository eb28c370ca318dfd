"""How values of a policy profile are said in the window, and read back from what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.policies.profiles import Policy, PolicyValue, value_words
from coordinator.domain.policies.rules import RULES, Rule, Shape
from coordinator.domain.policies.sources import Status
from coordinator.domain.policies.values import unit_words
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.typed_numbers import typed_number
from ui.translation import translate
from ui.widgets.fields.edit_field import NotUnderstoodError
from ui.widgets.fields.typed_dates import show_date


def information() -> str:
    """Return what stands wherever values of a policy are shown."""
    return translate("Policies", "Information with a source, not medical advice; a clinician reviews it.")


def otherwise_words(value: PolicyValue) -> str:
    """Return what milk is that does not meet a value."""
    words = {
        VerdictKind.NO_OBJECTION_IF: translate("Policies", "nothing against it, if…"),
        VerdictKind.NOT_A_FIT: translate("Policies", "not a fit"),
    }
    return words.get(value.otherwise, translate("Policies", "ask first"))


def check_words(value: PolicyValue) -> str:
    """Return whether anybody checked a value: *unchecked* unless so."""
    change = value.change
    if change is not None and change.asked_on is not None:
        return translate("Policies", "{who} asks about it").format(who=change.asked_by)
    if change is not None and change.clinician and change.reviewed_on:
        return translate("Policies", "reviewed by {who}").format(who=change.clinician)
    seen = value.seen_again
    if seen is not None and seen.is_own_page and value.status is not Status.PRIMARY:
        return translate("Policies", "checked by {who}").format(who=seen.by)
    if value.is_checked:
        return translate("Policies", "checked")
    if value.status is Status.CHOICE:
        return translate("Policies", "our choice")
    return translate("Policies", "not known") if value.value is None else translate("Policies", "unchecked")


def status_words(value: PolicyValue) -> str:
    """Return how well a value is known, in a sentence."""
    change = value.change
    if change is not None and change.clinician and change.reviewed_on:
        return translate("Policies", "Reviewed by {who} on {day}").format(
            who=change.clinician, day=show_date(change.reviewed_on)
        )
    words = {
        Status.PRIMARY: translate("Policies", "Checked: the issuing body's own page was read"),
        Status.COPY: _copies(value.page.copies),
        Status.UNVERIFIED: translate(
            "Policies", "Unchecked: nobody has compared it with the issuing body's own page"
        ),
        Status.CHOICE: translate("Policies", "Our choice: no page says it, and none has to"),
    }
    return words[value.status]


def _copies(count: int) -> str:
    if count > 1:
        words = translate(
            "Policies", "Unchecked: {count} copies that agree were read, not the issuing body's own page"
        )
        return words.format(count=count)
    return translate("Policies", "Unchecked: only a copy was read, not the issuing body's own page")


def opened_words(value: PolicyValue) -> str:
    """Return who opened a page and found the same figure, and what that makes of it; empty if nobody did."""
    seen = value.seen_again
    if seen is None:
        return ""
    if seen.is_own_page:
        words = translate("Policies", "{who} opened the page on {day}: same figure. {address}")
    else:
        words = translate(
            "Policies",
            "{who} opened this page on {day}: same figure. It is not {authority}'s own page, so the value "
            "stays unchecked. {address}",
        )
    authority = value.page.authority or translate("Policies", "the authority")
    return words.format(who=seen.by, day=show_date(seen.on), address=seen.address, authority=authority)


def profile_words(policy: Policy, in_use: str) -> str:
    """Return a profile's title with what sets it apart: in use, your own, for comparison only."""
    marks = [translate("Policies", "in use")] if policy.key == in_use else []
    if policy.base:
        marks.append(translate("Policies", "your own"))
    if policy.for_comparison_only:
        marks.append(translate("Policies", "for comparison only"))
    return f"{policy.title} ({', '.join(marks)})" if marks else policy.title


def read_value(rule: Rule, text: str) -> object:
    """Return the value that *text* says; empty is not known.

    Raises:
        NotUnderstoodError: If an amount is neither a number nor one of the rule's words.
    """
    typed = text.strip()
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not typed:
        return None
    if rule.shape is Shape.WORDS:
        return tuple(lines)
    if rule.shape is Shape.GROUPS:
        groups = (tuple(name.strip() for name in line.split(",") if name.strip()) for line in lines)
        return tuple(group for group in groups if group)
    if rule.shape is Shape.CHOICE or typed in rule.choices:
        return typed
    try:
        number = typed_number(typed)
    except ValueError as error:
        words = [f"“{choice}”" for choice in rule.choices]
        what = translate("Policies", "Type a number of {unit}; empty is not known.")
        raise NotUnderstoodError(what.format(unit=either_of(value_unit(rule), words))) from error
    return int(number) if number.is_integer() else number


def either_of(unit: str, choices: Sequence[str]) -> str:
    """Return what an amount may be: its unit, or one of the words that stand for one."""
    for choice in choices:
        unit = translate("Policies", "{unit}, or {choice}").format(unit=unit, choice=choice)
    return unit


def value_unit(rule: Rule) -> str:
    """Return the unit a rule's amounts are in."""
    return str(unit_words(rule.units[0]))


def side_words(value: PolicyValue, other: PolicyValue) -> str:
    """Return a value beside *other*: briefly, with what milk is otherwise only where the values are alike."""
    if value.value is None:
        return translate("Policies", "not known")
    is_amount = RULES[value.rule].shape is Shape.AMOUNT
    said = str(value_words(value.value, value.unit, short=is_amount))
    if (value.value, value.unit) != (other.value, other.unit):
        return said
    return translate("Policies", "{value}, else {otherwise}").format(
        value=said, otherwise=otherwise_words(value)
    )


def rule_title(value: PolicyValue) -> str:
    """Return the words of a value's rule."""
    return str(RULES[value.rule].title)


def rule_value(value: PolicyValue) -> str:
    """Return the words of a value with its unit."""
    return str(value.words)
