"""A company lives through weeks on a moved clock."""
