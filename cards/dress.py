"""The two dialects: what a template's variables are called. Same cards, same buttons, for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import orjson

from cards.card import Card, Frame
from domain.approvals.case import Case

Colour = Literal["blue", "red", "gray"]
Row = dict[str, Any]
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
    params |= _with_buttons([_row(button, case, step, frame) for button in buttons], form, frame)
    return Card(track=track, template="case", params=params, version=case.version)


SAY: Final = "say"  # and the answer's place: no two buttons of a card have the same id


def asking(track: str, frame: Frame, *, title: str, markdown: str, labels: Sequence[str]) -> Card:
    """A question with a button for each answer that is offered, in the same template; it is no card of a case."""
    rows = [_button(f"{SAY}{place}", label, "gray", {}) for place, label in enumerate(labels)]
    params = {"title": title, "markdown": markdown, "tips": "", "case": "", "kind": "question", "status": ""}
    return Card(track=track, template="case", params=params | _with_buttons(rows, (), frame), version=1)


def answered(track: str, frame: Frame, tip: str) -> Card:
    """The same question once it is answered: what was answered stands under it instead of the buttons."""
    return Card(track=track, template="case", params={"tips": tip, **_with_buttons([], (), frame)}, version=0)


def asks(params: Mapping[str, str]) -> bool:
    """Whether these are the params of a card with buttons."""
    return not params.keys().isdisjoint(("sys_full_json_obj", "buttons"))


def _with_buttons(rows: Sequence[Row], form: Sequence[Row], frame: Frame) -> dict[str, str]:
    """Buttons and form as the dialect's template takes them."""
    if frame.dialect == "plain":
        shown = [{**row, "request": True} for row in rows]
        return {"sys_full_json_obj": orjson.dumps({"msgButtons": shown}).decode()}
    return {
        "buttons": orjson.dumps([{**row, "status": "normal"} for row in rows]).decode(),
        "form": orjson.dumps({"fields": form}).decode(),
        "form_status": "normal" if form else "disabled",
    }


def _row(button: Button, case: Case, step: str, frame: Frame) -> Row:
    return _button(button.id, frame.title(button.text), button.colour, {"case": case.number, "step": step})


def _button(key: str, text: str, colour: Colour, params: dict[str, str]) -> Row:
    """The id twice: either place may be the one that comes back with a tap (contract 4.10)."""
    return {"text": text, "color": colour, "id": key, "params": {"id": key, **params}}


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
