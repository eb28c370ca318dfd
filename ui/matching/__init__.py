"""The match page: one recipient, who has milk, the map, holding."""
