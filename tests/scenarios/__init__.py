"""People's deeds, through the wire: the real bot process against the emulator process."""
