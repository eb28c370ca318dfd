"""Programs that solve what ``domain/planning`` writes down."""
