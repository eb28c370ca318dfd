"""A baby's case on screen: the next step as one button, and where it stands. Not the families' own panes."""
