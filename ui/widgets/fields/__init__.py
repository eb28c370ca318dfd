"""Fields to type in, each saved when it is left, and the forms they stand in."""
