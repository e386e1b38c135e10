"""The drawing of a flow in lines of text, for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from cards.flowchart import Box, Chart

_SIGNS: Final = {"handle": "■", "cc": "○"}


def chart_text(chart: Chart) -> str:
    """The whole flow, from top to bottom; routes one after the other, in the order in which they are tried."""
    lines = [f"{chart.title}（{chart.beside}）", f"◎ 发起  {'、'.join(chart.start.lines)}"]
    lines += [f"│   {small}" for small in chart.start.small]
    if len(chart.branches) == 1:
        lines += _branch(chart.branches[0], "│", "│ ")
    else:
        for place, boxes in enumerate(chart.branches, start=1):
            last = place == len(chart.branches)
            lines += ["│", *_branch(boxes, "└─" if last else "├─", "   " if last else "│  ")]
    lines += ["◎ 结束"] if len(chart.branches) == 1 else ["", "◎ 结束（以上走其中一条，从上往下第一条符合的）"]
    return "\n".join([*lines, *(f"· {note}" for note in chart.notes)])


def _branch(boxes: Sequence[Box], first: str, rest: str) -> Iterator[str]:
    for box in boxes:
        if box.kind == "condition":
            yield f"{first} {'，'.join(box.lines).replace('，且 ', ' 且 ')}"
        else:
            yield f"{rest} {_sign(box)} {_said(box)}"


def _sign(box: Box) -> str:
    return _SIGNS.get(box.kind, "●")


def _said(box: Box) -> str:
    who = f"（{'，'.join(box.small)}）" if box.small else ""
    mode = f" · {box.mode}" if box.mode else ""
    return f"{box.number} {box.heading}{mode}  {'、'.join(box.lines)}{who}{'  ←' if box.amiss else ''}".strip()
