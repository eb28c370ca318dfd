"""The donors' page: the list, one donor's tabs, her lots, her timeline."""
