"""The computer itself: one program at a time, logs, private files."""
