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
