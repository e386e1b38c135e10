"""How leave balances are said: on the draft, to approvers, to whoever asks for theirs. Pure."""

from collections.abc import Mapping, Sequence
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


def for_applicant(asked: Asked, label: str, frame: Frame) -> list[str]:
    """年假余额：现有 5 天，这次 2 天，之后 3 天; and what of the rest expires soon."""
    have, wanted, left, short = (
        amount(one, asked.unit, frame) for one in (asked.have, asked.wanted, asked.left, asked.short)
    )
    kind = frame.title(label)
    if not asked.short:
        said = frame.say(
            "{kind}余额：现有 {have}，这次 {wanted}，之后 {left}", kind=kind, have=have, wanted=wanted, left=left
        )
        return [said, *_expiring(asked.expiring, asked.unit, frame, asked.today)]
    if asked.left >= 0:
        return [frame.say("{kind}余额：这次 {wanted}，到请假那天还差 {short}", kind=kind, wanted=wanted, short=short)]
    return [
        frame.say(
            "{kind}余额不够：现有 {have}，这次 {wanted}，还差 {short}", kind=kind, have=have, wanted=wanted, short=short
        )
    ]


def for_approver(asked: Asked, label: str, frame: Frame) -> list[str]:
    """What is left once this is approved."""
    kind = frame.title(label)
    if asked.short:
        return [frame.say("{kind}余额不够，还差 {short}", kind=kind, short=amount(asked.short, asked.unit, frame))]
    return [frame.say("批准后{kind}还剩 {left}", kind=frame.say(label), left=amount(asked.left, asked.unit, frame))]


def _expiring(expiring: Mapping[date, int], unit: str, frame: Frame, today: date) -> list[str]:
    return [
        frame.say(
            "其中 {amount}过了 {day} 作废", amount=amount(left, unit, frame), day=day(when.isoformat(), today.year, frame)
        )
        for when, left in expiring.items()
    ]  # fmt: skip


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


def overview(found: Sequence[Balance], labels: Mapping[str, str], whose: str, frame: Frame, today: date) -> Words:
    """我的余额: each type that has a balance; `whose`: another one's than the reader's own."""
    lines = [_line(one, labels.get(one.type, one.type), frame, today) for one in found]
    if not lines:
        lines = [frame.say("还没有可查的余额：通讯录里没有入职日期，也没有导入过期初余额，请问人事")]
    if whose:
        return frame.title("{who}的假期余额", who=plain(whose, 20)), "\n".join(lines)
    return frame.title("我的假期余额"), "\n".join(lines)


def not_yours(frame: Frame) -> Words:
    """Somebody asks for a colleague's balance."""
    return frame.title("别人的余额"), frame.say("别人的假期余额只有本人、上级和人事能看")


def _line(one: Balance, kind: str, frame: Frame, today: date) -> str:
    granted, taken, waiting, left = (
        amount(part, one.unit, frame) for part in (one.granted, one.taken, one.waiting, one.left)
    )
    if one.left < 0:
        left = frame.say("多请了 {amount}", amount=amount(-one.left, one.unit, frame))
    else:
        left = frame.say("还剩 {amount}", amount=left)
    parts = [left, frame.say("共有 {amount}", amount=granted), frame.say("今年已请 {amount}", amount=taken)]
    parts += [frame.say("审批中 {amount}", amount=waiting)] if one.waiting else []
    parts += _expiring(one.expiring, one.unit, frame, today) if one.left > 0 else []
    return frame.say("- **{kind}**：{balance}", kind=frame.title(plain(kind, 20)), balance=frame.say("，").join(parts))
