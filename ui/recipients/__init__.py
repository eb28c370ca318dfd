"""The recipients' page: the list, one family's tabs, what it needs."""
