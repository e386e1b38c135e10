"""All kinds of forms that a flow's conditions can tell apart, which routes fit each, and regions of them in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import gcd, prod

from domain.approvals.conditions import Condition, NoValue, evaluate
from domain.approvals.flow import NUMBERS, Flow, facts, labels
from domain.approvals.lint.cells import Cell, cells, written
from domain.approvals.lint.finding import Said
from domain.approvals.lint.thresholds import comparisons, names

Point = tuple[int, ...]  # the number of the cell of each field, in the order of `Grid.axes`
Box = tuple[tuple[int, ...], ...]  # several cells of each field: a region
_MOST = 5_000  # forms that are tried; a flow that tells more apart is looked at here and there


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`fits`: of each form, whether each route's condition holds; None: it cannot be told, a size is missing."""

    flow: Flow
    axes: Mapping[str, Sequence[Cell]]
    points: Sequence[Point]
    fits: Mapping[Point, tuple[bool | None, ...]]
    whole: bool  # every kind of form is among the points
    tied: frozenset[str] = frozenset()  # numbers that are compared with each other: only examples can be told

    def chosen(self, point: Point, open_to: Iterable[int]) -> int | None:
        """The route that this form takes of those that are open; None: none, or it cannot be told."""
        for route in open_to:
            if (fits := self.fits[point][route]) is not False:
                return route if fits else None
        return None

    def stuck(self, point: Point, open_to: Iterable[int]) -> bool:
        """Whether the form has to be filled in further before a route can be chosen."""
        return next((fits is None for route in open_to if (fits := self.fits[point][route]) is not False), False)

    def values(self, point: Point) -> dict[str, Said]:
        """What is filled in."""
        chosen = ((name, row[cell].said) for (name, row), cell in zip(self.axes.items(), point, strict=True))
        return {name: said for name, said in chosen if said is not None}

    def told(self, condition: Condition, point: Point) -> bool | None:
        """Whether the condition holds for this form."""
        return _told(condition, facts(self.flow, self.values(point)))

    def boxes(self, points: Iterable[Point]) -> Iterator[Box]:
        """The points in as few regions as easily found; where only some forms were tried, each by itself."""
        left = dict.fromkeys(points)
        every = frozenset(left)
        while left:
            box: Box = tuple((cell,) for cell in next(iter(left)))
            for axis, name in enumerate(self.axes) if self.whole else ():
                box = box if name in self.tied else self._grown(box, axis, every)
            yield box
            for point in product(*box):
                left.pop(point, None)

    def _grown(self, box: Box, axis: int, inside: frozenset[Point]) -> Box:
        """The region as long along this axis as it stays inside; numbers without a gap."""
        row = list(self.axes.values())[axis]
        start = box[axis][0]
        numeric = row[start].low is not None
        found = [start]
        for way in (range(start + 1, len(row)), range(start - 1, -1, -1)):
            for cell in way:
                if all(point in inside for point in product(*box[:axis], (cell,), *box[axis + 1 :])):
                    found.append(cell)
                elif numeric:
                    break
        return (*box[:axis], tuple(sorted(found)), *box[axis + 1 :])

    def said(self, box: Box) -> str:
        """The region in words: 天数超过 3 且 天数少于 5; "" for everything."""
        called = labels(self.flow)
        parts = [f"{called[name]}为 {row[cell].said}" for name, row, (cell, *_) in self._rows(box) if name in self.tied]
        parts += [part for name, chosen in self._parts(box) for part in _said(name, chosen, called)]
        return " 且 ".join(parts)

    def code(self, box: Box) -> str:
        """The region as a condition that a route could have; "" where it cannot be written so."""
        parts = [part for name, chosen in self._parts(box) for part in _code(name, chosen)]
        return "" if self.tied or "" in parts else " and ".join(parts)

    def _parts(self, box: Box) -> Iterator[tuple[str, list[Cell]]]:
        """The fields that matter to the region, and their values."""
        for name, row, chosen in self._rows(box):
            if len(chosen) < len(row) and name not in self.tied:
                yield name, [row[cell] for cell in chosen]

    def _rows(self, box: Box) -> Iterator[tuple[str, Sequence[Cell], tuple[int, ...]]]:
        return ((name, row, chosen) for (name, row), chosen in zip(self.axes.items(), box, strict=True))


def _said(name: str, chosen: Sequence[Cell], called: Mapping[str, str]) -> list[str]:
    label = called[name]
    filled = [cell for cell in chosen if cell.said is not None]
    if not filled:
        return [f"没有填{label}"]
    if filled[0].low is not None:
        said = {"==": "为", "<": "少于", "<=": "不超过", ">": "超过", ">=": "不少于"}
        return [f"{label}{said[sign]} {number}" for sign, number in _ends(filled)]
    words = (word for cell in filled for word in ((cell.said,) if isinstance(cell.said, str) else cell.said or ()))
    return [f"{label}为 {'、'.join(called.get(f'{name}.{word}', word) for word in dict.fromkeys(words))}"]


def _code(name: str, chosen: Sequence[Cell]) -> list[str]:
    filled = [cell for cell in chosen if cell.said is not None]
    if filled and filled[0].low is not None:
        return [f"{name} {sign} {number}" for sign, number in _ends(filled)]
    words = [cell.said for cell in filled if isinstance(cell.said, str)]
    if len(words) < len(chosen):
        return [""]
    quoted = [f'"{word}"' for word in words]
    return [f"{name} == {quoted[0]}" if len(words) == 1 else f"{name} in [{', '.join(quoted)}]"]


def _ends(run: Sequence[Cell]) -> list[tuple[str, str]]:
    """Numbers without a gap, as the comparisons that bound them."""
    first, last = run[0], run[-1]
    assert first.low is not None
    if first.low == last.high:
        return [("==", written(first.low))]
    ends = [(">=" if first.low == first.high else ">", written(first.low))] if first.low > 0 else []
    if last.high is not None:
        ends.append(("<=" if last.low == last.high else "<", written(last.high)))
    return ends


def grid(flow: Flow, others: Mapping[str, str]) -> Grid:
    """The forms of this flow. `others`: what stands for something else, by type of field."""
    conditions = [route.when for route in flow.routes if route.when is not None]
    axes = cells(flow.fields, conditions, others)
    number = prod(len(row) for row in axes.values())
    numbers = {field.id for field in flow.fields if field.type in NUMBERS}
    several = (names(pair) & numbers for condition in conditions for pair in comparisons(condition))
    tied = frozenset[str]().union(*(found for found in several if len(found) > 1))
    empty = Grid(flow=flow, axes=axes, points=(), fits={}, whole=number <= _MOST, tied=tied)
    fits: dict[Point, tuple[bool | None, ...]] = {}
    for place in _spread(number):
        point = _point(place, [len(row) for row in axes.values()])
        known = facts(flow, empty.values(point))
        fits[point] = tuple(True if route.when is None else _told(route.when, known) for route in flow.routes)
    return replace(empty, points=tuple(fits), fits=fits)


def _spread(number: int) -> Iterator[int]:
    """All numbers below this one, or so many of them, spread evenly and in step with nothing."""
    stride = next(
        step for step in range(number * 5 // 8 if number > _MOST else 1, number + 1) if gcd(step, number) == 1
    )
    return (place * stride % number for place in range(min(number, _MOST)))


def _point(place: int, sizes: Sequence[int]) -> Point:
    """The form with this number, the last field counting fastest."""
    found: list[int] = []
    for size in reversed(sizes):
        place, cell = divmod(place, size)
        found.append(cell)
    return tuple(reversed(found))


def _told(condition: Condition, known: Mapping[str, object]) -> bool | None:
    try:
        return evaluate(condition, known)
    except NoValue:
        return None
