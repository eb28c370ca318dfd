"""What people typed, read wholly or asked about."""
