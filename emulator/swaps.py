"""Approved swaps of shifts, written back by bots: they show in the schedule, and cannot be undone (contract 7.3)."""

from datetime import date

from aiohttp import web

from emulator import moments
from emulator.answers import No, old_missing, old_no, old_wrong
from emulator.fields import Body, Fields
from emulator.legacy import answered, needed, present
from emulator.platform import Call, Handler, Platform
from emulator.schedule import Schedule

_ID_LENGTH = 100
_SHIFTS = ("apply_shift_id", "target_shift_id", "reback_apply_shift_id", "reback_target_shift_id")


class Swaps:
    """What was approved, by its approve_id: the same once more is no second swap."""

    def __init__(self, platform: Platform, schedule: Schedule) -> None:
        self._platform, self._schedule = platform, schedule
        self.reset()

    def reset(self) -> None:
        """None."""
        self._kept: dict[str, Body] = {}

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface: people have their swaps approved elsewhere."""
        return {}

    def add(self, app: web.Application) -> None:
        """The platform's call."""
        app.router.add_post("/topapi/attendance/approve/schedule/switch", self._platform.legacy(self._switch))

    async def _switch(self, call: Call) -> web.Response:
        asked = Fields(call.body, old_wrong)
        names = ("userid", "apply_userid", "target_userid", "switch_date", "approve_id")
        said = {name: needed(asked, name) for name in names} | {"reback_date": asked.text("reback_date")}
        numbers = {name: asked.whole(name) for name in _SHIFTS}
        if len(said["approve_id"]) > _ID_LENGTH:
            raise old_wrong("approve_id")
        before = self._kept.get(said["approve_id"])
        if before is not None:
            if before != said | numbers:
                raise _no("审批单已经换班")
            return answered()
        for one, other in self._pairs(asked, said):
            self._schedule.exchange(one, other)
        self._kept[said["approve_id"]] = said | numbers
        return answered()

    def _pairs(self, asked: Fields, said: dict[str, str]) -> list[tuple[tuple[str, date], tuple[str, date]]]:
        """What changes places: two people on the day, and on the day of return; or two days of one person."""
        applicant, other = said["apply_userid"], said["target_userid"]
        for userid in (said["userid"], applicant, other):
            if userid not in self._platform.organization.users:
                raise old_no(60121, "找不到该用户")
        if not (self._schedule.in_rota(applicant) and self._schedule.in_rota(other)):
            raise _no("仅支持排班制考勤组用户")
        day = self._checked(asked, said, "switch_date", _SHIFTS[:2])
        if not said["reback_date"]:
            if applicant == other:
                raise old_missing("reback_date")
            return [((applicant, day), (other, day))]
        back = self._checked(asked, said, "reback_date", _SHIFTS[2:])
        if back == day:
            raise old_wrong("reback_date")
        if applicant == other:
            return [((applicant, day), (applicant, back))]
        return [((applicant, when), (other, when)) for when in (day, back)]

    def _checked(self, asked: Fields, said: dict[str, str], name: str, shifts: tuple[str, ...]) -> date:
        """A day on which both have a schedule, which is as the call says."""
        present(asked, *shifts)
        try:
            day = moments.day(moments.read(said[name]))
        except ValueError:
            raise old_wrong(name) from None
        for userid, shift in zip((said["apply_userid"], said["target_userid"]), shifts, strict=True):
            if not self._schedule.covers(userid, day):
                raise _no("当天必须有排班或排休")
            due = self._schedule.shift(userid, day)
            if asked.whole(shift) != (due.number if due else 0):
                raise old_wrong(shift)
        return day


def _no(why: str) -> No:
    return old_no(400002, f"参数错误：{why}")
