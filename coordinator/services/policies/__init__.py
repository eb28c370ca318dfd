"""The profile in use, its values changed here, and whose each value is."""
