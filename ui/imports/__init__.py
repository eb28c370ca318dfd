"""Spreadsheets brought in, with a look at every row first."""
