"""A draft is filed: from here on it travels its route."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cards import rules
from cards.form import joined
from domain.approvals.case import Case, Status
from domain.approvals.commands import Command, Fill, Submit
from domain.approvals.form import check
from domain.approvals.rows import completed
from domain.approvals.rules import EMERGENCY
from domain.approvals.values import Value
from domain.errors import FieldWrong, OfficeError, TooShortNotice
from usecases.aside import offered_again
from usecases.behalf import route_of
from usecases.detailing import rows_from_form
from usecases.leave_ledger import check_left
from usecases.ports import Needs, Office, Outcome, Talk
from usecases.ruled import check_kept, check_rules, right_flow
from usecases.show import flow_to_fill
from usecases.tapped import Tap
from usecases.values import counted, days_between

TEXTS = ("text", "textarea", "attachments")  # what no approval rests on when a case was returned and corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitDraft(Tap):
    """提交 on a draft; `form` are the values of the card's own form (rich cards), by field id."""

    form: Mapping[str, Value] = field(default_factory=dict)

    @property
    def talk(self) -> str:
        """It was about this draft, perhaps: then it is over."""
        return self.by

    def needs(self) -> Needs:
        """Also what was put aside for it."""
        return replace(Tap.needs(self), my_drafts=self.talk)

    def act(self, office: Office, now: datetime) -> Outcome:
        """File it. Raises FieldMissing, FieldWrong, RouteImpossible, NotDraft, NotYours."""
        case = self.case(office)
        filled = self._filled(case, office, now)
        commands: list[Command] = [Fill(by=self.by, values=filled, notes=case.notes)] if filled else []
        if moved := self._moved(case, filled, office):
            return self.change(moved, office=office, now=now)
        if case.status in (Status.DRAFT, Status.RETURNED) and self.by in case.owners:
            commands.append(filing(replace(case, values={**case.values, **filled}), self.by, office, now))
        else:
            commands.append(Fill(by=self.by, values={}))  # the domain says why not
        outcome = self.change(*commands, office=office, now=now)
        if office.talk(self.by).case != case.number:
            return outcome
        return offered_again(replace(outcome, talk=Talk()), self.by, self.cause, office, now, but=case.number)

    def _moved(self, case: Case, filled: Mapping[str, Value], office: Office) -> Fill | None:
        """What makes it a draft of another flow, where the form names another place (R-TRIP-1)."""
        flow, values = flow_to_fill(case, office.world), {**case.values, **filled}
        target = right_flow(flow, values, office.world)
        check_kept(case, flow, target)
        if target is flow or case.status is not Status.DRAFT:
            return None
        notes = (*case.notes, rules.moved(target, values, office.world.home))
        return Fill(by=self.by, values=filled, notes=notes, flow=target.id, title=target.title)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Where only the reason of an emergency is lacking, the next words are it."""
        outcome = Tap.refused(self, error, office, now)
        if not isinstance(error, TooShortNotice):
            return outcome
        asked = Talk(case=self.seen.case, asked=EMERGENCY, since_ms=round(now.timestamp() * 1000))
        return replace(outcome, talk=asked)

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
            days = days_between({**case.values, **changed}, flow, office.calendar.workdays_of(case.applicant))
            if "days" not in changed:
                changed["days"] = "" if days is None else days
            elif days is not None and str(changed["days"]) not in (str(days), str(float(days))):
                raise FieldWrong("days")
        return completed(flow, case.values, changed)


def filing(case: Case, by: str, office: Office, now: datetime) -> Submit:
    """The command that files it as it is filled in. Raises FieldMissing, FieldWrong, RouteImpossible, TooOften,
    TooShortNotice, LeaveShort."""
    flow = flow_to_fill(case, office.world)
    check(flow, case.values)
    days = counted(case.values, flow, office.calendar.workdays_of(case.applicant))
    if days and float(str(case.values.get("days") or 0)) != float(str(days["days"])):
        raise FieldWrong("days")
    check_rules(case, flow, case.values, office, now)
    check_left(case, office, now)
    route = route_of(case, flow, office.world)
    facts = tuple(field.id for field in flow.fields if field.type not in TEXTS)
    return Submit(by=by, plan=route, flow_version=flow.version, facts=facts)
