"""What a flow needs of its form and does not ask, and policies that say something without effect."""

from collections.abc import Iterator

from domain.approvals.lint.finding import Example, Finding
from domain.approvals.lint.survey import Survey, named_in


def form_findings(survey: Survey) -> Iterator[Finding]:
    """Fields in which a step's people are named but that may be left empty; a deadline that is never set."""
    flow = survey.flow
    by_id = {field.id: field for field in flow.fields}
    told: set[str] = set()
    for place, route in enumerate(flow.routes):
        for step in route.steps:
            for field in (
                by_id[name] for name in named_in(step, flow) if not by_id[name].required and name not in told
            ):
                told.add(field.id)
                yield Finding(
                    where=("route", place, "approve"), text=f"这一步由“{field.label}”里选的人办，但这一项可以不填，不填就发不出去",
                    instead=f"给字段 {field.id} 写 required = true", example=_without(survey.case(place), field.id),
                )  # fmt: skip
    if flow.policies.overdue != "remind" and not flow.policies.hours:
        text = f'写了 overdue = "{flow.policies.overdue}"，但没有写几小时算超时，不会起作用'
        yield Finding(where=("policy", "overdue"), text=text, instead="写 hours = 8 这样的工作小时数")


def _without(case: Example | None, field: str) -> Example | None:
    if case is None:
        return None
    values = {name: said for name, said in case.values.items() if name != field}
    return Example(applicant=case.applicant, name=case.name, values=values)
