"""Long alternations are written as groups of words that belong together."""

import re


def any_of(*groups: str) -> re.Pattern[str]:
    """A pattern that finds a word of any group, in small or capital letters; earlier groups win."""
    return re.compile("|".join(groups), re.I)
