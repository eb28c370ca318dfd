"""What she set: stored values, their checks, tiles under the maps."""
