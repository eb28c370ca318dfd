"""The pickups' page: planning, the way, printing, settling."""
