"""The recall as the work of an afternoon: who has the milk in question, ringing them, what became of it."""
