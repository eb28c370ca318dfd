"""Noting that a page was opened and says the same figure as a value of a shipped profile.

It is kept with the network, in its history, and undone like everything else; nothing shipped is changed. Only
the authority's own page makes a value checked, and only in this network.
"""

from __future__ import annotations

from datetime import date

from coordinator.adapters.policies.authorities import own_hosts
from coordinator.db.database import Database
from coordinator.db.policies import PageCheckRow, profile_row
from coordinator.domain.policies.page_checks import figure_of, is_address, why_not_to_open
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import PageCheck, is_own_page
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.policies.profiles import find_profile


def note_same_figure(
    database: Database, key: str, rule: str, by: str, today: date, address: str = ""
) -> PageCheck:
    """Note that *by* opened the page of a value today and found the same figure; return what was noted.

    Args:
        database: The open network.
        key: Of a shipped profile, or of an own one, whose values are those of the profile it was copied from.
        rule: A key of ``RULES``.
        by: Who opened it.
        today: The day it was opened.
        address: The page; else the authority's own, as far as it is known, or the one it was read on.

    Raises:
        UserError: If nobody is named, no page is, or the value is not one a page can say.
    """
    title = RULES[rule].title
    with database.writing(
        Action("policy.page_opened", saying("Noted that a page says “{title}”", title=title)), today
    ) as session:
        value = find_profile(session, key)[rule]
        why_not = why_not_to_open(value)
        if why_not is not None:
            raise UserError(why_not)
        if not by.strip():
            raise UserError(saying("Type the name of whoever opened the page."))
        page = address.strip() or value.page.to_open
        if not is_address(page):
            raise UserError(saying("Type the address of the page, such as https://www.example.org/page."))
        own = profile_row(session, key)
        row = PageCheckRow(
            profile=own.base if own else key,
            rule=rule,
            figure=figure_of(value),
            address=page,
            opened_by=by.strip(),
            opened_on=today,
        )
        session.add(row)
    is_own = is_own_page(own_hosts(), value.page.authority, page)
    return PageCheck(page, by.strip(), today, is_own_page=is_own)
