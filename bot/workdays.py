"""The company's days and its attendance, as config.toml has them."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.mistakes import near
from bot.section import Section
from domain.attendance.rules import HR, ROBOTICS, AttendanceRules, Visit


def _day(said: object) -> object:
    try:
        return said if isinstance(said, date) else date.fromisoformat(str(said))
    except ValueError:
        raise PydanticCustomError("day", "没有 {said} 这一天，要写成 2026-10-10 的样子", {"said": said}) from None


Day = Annotated[date, BeforeValidator(_day)]


class Calendar(Section):
    """The company's own days, over those of the state (R-WORK-1)."""

    work: list[Day] = Field(default_factory=list)
    rest: list[Day] = Field(default_factory=list)

    @field_validator("rest")
    @classmethod
    def _either(cls, rest: list[date], fields: ValidationInfo) -> list[date]:
        for day in rest:
            if day in fields.data.get("work", ()):
                raise PydanticCustomError("both", "{day} 既写在 work 里又写在 rest 里", {"day": day.isoformat()})
        return rest

    @property
    def company(self) -> dict[date, bool]:
        """The days of both lists: True where one works."""
        return dict.fromkeys(self.rest, False) | dict.fromkeys(self.work, True)


class Photos(Section):
    """What a visit to customers of this type has to show (R-CHK-3)."""

    type: str = Field(min_length=1)  # a word of the customer's name
    photos: tuple[str, ...] = Field(min_length=1)


class Attendance(Section):
    """What is read from the platform's attendance, what it is told of approved cases; reminders, HR's list, check-ins,
    fines."""

    operator: str = ""  # userid of whoever reads the schedule; "" is the first administrator
    write_back: bool = True  # tell it of approved leave, trips, outings, overtime, corrections, swaps
    overtime: Literal["time_off", "pay"] = "time_off"  # what overtime is exchanged for there
    link: str = Field(default="https://www.dingtalk.com/", max_length=200)  # what opens at an approval there
    before_minutes: int = Field(default=15, ge=0, le=240)
    hr: tuple[str, ...] = HR  # the roles whose holders decide about what is missing
    checkins: bool = False  # whether who is out has to check in; of the pack robotics it is, where nothing is said
    fines: dict[str, int] = Field(
        default_factory=dict
    )  # yuan; of the pack robotics those of its rules, where nothing is said
    visits: tuple[Photos, ...] = ()

    @field_validator("fines")
    @classmethod
    def _named(cls, fines: dict[str, int]) -> dict[str, int]:
        known = f"，可以写：{'、'.join(ROBOTICS)}"
        if strange := [name for name in fines if name not in ROBOTICS]:
            raise ValueError(f"没有 {strange[0]} 这一种{near(strange[0], ROBOTICS) or known}")
        if min(fines.values(), default=0) < 0:
            raise ValueError("罚款不能小于 0")
        return fines

    def rules(self, pack: str) -> AttendanceRules:
        """As the office keeps them; `pack` is the one that the company has picked."""
        said, robotics = self.model_fields_set, pack == "robotics"
        return AttendanceRules(
            before=timedelta(minutes=self.before_minutes),
            hr=self.hr,
            checkins=self.checkins if "checkins" in said else robotics,
            fines=self.fines if "fines" in said or not robotics else ROBOTICS,
            visits=tuple(Visit(type=one.type, photos=one.photos) for one in self.visits),
        )
