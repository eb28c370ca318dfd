"""History and undo, backups, the check, reading again."""
