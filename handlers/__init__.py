"""Chat comes in: thin functions from what came in to what somebody wishes."""
