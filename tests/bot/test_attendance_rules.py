"""What [attendance] says, and what the pack robotics says where it is silent (R-CHK-2, R-FINE-1)."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from bot.workdays import Attendance
from domain.attendance.rules import ROBOTICS, Visit


def test_robotics_has_check_ins_and_fines_where_nothing_is_said() -> None:
    rules = Attendance().rules("robotics")
    assert (rules.checkins, rules.fines) == (True, ROBOTICS)
    assert (Attendance().rules("matrix").checkins, Attendance().rules("matrix").fines) == (False, {})


def test_what_the_company_says_counts() -> None:
    said = Attendance.model_validate(
        {
            "before_minutes": 10, "checkins": False, "fines": {"approval": 50}, "hr": ["人事"],
            "visits": [{"type": "超市", "photos": ["店招"]}],
        }
    ).rules("robotics")  # fmt: skip
    assert (said.before, said.checkins, said.fines) == (timedelta(minutes=10), False, {"approval": 50})
    assert (said.hr, said.visits) == (("人事",), (Visit(type="超市", photos=("店招",)),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"fines": {"aproval": 50}},
        {"fines": {"approval": -1}},
        {"before_minutes": -1},
        {"visits": [{"type": "超市", "photos": []}]},
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Attendance.model_validate(wrong)
