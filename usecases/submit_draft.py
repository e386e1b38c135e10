"""A draft is filed: from here on it travels its route."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cards.form import joined
from domain.approvals.case import Case, Status
from domain.approvals.commands import Command, Fill, Submit
from domain.approvals.events import Value
from domain.approvals.form import check
from domain.approvals.rows import completed
from domain.errors import FieldWrong
from usecases.behalf import route_of
from usecases.detailing import rows_from_form
from usecases.ports import Office, Outcome, Talk
from usecases.show import flow_to_fill
from usecases.tapped import Tap
from usecases.values import days_between

TEXTS = ("text", "textarea", "attachments")  # what no approval rests on when a case was returned and corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitDraft(Tap):
    """提交 on a draft; `form` are the values of the card's own form (rich cards), by field id."""

    form: Mapping[str, Value] = field(default_factory=dict)

    @property
    def talk(self) -> str:
        """It was about this draft, perhaps: then it is over."""
        return self.by

    def act(self, office: Office, now: datetime) -> Outcome:
        """File it. Raises FieldMissing, FieldWrong, RouteImpossible, NotDraft, NotYours."""
        case = self.case(office)
        filled = self._filled(case, office, now)
        commands: list[Command] = [Fill(by=self.by, values=filled, notes=case.notes)] if filled else []
        if case.status in (Status.DRAFT, Status.RETURNED) and self.by in case.owners:
            commands.append(self._filing(replace(case, values={**case.values, **filled}), office))
        else:
            commands.append(Fill(by=self.by, values={}))  # the domain says why not
        outcome = self.change(*commands, office=office, now=now)
        done = office.talk(self.by).case == case.number
        return replace(outcome, talk=Talk()) if done else outcome

    def _filled(self, case: Case, office: Office, now: datetime) -> dict[str, Value]:
        """What the form changes (a plain card has none). Days that can be counted are: they choose the route."""
        flow = flow_to_fill(case, office.world)
        if office.world.frame.dialect != "rich":
            return {}
        known = {field.id for field in flow.fields if field.type != "rows"}
        said = {key: value for key, value in joined(dict(self.form)).items() if key in known}
        changed = {key: value for key, value in said.items() if str(case.values.get(key, "")) != str(value)}
        changed |= rows_from_form(flow, self.form, case.values, now.astimezone(office.world.frame.zone))
        if {"start", "end", "days"} & set(changed) and "days" in known:
            days = days_between({**case.values, **changed}, flow, office.world.workdays)
            if "days" not in changed:
                changed["days"] = "" if days is None else days
            elif days is not None and str(changed["days"]) not in (str(days), str(float(days))):
                raise FieldWrong("days")
        return completed(flow, case.values, changed)

    def _filing(self, case: Case, office: Office) -> Submit:
        flow = flow_to_fill(case, office.world)
        check(flow, case.values)
        route = route_of(case, flow, office.world)
        facts = tuple(field.id for field in flow.fields if field.type not in TEXTS)
        return Submit(by=self.by, plan=route, flow_version=flow.version, facts=facts)
