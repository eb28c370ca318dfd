"""Asking a family in writing: the message to send, and its reply read back before anything counts."""
