"""What is printed, as plain values without a surname too many; ``adapters/pdf`` draws it."""
