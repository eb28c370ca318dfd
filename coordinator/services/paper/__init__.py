"""Sheets, schedules and maps made from the network and kept as printed."""
