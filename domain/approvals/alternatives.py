"""What would change a route, said to the applicant: 天数不超过 1 时不经总经理."""

from collections.abc import Iterator, Mapping, Sequence

from domain.approvals.conditions import Condition, in_words, negated
from domain.approvals.flow import Flow, Route, StepWord, labels
from domain.approvals.posts import called


def alternatives(
    flow: Flow, chosen: Route, open_to: Sequence[Route], called_so: Mapping[str, str] | None = None
) -> Iterator[str]:
    """One sentence for each other route that is open to this applicant and asks others than the chosen one does.
    `called_so`: the names of people (`user:zhao`)."""
    names = {**labels(flow), **(called_so or {})}
    before: list[Condition] = []
    for route in open_to:
        if route is not chosen and (change := _change(chosen, route, names)):
            yield f"{_case(route.when, before, names)}{change}"
        if route.when is None:
            return
        before.append(route.when)


def _case(when: Condition | None, before: Sequence[Condition], names: Mapping[str, str]) -> str:
    """When the route is taken; the one without a condition is what the only one before it is not."""
    if when is None and len(before) == 1:
        when = negated(before[0])
    return f"{in_words(when, names)} 时" if when else "其他情况"


def _change(chosen: Route, other: Route, names: Mapping[str, str]) -> str:
    mine, theirs = ([step_label(step, names) for step in route.steps] for route in (chosen, other))
    more = "、".join(label for label in theirs if label not in mine)
    less = "、".join(label for label in mine if label not in theirs)
    return "，".join(part for part in (f"还要经{more}" if more else "", f"不经{less}" if less else "") if part)


_JOINED = {"all": "、", "sequence": "、", "vote": "、"}


def step_label(word: StepWord, names: Mapping[str, str]) -> str:
    """What a step is called: its words, or the label of the field in which people are named."""
    said = (called(one, names) for one in word.words)
    return _JOINED.get(word.mode, "或").join(said) if word.words else names.get(word.field, word.field)
