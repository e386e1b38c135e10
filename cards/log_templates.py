"""The templates of logs (日志) of a company that has none of its own in its configuration."""

from typing import Final

from domain.logs import Template

USUAL: Final[tuple[Template, ...]] = (
    Template(name="日报", kind="day", questions=("今日完成", "遇到的问题", "明日计划")),
    Template(name="周报", kind="week", questions=("本周完成", "遇到的问题", "下周计划")),
    Template(name="月报", kind="month", questions=("本月完成", "遇到的问题", "下月计划")),
    Template(name="销售日报", kind="day", questions=("拜访客户", "进展", "明日安排"), departments=("销售部",)),
    Template(name="拜访记录", kind="visit", questions=("客户", "拜访情况", "下一步"), remind=False),
    Template(name="每日6+事", kind="things", things=6),
)
