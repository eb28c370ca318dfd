"""Towns and ZIP codes offered while typing; one address looked up online when she asks."""
