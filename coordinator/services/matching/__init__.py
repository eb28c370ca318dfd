"""Who has milk for one baby, ranked, and what was set aside."""
