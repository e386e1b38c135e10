"""Golden files: what was drawn once and looked at by somebody. `NOD_GOLDEN=write` draws them anew."""

import os
from pathlib import Path
from typing import Any, Final

import orjson

from cards.card import Card

FOLDER: Final = Path(__file__).parent / "golden"
_TEXTS: Final = ("sys_full_json_obj", "buttons", "form")  # params whose text is JSON, shown as what they hold


def same_as_golden(name: str, shown: dict[str, Any]) -> None:
    """Compare exactly with golden/<name>.json, or write it when asked to."""
    file = FOLDER / f"{name}.json"
    drawn = orjson.dumps(shown, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    if os.environ.get("NOD_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(drawn, "utf-8")
    assert file.exists(), f"nobody has looked at {name} yet: NOD_GOLDEN=write draws it"
    assert drawn == file.read_text("utf-8")


def as_seen(card: Card) -> dict[str, Any]:
    """A card with its JSON texts opened, so that a change can be read."""
    params = {key: orjson.loads(said) if key in _TEXTS else said for key, said in card.params.items()}
    return {"track": card.track, "template": card.template, "version": card.version, "params": params}
