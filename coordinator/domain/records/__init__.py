"""The history, backups, the check of a network, and the books that must balance after every action."""
