"""The keys that work on one page alone, as the sheet of keys lists them."""

from __future__ import annotations

from ui.translation import translate
from ui.window.main_window import MainWindow


def name_page_keys(window: MainWindow) -> None:
    """List them on the sheet of *window*."""
    match = translate("PageKeys", "Match")
    for keys, does in (
        ("Enter", translate("PageKeys", "From a family to its donors, from a donor to the ounces")),
        ("Ctrl+Enter", translate("PageKeys", "Hold the milk")),
        ("Ctrl+Backspace", translate("PageKeys", "Do not suggest this donor")),
        ("Ctrl+J", translate("PageKeys", "To what is asked of the donor, then of the family")),
        ("Ctrl+Shift+L", translate("PageKeys", "To the list of families")),
        ("Ctrl+Up, Ctrl+Down", translate("PageKeys", "To the next group of donors")),
        ("Ctrl+Shift+C", translate("PageKeys", "Copy the donor’s phone")),
        ("D", translate("PageKeys", "On a hold: the donor said yes")),
        ("F", translate("PageKeys", "On a hold: the family said yes")),
        ("Shift+D, Shift+F", translate("PageKeys", "On a hold: the yes that was missing, and plan it")),
    ):
        window.name_key(match, keys, does)
    pickups = translate("PageKeys", "Pickups")
    for keys, does in (
        ("Ctrl+D", translate("PageKeys", "Plan a whole day")),
        ("Ctrl+Shift+D", translate("PageKeys", "Plan two days in one, such as the weekend")),
        ("Ctrl+Shift+N", translate("PageKeys", "Add a hand-over that was not planned")),
        ("Ctrl+Shift+P", translate("PageKeys", "Print the day chosen, or the week")),
        (
            translate("PageKeys", "Alt+Left, Alt+Right"),
            translate("PageKeys", "The week before, the next week"),
        ),
        ("Ctrl+Shift+M", translate("PageKeys", "Notes from the sheets; D: dealt with")),
        ("Ctrl+Enter", translate("PageKeys", "It went as planned: settle it")),
    ):
        window.name_key(pickups, keys, does)
    write_up = translate("PageKeys", "Writing up a sheet")
    for keys, does in (
        (
            translate("PageKeys", "Page Down, Page Up"),
            translate("PageKeys", "As it stands, and to the next or the last hold"),
        ),
        ("F2", translate("PageKeys", "Nobody was home, or somebody was")),
        ("F4", translate("PageKeys", "To the times of the stop, and back to the hold")),
        ("Ctrl+Enter", translate("PageKeys", "Settle, or correct")),
    ):
        window.name_key(write_up, keys, does)
    recall = translate("PageKeys", "Recalls")
    for keys, does in (
        ("Ctrl+B", translate("PageKeys", "On a family, a lot or an answer: which babies have this milk?")),
        ("Ctrl+N", translate("PageKeys", "A new recall: which babies have this milk?")),
        (
            "R, N, M, W, X",
            translate("PageKeys", "Reached, no answer, message left, written, wrong number"),
        ),
        (
            "F, D, S, V, U",
            translate("PageKeys", "Fed, discarded, set aside, never had, does not know"),
        ),
        ("A", translate("PageKeys", "To the amount; Enter goes on to the answers")),
        ("Esc", translate("PageKeys", "Back to all recalls")),
    ):
        window.name_key(recall, keys, does)
    plan = translate("PageKeys", "The plan")
    for keys, does in (
        ("Ctrl+Enter", translate("PageKeys", "Hold what is chosen")),
        ("Ctrl+T", translate("PageKeys", "Pin a proposal, or leave it to the plan again")),
        ("Ctrl++, Ctrl+-", translate("PageKeys", "Pin a bag more, or a bag less")),
        ("Ctrl+Backspace", translate("PageKeys", "Do not plan this milk for this family")),
        ("Esc", translate("PageKeys", "Stop, and keep the best plan by now")),
    ):
        window.name_key(plan, keys, does)
