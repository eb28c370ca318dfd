"""The map: painting, pulling, pins, tiles."""
