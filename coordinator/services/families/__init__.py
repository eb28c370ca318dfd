"""Families found, changed, removed, merged and taken apart; the lists of each role."""
