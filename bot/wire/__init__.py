"""Everything that knows the words of DingTalk: frames, calls, errors, the directory (docs: architecture)."""
