"""Buttons under a question: each says words that might have been typed as the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cards.card import Card, Frame
from cards.dress import asking
from cards.escape import plain
from cards.retold import retold

MOST: Final = 10  # buttons under a question; where there are more answers, they are typed
_LABEL: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An answer that is offered: `label` stands on the button, `words` are what it says.

    `flow`: these words ask for this flow, whatever they name. `anew`: they are said as if no draft was at hand.
    `said_ms`: when the person said them first, in milliseconds; 0: they say the same at any time."""

    label: str
    words: str
    flow: str = ""
    anew: bool = False
    said_ms: int = 0


def said(frame: Frame, *words: str) -> tuple[Offer, ...]:
    """Answers that are offered by the very words, as the reader says them."""
    return tuple(Offer(label=frame.title(retold(one, frame)), words=one) for one in words)


def question_card(track: str, title: str, markdown: str, offers: Sequence[Offer], frame: Frame) -> Card:
    """A question with its offers."""
    return asking(track, frame, title=title, markdown=markdown, labels=[plain(one.label, _LABEL) for one in offers])
