"""Where people are and when they work."""
