"""Who is asked at a step, and how they came to it."""

from dataclasses import dataclass
from typing import Literal

Via = Literal["route", "deputy", "transfer", "leaver", "overdue", "before", "after", "beside", "entrust"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody whom an opened step asks: in the `seat` of whom the route meant ("" is their own), `via` what."""

    person: str
    seat: str = ""
    via: Via = "route"
    weight: float = 1.0
