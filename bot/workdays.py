"""The company's days and its attendance, as config.toml has them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.section import Section


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


class Attendance(Section):
    """What is read from the platform's attendance, and what it is told of approved cases."""

    operator: str = ""  # userid of whoever reads the schedule; "" is the first administrator
    write_back: bool = True  # tell it of approved leave, trips, outings, overtime, corrections, swaps
    overtime: Literal["time_off", "pay"] = "time_off"  # what overtime is exchanged for there
    link: str = Field(default="https://www.dingtalk.com/", max_length=200)  # what opens at an approval there
