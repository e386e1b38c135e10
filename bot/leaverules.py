"""The [[leave]] tables of the configuration as the domain's rules."""

from collections.abc import Callable, Iterable, Mapping

from bot.config import ConfigError, Leave
from bot.mistakes import near, path
from domain.approvals.flow import Flow
from domain.leave.rules import STATUTORY, Grant, LeaveRule
from usecases.values import KINDS


def rules(
    tables: Iterable[Leave], flows: Mapping[str, Flow], place: Callable[..., str] = lambda *where: path(where)
) -> Mapping[str, LeaveRule]:
    """By type; without any table annual leave by the statute, comp time for overtime. Raises ConfigError, also for a
    type that the leave form does not offer; `place` says where a key stands."""
    found: dict[str, LeaveRule] = {}
    flow = flows.get(KINDS["leave"])
    offered = next((field.options for field in flow.fields if field.id == "leave_type"), {}) if flow else {}
    for n, table in enumerate(tables):
        where = place("leave", n, "type")
        if offered and table.type not in offered:
            known = "、".join(f"{key} {label}" for key, label in offered.items())
            raise ConfigError([f"{where}：请假单里没有 {table.type}（有：{known}）{near(table.type, offered)}"])
        if table.type in found:
            raise ConfigError([f"{where}：假期 {table.type} 写了两次，请合成一段"])
        found[table.type] = _rule(table)
    return found or {rule.type: rule for rule in STATUTORY}


def _rule(table: Leave) -> LeaveRule:
    counts = LeaveRule(type=table.type, unit=table.unit, hours_a_day=table.hours_a_day)
    month, _, day = table.carry_until.partition("-")
    return LeaveRule(
        type=table.type, unit=table.unit, monthly=table.monthly, pro_rata=table.pro_rata, short=table.short,
        grant=tuple(Grant(years=one.years, amount=counts.amount(days=one.days)) for one in table.grant),
        carry_over=None if table.carry_over == "all" else counts.amount(days=float(table.carry_over)),
        carry_until=(int(month), int(day)), hours_a_day=table.hours_a_day,
        comp_ratio=table.comp_ratio, comp_days=table.comp_days,
    )  # fmt: skip
