"""The history, undo and redo, backups, the way back, the check, exports."""
