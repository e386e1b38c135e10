"""Whom a step asks as the office is now: leavers are replaced, deputies sit in for those who named them. Pure."""

from contextlib import suppress
from datetime import datetime

from domain.approvals.asked import Asked
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.onward import Opening
from domain.approvals.posts import Posts
from domain.approvals.route import Step
from domain.approvals.turns import as_planned
from domain.errors import OfficeError
from domain.people import Person
from usecases.ports import Office
from usecases.sitting import seated


def opening_for(case: Case, flow: Flow, office: Office, now: datetime) -> Opening:
    """What `decide` asks when a step of this case is opened."""
    organization = office.world.organization

    def asked(step: Step) -> tuple[Asked, ...]:
        planned = as_planned(step)
        here = tuple(one for one in planned if organization.find(one.person) and one.person != case.filed_by)
        if not here:
            here = tuple(Asked(person=who, via="leaver") for who in successors(case, flow, step, office))
        return seated(here, case, flow, step, office, now)

    return asked


def successors(case: Case, flow: Flow, step: Step, office: Office) -> tuple[str, ...]:
    """Who is asked instead of people who have left: whoever holds the post now, else the administrators (R-ORG-5)."""
    organization = office.world.organization
    applicant = organization.find(case.applicant) or Person(userid=case.applicant, name="")
    posts = Posts(
        organization=organization, applicant=applicant, meanings=flow.posts, policies=flow.policies,
        administrator=flow.administrator,
    )  # fmt: skip
    found: list[str] = []
    with suppress(OfficeError):
        found += posts.step(step.words).people
    with suppress(OfficeError):
        found += posts.administrators(step.label).people
    return tuple(dict.fromkeys(person for person in found if person not in case.owners)) or step.people
