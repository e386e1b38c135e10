"""HR decides about what is missing by places of the list: 确认 1 2 3, 免除 3 设备坏了."""

import re
from typing import Final

from language.patterns import late
from language.several import COUNT, PLACE, Several, places_in

_VERBS: Final = {"confirm": "确认|confirm", "excuse": "免除|豁免|excuse|waive"}
_RULES: Final = tuple(
    (verb, late(
        rf"/?\s*(?:{words})\s*[:,]?\s*(?P<places>{PLACE}(?:[\s、,;]+{PLACE})*)\s*[条个项]?(?P<rest>$|[\s,:;。.].*)",
        re.I | re.S,
    ))
    for verb, words in _VERBS.items()
)  # fmt: skip


def read(said: str) -> Several | None:
    """The decision in a message (folded), with where the words behind the places begin; None for anything else."""
    for verb, rule in _RULES:
        match = rule.fullmatch(said)
        if match is not None and not COUNT.match(match["rest"]):
            rest = match["rest"]
            start = match.start("rest") + len(rest) - len(rest.lstrip(" \t\r\n,:;。."))
            return Several(verb=verb, places=places_in(match["places"]), start=start)
    return None
