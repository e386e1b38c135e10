"""The sample company has everybody whom the flows and the scenarios need."""

from bot import organizationfile
from bot.chat import SAMPLE
from tests.flows.generated import RELATIONS, ROUTES
from tests.flows.test_commands import COMPANY

COMPANY_NOW = organizationfile.load(SAMPLE)


def test_every_post_of_the_matrix_is_held() -> None:
    rows = [row for row in ROUTES if row["pack"] == "matrix"]
    words = {word.rpartition(":")[2] for row in rows for word in (*row["steps"], *row["cc"])}
    assert not [word for word in words.difference(RELATIONS) if not COMPANY_NOW.holders(word)]
    assert len(COMPANY_NOW.holders("人事专员")) == 2
    assert COMPANY_NOW.department_named("采购部")


def test_departments_are_nested_and_one_has_no_leader() -> None:
    depths = {len(COMPANY_NOW.chain(department.id)) for department in COMPANY_NOW.departments.values()}
    assert depths == {1, 2, 3}
    led = {len(COMPANY_NOW.chain(one.id)) for one in COMPANY_NOW.departments.values() if one.leaders}
    assert led == {1, 2, 3}
    leaderless = [one for one in COMPANY_NOW.departments.values() if not one.leaders]
    assert any(one.id in person.departments for one in leaderless for person in COMPANY_NOW.people.values())


def test_somebody_works_in_two_departments_and_somebody_administers() -> None:
    assert any(len(person.departments) > 1 for person in COMPANY_NOW.people.values())
    assert COMPANY_NOW.admins


def test_the_file_agrees_with_itself() -> None:
    users = {user["userid"]: user for user in COMPANY["users"]}
    numbers = {department["dept_id"] for department in COMPANY["departments"]}
    for user in users.values():
        assert set(user["dept_id_list"]) <= numbers
        assert user["manager_userid"] in ("", *users)
    for department in COMPANY["departments"]:
        assert department["parent_id"] in (None, *numbers)
        assert set(department["dept_manager_userid_list"]) <= set(users)
    for group in COMPANY["groups"]:
        assert group["owner"] in group["members"]
        assert set(group["members"]) <= set(users)
    titles = {group["title"] for group in COMPANY["groups"]}
    assert len(titles & {department["name"] for department in COMPANY["departments"]}) >= 2
    assert len(COMPANY["apps"]) == 1
