"""`./nod flows show`: a flow as text, and as a picture."""

import argparse
import sys
from pathlib import Path

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from cards.chart_svg import chart_svg
from cards.chart_text import chart_text
from cards.flowchart import Chart, Names, People, chart
from domain.approvals.flow import Flow, StepWord
from domain.approvals.posts import Posts
from domain.approvals.route import routes_for
from domain.errors import RouteImpossible
from domain.people import Organization, Person


def main(args: argparse.Namespace) -> int:
    """0 drawn, 2 the call itself was wrong."""
    try:
        drawn = drawing(args)
        if args.svg:
            Path(args.svg).write_text(chart_svg(drawn), "utf-8")
    except (flowfiles.FlowMistakes, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(chart_text(drawn))
    return 0


def drawing(args: argparse.Namespace) -> Chart:
    """What is to be drawn. Raises ValueError, FlowMistakes."""
    flows = flowfiles.load(args.flows or "matrix")
    flow = flowfiles.called(flows, args.flow)
    if args.applicant:
        organization = organizationfile.load(Path(args.organization or SAMPLE))
        return _for_one(flow, organizationfile.person(organization, args.applicant), organization)
    people = _holders(flow, organizationfile.load(Path(args.organization))) if args.organization else People()
    return chart(flow, flow.routes, people)


def _for_one(flow: Flow, person: Person, organization: Organization) -> Chart:
    """The routes that are open to this person, and who decides on theirs."""
    posts = _posts(flow, person, organization)
    routes = routes_for(flow, posts)
    if not routes:
        raise ValueError(f"{flow.title}不适用于{person.name}的部门或级别")

    def asked(word: StepWord) -> Names:
        try:
            return None if word.field else _names(posts.step(word.words).people, organization)
        except RouteImpossible:
            return ()

    people = People(
        asked=asked, told=lambda word: _names(posts.told(word), organization), applicant=person.name
    )  # fmt: skip
    return chart(flow, routes, people)


def _holders(flow: Flow, organization: Organization) -> People:
    """Who holds the posts; whom a relation means depends on the applicant."""
    posts = _posts(flow, Person(userid="", name=""), organization)

    def told(word: str) -> Names:
        depends = ":" in word or posts.depends(flow.posts.get(word, word))
        return None if depends else _names(posts.told(word), organization)

    def asked(word: StepWord) -> Names:
        found = [told(one) for one in word.words]
        known = [name for names in found for name in names or ()]
        return None if word.field or (None in found and not known) else tuple(dict.fromkeys(known))

    return People(asked=asked, told=told)


def _posts(flow: Flow, applicant: Person, organization: Organization) -> Posts:
    return Posts(
        organization=organization, applicant=applicant, meanings=flow.posts, policies=flow.policies,
        administrator=flow.administrator,
    )  # fmt: skip


def _names(people: tuple[str, ...], organization: Organization) -> tuple[str, ...]:
    return tuple(organization.name_of(userid) for userid in people)
