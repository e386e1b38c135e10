"""The languages in which the bot can answer, read from the catalogues beside the cards."""

from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from cards.card import CHINESE

LOCALE: Final = Path(__file__).parent.parent / "cards" / "locale"


def load() -> dict[str, NullTranslations]:
    """By language; the texts themselves are Chinese."""
    tongues: dict[str, NullTranslations] = {"zh": CHINESE}
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/nod.mo")):
        with file.open("rb") as compiled:
            tongues[file.parts[-3]] = GNUTranslations(compiled)
    return tongues
