"""How leave balances are said: on the draft, to approvers, to whoever asks for theirs. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, days, number
from cards.words import Words
from domain.leave.errors import LeaveShort
from domain.leave.standing import Asked, Balance

_THOUSANDTHS: Final = 1000
_HALF: Final = 500


def amount(thousandths: int, unit: str, frame: Frame) -> str:
    """1.5 天, 4 小时."""
    said = round(thousandths / _THOUSANDTHS, 2)
    if unit == "day":
        return days(said, frame)
    return frame.count("{hours} 小时", 1 if said == 1 else 2, hours=number(said))


def for_applicant(asked: Asked, label: str, frame: Frame) -> str:
    """年假余额：现有 5 天，这次 2 天，之后 3 天; and when the rest expires, if that is soon."""
    have, wanted, left, short = (
        amount(one, asked.unit, frame) for one in (asked.have, asked.wanted, asked.left, asked.short)
    )
    kind = frame.title(label)
    if not asked.short:
        said = "{kind}余额：现有 {have}，这次 {wanted}，之后 {left}"
        stands = frame.say(said, kind=kind, have=have, wanted=wanted, left=left)
        ends = _expiring(asked.expiring, asked.left, asked.unit, frame, asked.today)
        return frame.say("，").join((stands, *ends))
    if asked.left >= 0:
        return frame.say("{kind}余额：这次 {wanted}，到请假那天还差 {short}", kind=kind, wanted=wanted, short=short)
    said = "{kind}余额不够：现有 {have}，这次 {wanted}，还差 {short}"
    return frame.say(said, kind=kind, have=have, wanted=wanted, short=short)


def for_approver(asked: Asked, label: str, frame: Frame) -> str:
    """What is left once this is approved."""
    if asked.short:
        short = amount(asked.short, asked.unit, frame)
        return frame.say("{kind}余额不够，还差 {short}", kind=frame.title(label), short=short)
    return frame.title("批准后{kind}还剩 {left}", kind=frame.say(label), left=amount(asked.left, asked.unit, frame))


def _expiring(expiring: Mapping[date, int], left: int, unit: str, frame: Frame, today: date) -> list[str]:
    """What of the rest expires soon; where it is all of it, only when."""
    said: list[str] = []
    for when, part in expiring.items():
        last = day(when.isoformat(), today.year, frame)
        if part >= left:
            said.append(frame.say("过了 {day} 作废", day=last))
        else:
            said.append(frame.say("其中 {amount}过了 {day} 作废", amount=amount(part, unit, frame), day=last))
    return said if left > 0 else []


def short(error: LeaveShort, frame: Frame) -> str:
    """年假只剩 1.5 天，这次要 2 天。可以改成 1.5 天，或另请事假."""
    kind, wanted = frame.say(error.label), amount(error.wanted, error.unit, frame)
    fits = error.left // _HALF * _HALF
    other = frame.say("另请{other}", other=frame.say(error.other)) if error.other else frame.say("改个日期")
    if fits <= 0:
        return frame.say(
            "没有提交：{kind}已经没有了，这次要 {wanted}。可以{other}", kind=kind, wanted=wanted, other=other
        )
    return frame.say(
        "没有提交：{kind}只剩 {left}，这次要 {wanted}。可以改成 {fits}，或{other}", kind=kind, wanted=wanted, other=other,
        left=amount(error.left, error.unit, frame), fits=amount(fits, error.unit, frame),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Days of a type that has no balance, in this year."""

    label: str
    approved: float
    waiting: float


def overview(
    found: Sequence[Balance], others: Sequence[Taken], labels: Mapping[str, str], unknown: Sequence[str], whose: str,
    frame: Frame, today: date,
) -> Words:  # fmt: skip
    """我的余额: each type that has a balance, then what was taken of others. `unknown`: the types whose balance nobody can
    tell; `whose`: another one's than the reader's own."""
    lines = [_line(one, labels.get(one.type, one.type), frame, today) for one in found]
    lines += [_taken(one, frame) for one in others]
    if unknown:
        kinds = frame.listed(frame.say(one) for one in unknown)
        said = "{kinds}还剩多少算不出来：通讯录里没有入职日期，也没有导入过期初余额，请问人事"
        lines += ["", frame.say(said, kinds=kinds)]
    if not others and not found:
        lines = [frame.say("今年还没有请过假"), *lines]
    if whose:
        return frame.title("{who}的假期余额", who=plain(whose, 20)), "\n".join(lines)
    return frame.title("我的假期余额"), "\n".join(lines)


def _taken(one: Taken, frame: Frame) -> str:
    parts = [frame.say("今年已请 {amount}", amount=days(one.approved, frame))]
    parts += [frame.say("审批中 {amount}", amount=days(one.waiting, frame))] if one.waiting else []
    return _item(one.label, parts, frame)


def _item(label: str, parts: Sequence[str], frame: Frame) -> str:
    return frame.say("- **{kind}**：{balance}", kind=frame.title(plain(label, 20)), balance=frame.say("，").join(parts))


def not_yours(frame: Frame) -> Words:
    """Somebody asks for a colleague's balance."""
    return frame.title("别人的余额"), frame.say("别人的假期余额只有本人、上级和人事能看")


def _line(one: Balance, label: str, frame: Frame, today: date) -> str:
    granted, taken, waiting, left = (
        amount(part, one.unit, frame) for part in (one.granted, one.taken, one.waiting, one.left)
    )
    parts = [frame.say("共有 {amount}", amount=granted), frame.say("今年已请 {amount}", amount=taken)]
    parts += [frame.say("审批中 {amount}", amount=waiting)] if one.waiting else []
    if one.left < 0:
        parts.append(frame.say("多请了 {amount}", amount=amount(-one.left, one.unit, frame)))
    else:
        parts += [frame.say("还剩 {amount}", amount=left), *_expiring(one.expiring, one.left, one.unit, frame, today)]
    return _item(label, parts, frame)
