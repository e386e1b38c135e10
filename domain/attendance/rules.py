"""What a company decides about attendance: reminders, who looks after what is missing, check-ins, fines. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from domain.people import Organization

Fault = Literal["approval", "checkin"]
ROBOTICS: Final[Mapping[str, int]] = {"manager_approval": 200, "manager_checkin": 50, "approval": 100, "checkin": 20}
HR: Final = ("人事专员", "人事经理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How the platform's attendance is used: who reads it (`operator`, a userid; "": the first administrator), whether
    it is told of approved cases, what overtime is exchanged for there, and the page that an approval opens there."""

    operator: str = ""
    write_back: bool = False
    overtime: Literal["time_off", "pay"] = "time_off"
    link: str = "https://www.dingtalk.com/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Customers of this `type` (a word of their name) are visited with these photos (R-CHK-3)."""

    type: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRules:
    """`before`: so long before the shift the reminder comes (R-ATT-2). `hr`: the roles whose holders decide about what
    is missing. `checkins`: whether who is out has to check in (R-CHK-1). `fines`: yuan by fault, `approval` and
    `checkin`, with `manager_` before it for who leads a department; a fault that is not named costs nothing (R-FINE-1).
    """

    before: timedelta = timedelta(minutes=15)
    hr: tuple[str, ...] = HR
    checkins: bool = False
    fines: Mapping[str, int] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()

    def fine(self, person: str, fault: Fault, organization: Organization) -> int:
        """What is proposed for this fault, in yuan."""
        manages = bool(organization.led_by(person))
        return self.fines.get(f"manager_{fault}" if manages else fault, 0)

    def staff(self, organization: Organization) -> tuple[str, ...]:
        """Who looks after the list; where nobody holds these roles, the administrators."""
        holders = dict.fromkeys(one.userid for role in self.hr for one in organization.holders(role))
        return tuple(holders) or tuple(one.userid for one in organization.admins)

    def may_decide(self, by: str, organization: Organization) -> bool:
        """Whether this person sees and decides what is missing: HR and administrators, as long as they are there."""
        known = organization.find(by)
        return known is not None and (known.admin or by in self.staff(organization))

    def photos(self, customer: str) -> tuple[str, ...]:
        """The photos that a visit to this customer needs, by what they show."""
        return next((one.photos for one in self.visits if one.type in customer), ())
