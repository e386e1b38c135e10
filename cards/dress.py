"""The two dialects: what a template's variables are called. Same cards, same buttons, for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import orjson

from cards.card import Card, Frame
from domain.approvals.case import Case

Colour = Literal["blue", "red", "gray"]
_MOST: Final = 3000  # bytes of Markdown: the platform asks for small values (contract 4.2, 4.7)
_WIDEST: Final = 4  # bytes of one character at most
_CUT: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button by its fixed id (spec: conversation.md); `text` may be worded freely."""

    id: str
    text: str
    colour: Colour = "gray"


def dress(
    track: str, case: Case, frame: Frame, *, title: str, lines: Sequence[str], way: Sequence[str] = (), tip: str = "",
    buttons: Sequence[Button] = (), step: str = "", form: Sequence[dict[str, Any]] = (),
) -> Card:  # fmt: skip
    """The card with the variables of the dialect's template, and the params that every case card has.

    `lines` say what is asked, `way` how far it is."""
    params = {
        "title": title,
        "markdown": _fitted(lines, way),
        "tips": tip,
        "case": case.number,
        "kind": case.flow,
        "status": case.status.value,
        "version": str(case.version),
    }
    if frame.dialect == "plain":
        shown = [{**_row(button, case, step), "request": True} for button in buttons]
        params["sys_full_json_obj"] = orjson.dumps({"msgButtons": shown}).decode()
    else:
        shown = [{**_row(button, case, step), "status": "normal"} for button in buttons]
        params["buttons"] = orjson.dumps(shown).decode()
        params["form"] = orjson.dumps({"fields": form}).decode()
        params["form_status"] = "normal" if form else "disabled"
    return Card(track=track, template="case", params=params, version=case.version)


def _row(button: Button, case: Case, step: str) -> dict[str, Any]:
    """The id twice: either place may be the one that comes back with a tap (contract 4.10)."""
    params = {"id": button.id, "case": case.number, "step": step}
    return {"text": button.text, "color": button.colour, "id": button.id, "params": params}


def _fitted(lines: Sequence[str], way: Sequence[str]) -> str:
    """The paragraphs; where they are too many, whole ones give way: the last `lines`, the earliest of a long `way`."""
    whole = "\n\n".join((*lines, *way))
    if len(whole) * _WIDEST <= _MOST or len(whole.encode()) <= _MOST:
        return whole
    end = _kept(way[::-1], _MOST * 2 // 3)[::-1]
    start = _kept(lines, _MOST - sum(map(_size, end)))
    return "\n\n".join((*start, *end))


def _kept(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that have room (bytes), and … for the others."""
    kept: list[str] = []
    for line in lines:
        room -= _size(line)
        if room < _size(_CUT):
            return [*kept, _CUT]
        kept.append(line)
    return kept


def _size(line: str) -> int:
    return len(line.encode()) + len("\n\n")
