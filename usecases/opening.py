"""Whom a step asks as the office is now: leavers are replaced, deputies sit in for those who named them. Pure."""

from datetime import datetime

from domain.approvals.case import Case
from domain.approvals.events import Asked
from domain.approvals.flow import Flow
from domain.approvals.onward import Opening
from domain.approvals.posts import Posts
from domain.approvals.route import Step
from domain.approvals.turns import as_planned
from domain.errors import OfficeError
from usecases.ports import Office


def opening_for(case: Case, flow: Flow, office: Office, now: datetime) -> Opening:
    """What `decide` asks when a step of this case is opened."""
    organization = office.world.organization

    def asked(step: Step) -> tuple[Asked, ...]:
        planned = as_planned(step)
        if all(organization.find(one.person) for one in planned):
            return planned
        here = tuple(one for one in planned if organization.find(one.person))
        return here or _successors(case, flow, step, office)

    return asked


def _successors(case: Case, flow: Flow, step: Step, office: Office) -> tuple[Asked, ...]:
    """Everybody whom the step asked has left: whoever holds the post now, else the flow's administrators (R-ORG-5)."""
    organization = office.world.organization
    applicant = organization.find(case.applicant)
    if applicant is None:
        return tuple(Asked(person=one.userid, via="leaver") for one in organization.admins[:1]) or as_planned(step)
    posts = Posts(
        organization=organization, applicant=applicant, meanings=flow.posts, policies=flow.policies,
        administrator=flow.administrator,
    )  # fmt: skip
    try:
        found = posts.step(step.words) if step.words else posts.administrators(step.label)
    except OfficeError:
        return as_planned(step)
    return tuple(Asked(person=person, via="leaver") for person in found.people if person not in case.owners)
