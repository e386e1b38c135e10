"""What the answers of a step amount to: its seats, and whether the step is decided. Pure."""

from collections.abc import Iterable
from typing import Final

from domain.approvals.case import LENT, SEATED, Task
from domain.approvals.commands import Verdict
from domain.approvals.route import Step

_NEARLY: Final = 1e-9  # weights and shares are not exact


def verdict(tasks: Iterable[Task]) -> Verdict | None:
    """What one seat says: yes when its occupant and all who were asked after them said yes; no when any of them,
    or somebody asked before, said no. Advice (委派) decides nothing."""
    said = False
    for task in tasks:
        if task.state == "rejected" and task.via != "entrust":
            return "rejected"
        if task.via in SEATED and task.state == "approved":
            said = True
    if said and not any(task.pending for task in tasks if task.via not in LENT):
        return "approved"
    return None


def seats(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """The tasks of a step by seat, in the order in which the seats are asked."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        if task.state != "removed":
            found.setdefault(task.place, []).append(task)
    return found


def tally(step: Step, tasks: Iterable[Task]) -> Verdict | None:
    """What the whole step says, or None while it is open."""
    verdicts = {place: verdict(some) for place, some in seats(tasks).items()}
    if step.mode == "vote":
        weight = {task.place: task.weight for task in tasks if task.place in verdicts and task.via in SEATED}
        needed = step.quorum * sum(weight.values()) - _NEARLY
        yes, no = (
            sum(weight.get(place, 0) for place, said in verdicts.items() if said == which)
            for which in ("approved", "rejected")
        )
        if yes >= needed:
            return "approved"
        return "rejected" if sum(weight.values()) - no < needed else None
    wanted = any if step.mode in ("one", "any", "claim") else all
    return "approved" if verdicts and wanted(said == "approved" for said in verdicts.values()) else None
