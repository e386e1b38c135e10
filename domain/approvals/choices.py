"""Whom a field of people offers (`among`), and whether only such people were chosen (R-APR-2)."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from domain.approvals.flow import Field, Flow
from domain.approvals.posts import Posts
from domain.errors import RouteImpossible

_FEW = 8  # names that are worth saying; of more, only the words are said


def offered(field: Field, posts: Posts) -> tuple[str, ...]:
    """The people who may be chosen there, where they are few and the field does not offer everybody."""
    everybody = posts.organization.people.values()
    found = dict.fromkeys(who for word in field.among for who in islice(posts.among(word, everybody), _FEW + 1))
    return tuple(found) if len(found) <= _FEW else ()


def check_choices(flow: Flow, values: Mapping[str, Any], posts: Posts) -> None:
    """Raises RouteImpossible where somebody was chosen whom the field does not offer."""
    for field in flow.fields:
        if field.among and values.get(field.id):
            check_choice(field, values[field.id], posts)


def check_choice(field: Field, value: Any, posts: Posts) -> None:
    """The same for one field."""
    organization = posts.organization
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    people = [person for one in chosen if (person := organization.find(one))]
    fitting = {who for word in field.among for who in posts.among(word, people)}
    if wrong := [one for one in chosen if one not in fitting]:
        names = "、".join(map(organization.name_of, wrong))
        few = "、".join(map(organization.name_of, offered(field, posts)))
        words = "、".join(map(posts.called, field.among))
        raise RouteImpossible(f"“{field.label}”只能选{words}{f'（{few}）' if few else ''}，{names}不在其中")
