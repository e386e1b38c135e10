"""The shape of the house: what a machine can hold, so that nobody has to remember it."""
