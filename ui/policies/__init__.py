"""Policy profiles: what milk is judged by, where each value was seen, and two profiles side by side."""
