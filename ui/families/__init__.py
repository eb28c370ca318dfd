"""What every family's details share, whatever its role: profile fields, questions, what passed."""
