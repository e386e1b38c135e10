"""Who decides about what is missing, what it costs, and which groups hear of whom (R-FINE-1, R-NOTE-1)."""

from domain.attendance.rules import ROBOTICS, AttendanceRules
from domain.groups import Group, groups_of
from domain.people import Organization, Person
from tests.domain.company import COMPANY


def test_a_fault_costs_a_manager_more_and_nothing_where_nobody_says_so() -> None:
    rules = AttendanceRules(fines=ROBOTICS)
    assert [rules.fine("market", one, COMPANY) for one in ("approval", "checkin")] == [200, 50]
    assert [rules.fine("ann", one, COMPANY) for one in ("approval", "checkin")] == [100, 20]
    assert AttendanceRules().fine("ann", "approval", COMPANY) == 0


def test_hr_and_administrators_decide_and_nobody_else() -> None:
    rules = AttendanceRules()
    assert [one for one in COMPANY.people if rules.may_decide(one, COMPANY)] == ["hr", "clerk1", "clerk2", "admin"]
    assert not rules.may_decide("gone", COMPANY)


def test_where_nobody_is_hr_the_administrators_are() -> None:
    small = Organization(
        people=[Person(userid="a", name="甲", admin=True), Person(userid="b", name="乙")], departments=[]
    )
    assert AttendanceRules().staff(small) == ("a",)


def test_of_managers_the_managers_group_hears_and_their_own_where_it_wishes() -> None:
    managers, own = Group(id="m", managers=True), Group(id="d", department="市场部")
    head, employee = COMPANY.person("market"), COMPANY.person("ann")
    assert groups_of(head, (managers, own), COMPANY) == (managers,)
    assert groups_of(employee, (managers, own), COMPANY) == (own,)
    curious = Group(id="d", department="市场部", own_managers=True)
    assert groups_of(head, (managers, curious), COMPANY) == (managers, curious)
    assert groups_of(head, (), COMPANY) == ()
