"""What people hear about punches, check-ins and who is away. Each function gives (title, Markdown)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, people
from cards.words import Words
from domain.approvals.flow import Limit
from domain.attendance.findings import Evidence
from domain.attendance.presence import Away, AwayKind
from domain.attendance.punches import PunchKind

_PUNCH: Final[Mapping[PunchKind, str]] = {"in": "上班卡", "out": "下班卡"}
REASONS: Final = ("忘记打卡", "设备或网络故障", "在外办事")
OTHER: Final = "其他原因"
_AWAY: Final[Mapping[AwayKind, str]] = {
    "trip": "出差",
    "outing": "外出",
}  # of everything else it is only said that it is
_TIMES_LEFT: Final = {
    "week": "本周还可以补 {n} 次。",
    "month": "本月还可以补 {n} 次。",
    "year": "今年还可以补 {n} 次。",
}
_NONE_LEFT: Final = {
    "week": "本周补卡次数已用完，请找人事说明情况。",
    "month": "本月补卡次数已用完，请找人事说明情况。",
    "year": "今年补卡次数已用完，请找人事说明情况。",
}


def time_of_day(moment: datetime, frame: Frame) -> str:
    """08:30, in the office's zone."""
    return f"{moment.astimezone(frame.zone):%H:%M}"


def punch_due(kind: PunchKind, at: datetime, frame: Frame) -> Words:
    """Clock in, or out: the same words for all who do it at the same time (R-ATT-2)."""
    said = "{time} 上班，请记得打卡。" if kind == "in" else "{time} 下班，走之前请记得打卡。"
    title = frame.say("上班打卡" if kind == "in" else "下班打卡")
    return title, frame.say(said, time=time_of_day(at, frame))


def missed(when: date, evidence: Evidence, left: tuple[Limit, int] | None, last: date, frame: Frame) -> Words:
    """Which punches are missing, how often that can be put right still, and until when (R-ATT-4). `left`: the limit
    that is nearest, and how many it leaves."""
    told = [frame.say("{day}缺{punches}。", day=on(when, when, frame), punches=lacking(evidence, frame))]
    if left is not None and left[1] <= 0:
        return frame.say("缺卡提醒"), "\n\n".join([*told, frame.say(_NONE_LEFT[left[0].per])])
    until = frame.say("最晚 {day}提交补卡，过期没有补的按旷工处理。", day=on(last, when, frame))
    told.append(frame.joined(frame.say(_TIMES_LEFT[left[0].per], n=left[1]) if left is not None else "", until))
    return frame.say("缺卡提醒"), "\n\n".join([*told, frame.say("点一下原因，补卡申请就提交了：")])


def missed_without_form(when: date, evidence: Evidence, last: date, frame: Frame) -> Words:
    """The same in a company where corrections are not asked for by a form."""
    said = "{day}缺{punches}。最晚 {last}找人事说明情况，过期按旷工处理。"
    told = {"day": on(when, when, frame), "punches": lacking(evidence, frame), "last": on(last, when, frame)}
    return frame.say("缺卡提醒"), frame.say(said, **told)


def lacking(evidence: Evidence, frame: Frame) -> str:
    """上班卡（08:30 前）、下班卡（18:00 后）."""
    said = {"in": "{punch}（{time} 前）", "out": "{punch}（{time} 后）"}
    return frame.listed(
        frame.say(said[edge.kind], punch=frame.say(_PUNCH[edge.kind]), time=time_of_day(edge.at, frame))
        for edge in evidence.edges
    )


def on(when: date, near: date, frame: Frame) -> str:
    """9月14日（周一）."""
    return day(when.isoformat(), near.year, frame)


def correction_filed(number: str, frame: Frame) -> str:
    """Under the card, once the correction is on its way."""
    return frame.say("补卡申请已提交：{number}", number=number)


def nothing_missing(frame: Frame) -> str:
    """Under the card, when it has been put right meanwhile."""
    return frame.say("这次缺卡已经处理过了，不用再补。")


def too_late(frame: Frame) -> str:
    """Under the card, after its last day (R-CORR-2)."""
    return frame.say("已过补卡的最后期限，请找人事说明情况。")


def correction_begun(frame: Frame) -> str:
    """Under the card, when the reason will be told in words."""
    return frame.say("好的，请在下面说明原因。")


def checkin_due(place: str, customers: Mapping[str, Sequence[str]], frame: Frame) -> Words:
    """Whoever is out has not checked in yet; of planned visits with the photos that each asks for (R-CHK-1, -3)."""
    title = frame.say("签到提醒")
    if not customers:
        where = frame.say("到{place}以后", place=plain(place, 30)) if place else frame.say("到目的地以后")
        return title, frame.say("今天外出还没有签到，{where}请在钉钉里签到一次，写一句说明并拍照。", where=where)
    lines = []
    for name, photos in customers.items():
        asked = frame.say("（拍：{photos}）", photos=frame.listed(plain(one, 20) for one in photos))
        lines.append(f"- {plain(name, 30)}{asked if photos else ''}")
    return title, "\n".join([frame.say("今天计划拜访的客户还没有签到："), "", *lines])


def photos_short(place: str, came: int, asked: int, frame: Frame) -> str:
    """永辉超市（照片 1/3）: where somebody did not check in, or with too few photos."""
    return frame.say("{place}（照片 {came}/{asked}）", place=place, came=came, asked=asked) if asked and came else place


def away_today(absences: Iterable[Away], today: date, frame: Frame) -> Words:
    """For a group: who is not here today, until when; no types of leave, reasons, places (R-NOTE-1, R-SUM-3)."""
    lines = []
    for one in absences:
        how = frame.say(_AWAY.get(one.kind, "不在"))
        said = "{who}：{how}，{span}"
        lines.append("- " + frame.say(said, who=people((one.person,), frame), how=how, span=_span(one, today, frame)))
    first = frame.say("今天 {day}不在的同事：", day=on(today, today, frame))
    return frame.say("今天不在的同事"), "\n".join([first, "", *lines])


def _span(away: Away, today: date, frame: Frame) -> str:
    start, end = away.start.astimezone(frame.zone), away.end.astimezone(frame.zone)
    begins = f"{start:%H:%M}" if start.date() == today and (start.hour, start.minute) != (0, 0) else ""
    if end.date() > today and not (end.hour == end.minute == 0 and (end.date() - today).days == 1):
        last = end.date() if end.hour or end.minute else date.fromordinal(end.date().toordinal() - 1)
        until = frame.say("到 {when}", when=on(last, today, frame))
    else:
        until = frame.say("到 {when}", when=f"{end:%H:%M}") if end.date() == today else ""
    begins = frame.say("{time} 起", time=begins) if begins else ""
    return frame.say("，").join(filter(None, (begins, until))) or frame.say("全天")
