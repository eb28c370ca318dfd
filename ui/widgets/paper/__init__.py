"""A PDF looked at and printed."""
