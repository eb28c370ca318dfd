"""Lots written, split and listed; what runs out where; milk banks."""
