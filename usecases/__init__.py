"""What people and timers want, one verb a file: what a command needs, and what follows from it. Pure."""
