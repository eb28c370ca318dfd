"""The frame of the window: opening, pages, dialogs, backups; what is imported late.

A page stands in a package of its own, what several pages use in ``ui/widgets``.
"""
