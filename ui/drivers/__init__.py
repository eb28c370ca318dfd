"""The volunteers' page."""
