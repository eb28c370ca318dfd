"""The weeks ahead of the whole network."""
