"""How long to wait before the gateway is asked again."""

import random
from dataclasses import dataclass
from typing import Final

PROMPT: Final = 0.02
STEADY: Final = 0.4
STEADY_FOR: Final = 10.0
LONGEST: Final = 30.0
PROVEN: Final = 1.0
"""Seconds that a connection has to live before its loss counts as a new trouble and not as the old one."""


@dataclass(slots=True)
class Backoff:
    """Prompt at first, steady while a restart of the gateway would last, then patient.

    The first pause is at most 20 ms; for 10 s from the first failure at most 0.4 s, so that whoever was refused for a
    few seconds is back within half a second; then half as long again each time, up to 30 s. Jitter keeps
    many clients from asking at the same moment.
    """

    tries: int = 0
    since: float = 0.0
    last: float = 0.0

    def pause(self, now: float) -> float:
        """Seconds to wait after a failure at `now` (loop time)."""
        self.tries += 1
        if self.tries == 1:
            self.since = now
            self.last = PROMPT
            return random.uniform(0, PROMPT)
        if now - self.since < STEADY_FOR:
            self.last = min(self.last * 2.5, STEADY)
        else:
            self.last = min(self.last * 1.5, LONGEST)
        return self.last * random.uniform(0.6, 1.0)

    def lived(self, seconds: float) -> bool:
        """A connection held for so long: whether that was long enough for the trouble to be over."""
        if seconds >= PROVEN:
            self.tries = 0
        return seconds >= PROVEN
