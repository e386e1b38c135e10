"""关联 QJ-… CC-…: two cases that belong together."""

import re
from typing import Final

from language.patterns import late
from language.several import NUMBER, numbers_in

_RULE: Final = late(rf"/?\s*(?:关联|link)\s*[:,]?\s*(?P<numbers>{NUMBER}[\s、,和与到]+{NUMBER})[\s。.!]*", re.I)


def read(said: str) -> tuple[str, ...]:
    """Both numbers, or nothing when the message is something else."""
    match = _RULE.fullmatch(said)
    return numbers_in(match["numbers"]) if match else ()
