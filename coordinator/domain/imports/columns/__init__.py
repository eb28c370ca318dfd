"""Which column of a list is what, from its heading and its cells, and how its cells are to be read.

Wrong is worse than unread: a column nobody is sure of is shown to be confirmed, or left unread.
"""
