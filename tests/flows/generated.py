"""A company of 500 people whose ids say where they stand, and the documents' routes resolved by reading the ids.

`d3` leads department 3, `d3g2` its group 2, `d3g2e1` works there; `boss` is above all; posts are held by `post-…`.
Nothing here uses the product's own rules, so that both can be compared.
"""

import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from domain.people import Department, Organization, Person

ROUTES: Final[list[dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "routes.toml").read_text("utf-8"))["route"]
NAMES: Final = ("采购部", "市场部", "研发部", "销售部", "生产部")
RELATIONS: Final = ("部门主管", "部门经理", "部门负责人", "直接主管", "上级领导")
LEVELS: Final = {"any": "d1g2e1", "employee": "d1g2e1", "supervisor": "d1g2", "manager": "d1", "head": "d1"}
TWICE: Final = ("会计", "人事专员")  # posts with two holders
COUNTERSIGN: Final = ["研发部", "销售部"]  # 会签部门 of the forms
FORM: Final = {"替班人": "d2g1e1", "被联系人": "d3g1e1"}


def posts() -> list[str]:
    """Every post that the documents name."""
    words = [word for row in ROUTES for step in row["steps"] for word in step.rpartition(":")[2].split("|")]
    words += [word for row in ROUTES for word in row["cc"]]
    named = {"R-CC-1": "总裁", "总经理": "总经理"}
    found = dict.fromkeys(named.get(word, word) for word in words)
    return [word for word in (*found, "部门助理") if word not in (*RELATIONS, *FORM, "会签部门", "自选", "总经理")]


def company(size: int = 500) -> Organization:
    """The organisation."""
    departments = [Department(id=1, name="公司", parent=None, leaders=("boss",))]
    people = [Person(userid="boss", name="总", departments=(1,), roles=("总经理",), admin=False)]
    people += [Person(userid="admin", name="管", departments=(1,), admin=True)]
    for post in posts():
        for number in range(1 + (post in TWICE)):
            people.append(Person(userid=f"post-{post}-{number}", name=post, departments=(1,), roles=(post,)))
    for number, name in enumerate(NAMES, start=1):
        departments.append(Department(id=number * 100, name=name, parent=1, leaders=(f"d{number}",)))
        people.append(Person(userid=f"d{number}", name=name, departments=(number * 100,), manager="boss"))
        for group in range(1, 5):
            here, lead = number * 100 + group, f"d{number}g{group}"
            departments.append(Department(id=here, name=f"{name}{group}组", parent=number * 100, leaders=(lead,)))
            people.append(Person(userid=lead, name=lead, departments=(here,), manager=f"d{number}"))
    groups = [(number, group) for number in range(1, len(NAMES) + 1) for group in range(1, 5)]
    for place in range(size - len(people)):
        number, group = groups[place % len(groups)]
        userid = f"d{number}g{group}e{place // len(groups) + 1}"
        lead = f"d{number}g{group}"
        people.append(Person(userid=userid, name=userid, departments=(number * 100 + group,), manager=lead))
    return Organization(people=people, departments=departments)


def above(userid: str) -> list[str]:
    """Who stands above: d1g2e1 -> d1g2, d1, boss."""
    group, head = userid.partition("e")[0], userid.partition("g")[0]
    return [one for one in dict.fromkeys((group, head, "boss")) if one != userid]


def people_of(word: str, applicant: str) -> list[str]:
    """Whom the documents mean by a word, read off the ids."""
    line = above(applicant)
    if word in ("部门主管", "直接主管"):
        return line[:1]
    if word in ("部门经理", "部门负责人"):
        return [next(one for one in line if "g" not in one)]
    if word == "上级领导":
        return [(line[1:] or line)[0]]
    if word == "总经理":
        return ["boss"]
    return [f"post-{word}-{number}" for number in range(1 + (word in TWICE))]


def expected(row: dict[str, Any], applicant: str) -> dict[str, Any]:
    """The steps (kind, mode, people) and cc of one route of the documents for this applicant."""
    steps = [_step(said, applicant) for said in row["steps"]]
    merged = [next(same) for _, same in groupby(steps, key=lambda step: step[2] if len(step[2]) == 1 else id(step))]
    cc: list[str] = []
    for word in row["cc"]:
        if word == "R-CC-1":
            word = "总裁" if "g" not in applicant else "部门助理"
            if word in row["steps"]:  # who decides is not told
                continue
        cc += ["d4g1e1"] if word == "自选" else people_of(word, applicant)
    return {"steps": merged, "cc": cc}


def _step(said: str, applicant: str) -> tuple[str, str, tuple[str, ...]]:
    prefix, _, rest = said.rpartition(":")
    if prefix == "all-of":
        return "approve", "all", tuple(f"d{NAMES.index(name) + 1}" for name in COUNTERSIGN)
    if prefix == "confirm":
        return "confirm", "one", (FORM[rest],)
    people = tuple(dict.fromkeys(one for word in rest.split("|") for one in people_of(word, applicant)))
    return prefix or "approve", "one" if len(people) == 1 else "any", people


def deep_company() -> Organization:
    """500 people as companies really are: six levels of departments, leaders who have left, departments without one or
    with two, managers who have left or are not written down, people in two departments, posts with several holders."""
    departments = [Department(id=1, name="公司", parent=None, leaders=("boss",))]
    people = [Person(userid="boss", name="总", departments=(1,), roles=("总经理", "总裁"))]
    people.append(Person(userid="admin", name="管", departments=(1,), admin=True))
    names = (*NAMES, "财务部", "人事部", "行政部", "法务部", "仓储部", "质量部", "售后部")
    for number, name in enumerate(names, start=1):
        _deepen(number * 1000, name, 1, "boss", departments, people)
    for place, post in enumerate(dict.fromkeys([*posts(), "部门助理"])):
        if post != "总裁":
            homes = [one.id for one in departments[1 + place :: 11]][: 3 if place % 3 == 0 else 1]
            for home in homes:
                people.append(Person(userid=f"post-{post}-{home}", name=post, departments=(home,), roles=(post,)))
    below = [one for one in departments if one.parent is not None]
    for place in range(500 - len(people)):
        here, other = below[place * 7 % len(below)], below[place * 5 % len(below)]
        own = (here.id, other.id) if place % 13 == 0 and other is not here else (here.id,)
        manager = (here.leaders[-1] if here.leaders else None, None, "gone")[min(place % 9, 2) if place % 9 < 3 else 0]
        people.append(Person(userid=f"e{place}", name=f"员工{place}", departments=own, manager=manager))
    return Organization(people=people, departments=departments)


def _deepen(
    number: int, name: str, parent: int, boss: str, departments: list[Department], people: list[Person], depth: int = 1
) -> None:
    """A department with its leaders, and those below it: fewer the deeper they are, five levels at most."""
    lead, kind = f"d{number}", number % 7
    leaders = {3: (f"gone{number}",), 4: (), 5: (lead, f"{lead}b")}.get(kind, (lead,)) if depth > 1 else (lead,)
    departments.append(Department(id=number, name=name, parent=parent, leaders=leaders))
    for userid in leaders:
        if not userid.startswith("gone"):
            people.append(Person(userid=userid, name=f"{name}主管", departments=(number,), manager=boss))
    for child in range(
        1, (0, 4, 3, 2, 2, 1)[depth] if number // 1000 % 3 == 1 and depth < 5 else 3 if depth < 2 else 0
    ):
        below = number + child * 5 ** (4 - depth)
        _deepen(below, f"{name}{child}", number, next(iter(leaders), boss), departments, people, depth + 1)
