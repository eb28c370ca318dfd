"""Land and tiles from files."""
