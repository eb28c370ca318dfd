"""A season in a made-up region, under three ways to coordinate it; run by hand, see README.md."""
