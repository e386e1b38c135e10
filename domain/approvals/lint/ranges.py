"""Which forms go where: routes that are never taken, forms that no route fits, forms that two routes fit, conditions
that cannot come true, sizes that are asked of fields that may be empty, people to whom no route is open."""

from collections.abc import Iterable, Iterator, Sequence

from domain.approvals.conditions import SIZES, Condition, Literal, Logic, Name, in_words
from domain.approvals.flow import NUMBERS, labels
from domain.approvals.lint.finding import Example, Finding, somebody
from domain.approvals.lint.grid import Box, Point
from domain.approvals.lint.groups import Group
from domain.approvals.lint.survey import Open, Survey
from domain.approvals.lint.thresholds import comparisons, names

_LEVELS = {"employee": "员工", "supervisor": "主管", "head": "部门负责人"}
_MOST = 5  # regions that are told of one kind of applicants


def range_findings(survey: Survey) -> Iterator[Finding]:
    """All of them, in the order of what an administrator mends first."""
    yield from _contradictions(survey)
    yield from _never(survey)
    yield from _gaps(survey)
    yield from _overlaps(survey)
    yield from _empty(survey)
    yield from _without_route(survey)
    if not survey.grid.whole:
        text = f"条件能分出的情况太多，只试了其中 {len(survey.grid.points)} 种"
        yield Finding(where=("route", 0, "when"), text=text, instead="可以拆成几个流程", level="hint")


def _contradictions(survey: Survey) -> Iterator[Finding]:
    for place, route in enumerate(survey.flow.routes if survey.grid.whole else ()):
        dead = _dead(route.when, survey) if route.when else None
        if dead is not None:
            said = in_words(dead, labels(survey.flow))
            what = "这个条件" if dead is route.when else f"条件里“{said}”这一部分"
            yield Finding(
                where=("route", place, "when"), text=f"{what}不可能成立{f'（{said}）' if dead is route.when else ''}",
                instead="看看是不是大小写反了，或者 and 应该是 or", example=survey.case(place) or _any_case(survey),
            )  # fmt: skip


def _dead(condition: Condition, survey: Survey) -> Condition | None:
    """The condition, or a part of it that stands beside an `or`, that is true of no form."""
    if not any(survey.grid.told(condition, point) for point in survey.grid.points):
        return condition
    if isinstance(condition, Logic) and condition.operator == "or":
        return next((dead for part in condition.parts if (dead := _dead(part, survey)) is not None), None)
    return None


def _any_case(survey: Survey) -> Example | None:
    return next((case for place in range(len(survey.flow.routes)) if (case := survey.case(place))), None)


def _never(survey: Survey) -> Iterator[Finding]:
    """Routes that nobody's form takes; those whose condition cannot come true, or who nobody is in, are told of."""
    taken = {route for routes in survey.takers.values() for route in routes}
    for place, route in enumerate(survey.flow.routes):
        if place in taken:
            continue
        open_to = list(survey.open_at(place))
        if not open_to and (not route.department or survey.organization.department_named(route.department)):
            who = "、".join(part for part in (route.department, _level_of(route.applicant)) if part)
            text = f"现在没有人走这条路线：公司里没有人属于 {who}"
            yield Finding(where=("route", place), text=text, level="hint")
        elif open_to and survey.grid.whole:
            yield from _covered(survey, place, open_to)


def _covered(survey: Survey, place: int, open_to: Sequence[tuple[Open, Sequence[Group]]]) -> Iterator[Finding]:
    grid = survey.grid
    inside = [point for point in grid.points if grid.fits[point][place]]
    earlier = sorted({taken for way, _ in open_to for one in inside if (taken := grid.chosen(one, way)) is not None})
    if not earlier:
        return
    said = "、".join(f"route[{route + 1}]" for route in earlier)
    way, groups = open_to[0]
    point = next(point for point in inside if grid.chosen(point, way) is not None)
    yield Finding(
        where=("route", place), text=f"永远走不到：{said} 在前面，已经包括了这种情况",
        instead="移到前面去，或者删掉", example=survey.example(groups[0], point),
    )  # fmt: skip


def _level_of(applicant: str) -> str:
    return _LEVELS.get("head" if applicant == "manager" else applicant, "")


def _gaps(survey: Survey) -> Iterator[Finding]:
    """Forms for which somebody has routes, but none that fits."""
    grid, told = survey.grid, dict[str, tuple[Finding, list[Group]]]()
    for open_to, groups in survey.audiences.items():
        missing = [
            point for point in grid.points
            if open_to and grid.chosen(point, open_to) is None and not grid.stuck(point, open_to)
        ]  # fmt: skip
        for box in _first(grid.boxes(missing), 1 if grid.tied else _MOST):
            finding = _gap(survey, open_to, groups[0], box)
            told.setdefault(finding.text, (finding, []))[1].extend(groups)
    for finding, groups in told.values():
        names = survey.names(groups)
        whom = "" if len(names) == survey.everybody() else f"{somebody(names, survey.everybody())}："
        yield Finding(where=finding.where, text=whom + finding.text, instead=finding.instead, example=finding.example)


def _gap(survey: Survey, open_to: Open, group: Group, box: Box) -> Finding:
    last = max((place for place in open_to if survey.flow.routes[place].when), default=open_to[-1])
    written = survey.grid.code(box)
    one = f"加一条 when = '{written}' 的路线，或" if written else ""
    wider = _shifted(survey, box, open_to, closed=False)
    return Finding(
        where=("route", last, "when"), text=f"{survey.grid.said(box)} 时没有路线",
        instead=f"{wider}{one}在最后加一条不写 when 的路线", example=survey.example(group, _first_of(box)),
    )  # fmt: skip


def _overlaps(survey: Survey) -> Iterator[Finding]:
    """Two routes with conditions of their own that both fit, where neither's condition includes the other's: whoever
    wrote `<= 1000` and `>= 1000` did not think of 1000. `days <= 1`, then `days <= 3`, is a ladder."""
    told: set[tuple[int, int]] = set()
    for open_to, groups in survey.audiences.items():
        for at, one in enumerate(open_to):
            for other in open_to[at + 1 :]:
                if (one, other) not in told and (box := _both(survey, open_to, one, other)):
                    told.add((one, other))
                    yield _overlap(survey, groups[0], one, other, box)


def _both(survey: Survey, open_to: Open, one: int, other: int) -> Box | None:
    """A region that both routes fit, and the first one takes; none where that is plainly meant."""
    routes, grid = survey.flow.routes, survey.grid
    if routes[one].when is None or routes[other].when is None:
        return None
    if (routes[one].steps, routes[one].cc) == (routes[other].steps, routes[other].cc):
        return None
    fits = [(point, grid.fits[point][one], grid.fits[point][other]) for point in grid.points]
    both = [point for point, a, b in fits if a and b and grid.chosen(point, open_to) == one]
    apart = any(a and not b for _, a, b in fits) and any(b and not a for _, a, b in fits)
    return next(grid.boxes(both), None) if apart and both else None


def _overlap(survey: Survey, group: Group, one: int, other: int, box: Box) -> Finding:
    """A mistake where both divide the same numbers, else perhaps a special case that stands before the usual ones."""
    first, second = (survey.flow.routes[place].when for place in (one, other))
    assert first is not None and second is not None
    numbers = {field.id for field in survey.flow.fields if field.type in NUMBERS}
    same = names(first) == names(second) and bool(names(first) & numbers)
    return Finding(
        where=("route", other, "when"), level="mistake" if same else "hint",
        text=f"{survey.grid.said(box)} 时 route[{one + 1}] 也适合，只走前面的 route[{one + 1}]",
        instead=f"{_shifted(survey, box, (one, other), closed=True)}让这种情况只属于一条路线" if same else "",
        example=survey.example(group, _first_of(box)),
    )  # fmt: skip


def _shifted(survey: Survey, box: Box, routes: Iterable[int], *, closed: bool) -> str:
    """把 days < 3 改成 days <= 3，: where only the limit itself is at fault."""
    said = survey.grid.code(box).split(" ")
    if len(said) != 3 or said[1] != "==":
        return ""
    for place in sorted(routes, reverse=True):
        for pair in comparisons(when) if (when := survey.flow.routes[place].when) else ():
            if isinstance(pair.left, Name) and isinstance(pair.right, Literal) and pair.operator in SIZES:
                limit = f"{pair.left.id} {pair.operator} {pair.right.value}"
                fits = (pair.operator in ("<=", ">=")) is closed
                if fits and pair.left.id == said[0] and str(pair.right.value) == said[2]:
                    new = pair.operator.rstrip("=") if closed else f"{pair.operator}="
                    return f"把 route[{place + 1}] 的 {limit} 改成 {pair.left.id} {new} {said[2]}，或"
    return ""


def _empty(survey: Survey) -> Iterator[Finding]:
    """A size is asked of a field that may be left empty: then the case cannot be filed."""
    grid = survey.grid
    for axis, (name, row) in enumerate(grid.axes.items()):
        field = next(one for one in survey.flow.fields if one.id == name)
        if field.type not in NUMBERS or field.required:
            continue
        for open_to, groups in survey.audiences.items():
            empty = (point for point in grid.points if point[axis] == len(row) - 1 and _only(point, axis, survey))
            point = next((point for point in empty if grid.stuck(point, open_to)), None)
            if point is not None:
                place = next(one for one in open_to if grid.fits[point][one] is None)
                yield Finding(
                    where=("route", place, "when"), text=f"条件要看“{field.label}”，但这一项可以不填，不填就发不出去",
                    instead=f"给字段 {name} 写 required = true", example=survey.example(groups[0], point),
                )  # fmt: skip
                break


def _only(point: Point, axis: int, survey: Survey) -> bool:
    """Whether no other field is left empty."""
    rows = survey.grid.axes.values()
    return all(row[cell].said is not None for at, (row, cell) in enumerate(zip(rows, point, strict=True)) if at != axis)


def _without_route(survey: Survey) -> Iterator[Finding]:
    """People to whom no route is open: of a level that was forgotten, or of departments the flow is not for."""
    able = {userid for open_to, some in survey.audiences.items() if open_to for one in some for userid in one.people}
    levels: dict[str, list[Group]] = {}
    for group in (one for one in survey.audiences.get((), ()) if one.person.userid not in able):
        posts = group.posts(survey.flow, survey.organization)
        here = any(not route.department or posts.at(route.department) for route in survey.flow.routes)
        levels.setdefault(posts.level() if here else "", []).append(group)
    for level, these in levels.items():
        whom = somebody(survey.names(these), survey.everybody())
        example = survey.example(these[0], next(iter(survey.grid.points)))
        if level:
            text = f"{_LEVELS[level]}没有路线：{whom}发不出这个流程"
            instead = f'加一条 applicant = "{level}" 的路线，或去掉 applicant'
            yield Finding(where=("route", 0, "applicant"), text=text, instead=instead, example=example)
        else:
            text = f"只有路线里写了的部门能发起，{whom}发不出这个流程"
            yield Finding(where=("route", 0, "department"), text=text, level="hint", example=example)


def _first_of(box: Box) -> Point:
    return tuple(cells[0] for cells in box)


def _first(items: Iterable[Box], most: int) -> Iterator[Box]:
    return (item for item, _ in zip(items, range(most), strict=False))
