"""The dialog that prints labels for bags; lots and pickups both lead to it."""
