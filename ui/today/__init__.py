"""Today: what presses, whom to ring, what is not settled."""
