"""Towns and ZIP codes on this machine, found by name or by position."""
