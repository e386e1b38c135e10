"""HR's list of what is missing, what is decided there, and what the person hears."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cards.attendance import lacking, on, photos_short, time_of_day
from cards.card import Frame
from cards.escape import plain
from cards.phrases import STATUS, people, title, yuan
from cards.words import Words
from domain.attendance.findings import Finding, State
from domain.people import Organization

_STATE: Final[Mapping[State, str]] = {
    "open": "待处理", "confirmed": "已确认", "excused": "已免除", "settled": "已补办", "waiting": "待补卡",
}  # fmt: skip
_NAMES: Final = 5  # of the newest, in the day's message
_HOW: Final = "处理：**确认 1 2** · **免除 3 理由**；只看一位同事：**考勤异常 姓名**。只免除一条时，理由会发给本人。"


def digest(new: Sequence[Finding], total: int, frame: Frame) -> Words:
    """Once a day: how many wait for HR, and whose are new."""
    told = [frame.count("待处理的考勤异常 {n} 条。", total)]
    if new:
        names = people(tuple(dict.fromkeys(one.person for one in new))[:_NAMES], frame)
        told.append(frame.count("今天新增 {n} 条：{names}。", len(new), names=names))
    return frame.say("考勤异常"), frame.joined(*told, frame.say("说“考勤异常”逐条查看。"))


def listing(
    found: Sequence[Finding], organization: Organization, today: date, frame: Frame, *, first: int = 1, more: int = 0
) -> Words:  # fmt: skip
    """A page of the list, numbered on from `first`; `more` come after it."""
    name = frame.say("考勤异常")
    if not found:
        return name, frame.say("没有待处理的考勤异常。" if first == 1 else "没有更多了。")
    lines = [f"{place}. {line(one, organization, today, frame)}" for place, one in enumerate(found, start=first)]
    if more:
        lines.append("\n" + frame.count("还有 {n} 条，说“考勤异常 下一页”。", more))
    return name, "\n".join([*lines, "", frame.say(_HOW)])


def line(one: Finding, organization: Organization, today: date, frame: Frame) -> str:
    """李想（品牌组） 9月14日（周一）：缺上班卡（08:30 前）；QJ-… 请假 已驳回；建议罚款 100 元."""
    person = organization.find(one.person)
    places = [
        place.name for number in (person.departments if person else ()) if (place := organization.department(number))
    ]
    who = people((one.person,), frame)
    who = frame.say("{who}（{place}）", who=who, place=plain(places[0], 20)) if places else who
    parts = [_what(one, frame)]
    if one.evidence.punches:
        punched = frame.listed(time_of_day(edge.at, frame) for edge in one.evidence.punches)
        parts.append(frame.say("当天打过卡：{times}", times=punched))
    for case in one.evidence.cases:
        told = {"number": case.number, "title": title(case.title, frame), "state": frame.say(STATUS[case.status])}
        parts.append(frame.say("{number} {title} {state}", **told))
    if one.yuan:
        parts.append(frame.say("建议罚款 {sum}", sum=yuan(one.yuan, frame)))
    if one.state != "open":
        parts.append(_decided(one, frame))
    said = frame.say("；").join(parts)
    return frame.say("{who} {day}：{what}", who=who, day=on(one.day, today, frame), what=said)


def results(lines: Sequence[tuple[int, str]], frame: Frame) -> Words:
    """To HR: what became of each place."""
    return frame.say("考勤异常"), "\n".join(f"- {place}：{said}" for place, said in lines)


def result(one: Finding, today: date, frame: Frame) -> str:
    """李想 9月14日（周一） 已确认."""
    said = "{who} {day} {state}"
    told = frame.say(
        said, who=people((one.person,), frame), day=on(one.day, today, frame), state=frame.say(_STATE[one.state])
    )
    return frame.say("{told}，罚款 {sum}", told=told, sum=yuan(one.yuan, frame)) if _fined(one) else told


def reason_missing(frame: Frame) -> Words:
    """Nothing is excused without a reason."""
    return frame.say("考勤异常"), frame.say("免除要写理由，比如“免除 3 设备故障”。")


def told_person(one: Finding, today: date, frame: Frame, quoted: bool) -> Words:
    """To the person, in private: what HR has decided; `quoted`: in which words."""
    about = {"day": on(one.day, today, frame), "what": _what(one, frame)}
    if one.state == "excused":
        said = frame.say("{day}{what}，人事已核实，不作旷工或罚款处理。", **about)
    else:
        said = frame.say("{day}{what}，人事已确认这条记录。", **about)
        if _fined(one):
            said = frame.joined(said, frame.say("按公司制度罚款 {sum}。", sum=yuan(one.yuan, frame)))
    quote = f"\n\n> {plain(one.words)}" if one.words and quoted else ""
    ask = "\n\n" + frame.say("有疑问可以找{who}。", who=people((one.decided_by,), frame))
    return frame.say("考勤记录"), f"{said}{quote}{ask}"


def _what(one: Finding, frame: Frame) -> str:
    if one.kind == "absence":
        return frame.say("缺{punches}", punches=lacking(one.evidence, frame))
    unmet = frame.listed(
        photos_short(plain(at.place, 40), at.came, at.asked, frame) for at in one.evidence.unmet if at.place
    )
    return frame.say("外出没有签到（{places}）", places=unmet) if unmet else frame.say("外出没有签到")


def _decided(one: Finding, frame: Frame) -> str:
    state = frame.say(_STATE[one.state])
    if one.decided_by:
        return frame.say("{who} {state}", who=people((one.decided_by,), frame), state=state)
    return f"{state} {one.case}".strip()


def _fined(one: Finding) -> bool:
    return one.state == "confirmed" and one.yuan > 0
