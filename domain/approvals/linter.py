"""What cannot work in a flow, as far as the file and the organisation tell before anybody files a case."""

from collections.abc import Iterator, Sequence

from domain.approvals.flow import Flow
from domain.approvals.lint.finding import Finding
from domain.approvals.lint.forms import form_findings
from domain.approvals.lint.groups import Group, groups
from domain.approvals.lint.plans import plan_findings
from domain.approvals.lint.ranges import range_findings
from domain.approvals.lint.survey import Survey
from domain.approvals.lint.words import word_findings
from domain.people import Organization

_PARTS = (word_findings, form_findings, range_findings, plan_findings)


def findings(flow: Flow, organization: Organization, people: Sequence[Group] | None = None) -> Iterator[Finding]:
    """Mistakes and hints, each with a case that shows it. `people`: who may file, as `groups` sorts them for many
    flows at once; without it that is done for this flow."""
    survey = Survey(
        flow=flow, organization=organization, groups=groups(organization, [flow]) if people is None else people
    )
    for part in _PARTS:
        yield from part(survey)
