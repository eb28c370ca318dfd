"""A round of calls: one household after the other, its answers read back before they count.

What belongs here is the work with the phone at the ear. What a family's pane shows of its questions stands in
``ui/families``.
"""
