"""Holding milk, the yeses, releasing and extending."""
