"""Pickups planned, read, changed and settled."""
