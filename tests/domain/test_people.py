"""Looking people and departments up."""

from dataclasses import replace

import pytest

from domain.errors import UnknownPerson
from domain.people import Department, Organization
from tests.domain.company import COMPANY, DEPARTMENTS, PEOPLE


def test_somebody_who_is_not_there_is_refused_or_none() -> None:
    assert COMPANY.person("ann").name == "安妮"
    assert COMPANY.find("gone") is None
    with pytest.raises(UnknownPerson) as refusal:
        COMPANY.person("gone")
    assert refusal.value.userid == "gone"


def test_roles_and_names_find_everybody_who_has_them() -> None:
    assert [person.userid for person in COMPANY.holders("人事专员")] == ["clerk1", "clerk2"]
    assert COMPANY.holders("总裁") == ()
    twin = replace(PEOPLE[3], userid="anne")
    both = Organization(people=(twin, *PEOPLE), departments=DEPARTMENTS)
    assert [person.userid for person in both.named("安妮")] == ["ann", "anne"]


def test_a_leader_who_has_left_counts_as_none() -> None:
    buying = COMPANY.department_named("采购部")
    assert buying is not None
    assert [person.userid for person in COMPANY.leaders(buying)] == ["buyer"]


def test_the_chain_ends_at_the_root_and_a_circle_does_not_go_round_for_ever() -> None:
    assert [one.name for one in COMPANY.chain(11)] == ["品牌组", "市场部", "晨星公司"]
    assert [one.name for one in COMPANY.from_first_level(11)] == ["市场部", "晨星公司"]
    assert [one.name for one in COMPANY.from_first_level(1)] == ["晨星公司"]
    circle = Organization(
        people=(), departments=(Department(id=2, name="甲", parent=3), Department(id=3, name="乙", parent=2))
    )
    assert [one.id for one in circle.chain(2)] == [2, 3]


def test_of_departments_with_one_name_the_one_nearest_to_the_root_is_meant() -> None:
    deep, near = Department(id=2, name="销售组", parent=10), Department(id=99, name="销售组", parent=1)
    company = Organization(people=PEOPLE, departments=(*DEPARTMENTS, deep, near))
    assert company.department_named("销售组") == near


def test_what_somebody_leads_is_told_by_departments_and_by_people() -> None:
    said_by_person = replace(PEOPLE[4], leads=(12,))
    company = Organization(people=(said_by_person, *PEOPLE[:4]), departments=DEPARTMENTS)
    assert [one.name for one in company.led_by("cheng")] == ["渠道组"]
    assert [one.name for one in company.led_by("brand")] == ["品牌组"]
    assert company.led_by("ann") == ()


def test_the_version_changes_with_the_content_and_only_with_it() -> None:
    again = Organization(people=reversed(PEOPLE), departments=reversed(DEPARTMENTS))
    assert again.version == COMPANY.version
    promoted = replace(PEOPLE[3], title="组长")
    people = [promoted if person.userid == "ann" else person for person in PEOPLE]
    assert Organization(people=people, departments=DEPARTMENTS).version != COMPANY.version


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        COMPANY.people["new"] = PEOPLE[0]  # type: ignore[index]
