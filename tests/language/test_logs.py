"""Words about logs are told from other words; what is written is sorted; lists and marks are read."""

import time
from typing import Any

import pytest

from language import commands, logs
from language.logs import LONGEST
from language.logtext import listed, sorted_in
from language.marks import marked

NAMES = ("日报", "周报", "月报", "销售日报", "拜访记录")
LABELS = (("今日完成", "Done today"), ("遇到的问题", "Problems"), ("明日计划", "Plan for tomorrow"))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("日志 写了方案", {"act": "write", "text": "写了方案", "any_kind": True}),
        ("/日报 写了方案", {"act": "write", "text": "写了方案"}),
        ("日报：写了方案", {"act": "write", "text": "写了方案"}),
        ("日報 寫了方案", {"act": "write", "text": "寫了方案"}),
        ("写日报", {"act": "write", "plainly": True}),
        ("重写日报 改了海报", {"act": "write", "anew": True, "text": "改了海报"}),
        ("上周周报 完成了方案", {"act": "write", "kind": "week", "back": 1, "when": True, "text": "完成了方案"}),
        ("上个月的月报", {"act": "write", "kind": "month", "back": 1, "when": True}),
        ("补昨天的日报 开会", {"act": "write", "back": 1, "when": True, "plainly": True, "text": "开会"}),
        ("11月20日的日志 开会", {"act": "write", "on": (11, 20), "when": True, "text": "开会"}),
        ("销售日报 拜访客户：恒达", {"act": "write", "name": "销售日报", "text": "拜访客户：恒达"}),
        ("拜访记录 恒达", {"act": "write", "kind": "visit", "name": "拜访记录", "text": "恒达"}),
        ("今日六件事 1. 写方案 2. 开会", {"act": "things", "text": "1. 写方案 2. 开会"}),
        ("每日6+事：写方案、开会", {"act": "things", "text": "写方案、开会"}),
        ("6件事1.写方案", {"act": "things", "text": "1.写方案"}),
        ("复盘", {"act": "review"}),
        ("复盘：1、3 做完了", {"act": "review", "text": "1、3 做完了"}),
        ("完成 1 3 5", {"act": "review", "text": "1 3 5"}),
        ("我的日志", {"act": "mine"}),
        ("下属日志", {"act": "team", "any_kind": True}),
        ("昨天的团队日志", {"act": "team", "back": 1, "when": True}),
        ("谁没写日报", {"act": "team"}),
        ("谁今天没交周报", {"act": "team", "kind": "week", "when": True}),
        ("看李想的日志", {"act": "show", "who": "李想", "any_kind": True}),
        ("李想昨天的日报", {"act": "show", "who": "李想", "back": 1, "when": True}),
        ("看昨天李想的日报", {"act": "show", "who": "李想", "back": 1, "when": True}),
        ("评论李想的日志 写得不错", {"act": "comment", "who": "李想", "any_kind": True, "text": "写得不错"}),
        ("daily report: shipped it", {"act": "write", "text": "shipped it"}),
        ("last week's weekly report: shipped", {
            "act": "write", "kind": "week", "back": 1, "when": True, "text": "shipped"}),
        ("rewrite my daily report: Fixed it", {"act": "write", "anew": True, "text": "Fixed it"}),
        ("six things: 1. write 2. call", {"act": "things", "text": "1. write 2. call"}),
        ("done 1, 3 and 5", {"act": "review", "text": "1, 3   5"}),
        ("my logs", {"act": "mine"}),
        ("yesterday's team logs", {"act": "team", "back": 1, "when": True}),
        ("who hasn't written their daily report today", {"act": "team", "when": True}),
        ("show Li Xiang's log", {"act": "show", "who": "Li Xiang", "any_kind": True}),
        ("comment on Li Xiang's log: Well done", {
            "act": "comment", "who": "Li Xiang", "any_kind": True, "text": "Well done"}),
        ("日报今天写完了方案", {"act": "write", "when": True, "text": "写完了方案"}),
        ("今天的日报写完了方案，开了会", {"act": "write", "when": True, "text": "写完了方案，开了会"}),
        ("日报11月20日 补充会议", {"act": "write", "on": (11, 20), "when": True, "text": "补充会议"}),
        ("日志做了A", {"act": "write", "text": "做了A", "any_kind": True}),
        ("【日报】做了A", {"act": "write", "text": "做了A"}),
        ("日报跟进恒达项目，见了客户", {"act": "write", "text": "跟进恒达项目，见了客户"}),
        ("周报本周完成了展会方案", {"act": "write", "kind": "week", "when": True, "text": "完成了展会方案"}),
        ("日报写完了", None),
        ("日报写了吗", None),
        ("日报已经交了", None),
        ("日报怎么写的", None),
        ("日报模板改了一下", None),
        ("日报今天忘了写", None),
        ("日报做的不好被骂了", None),
        ("日报今天几点截止", None),
        ("日报今天我要请假", None),
        ("日志服务器宕机了，帮忙看看", None),
        ("周报会议室订明天下午3点", None),
        ("月报系统开发完成了吗", None),
        ("日志系统坏了", None),
        ("日报今天没交", None),
        ("完成 3 个页面", None),
        ("review the contract", None),
        ("log out", None),
        ("report a bug", None),
        ("report: the printer is broken", None),
        ("yesterday's report: fixed it", {"act": "write", "back": 1, "when": True, "text": "fixed it"}),
        ("复盘会议室订一下", None),
        ("上周的月报", None),
    ],
)  # fmt: skip
def test_what_is_wished(text: str, wish: dict[str, Any] | None) -> None:
    found = logs.read(text, NAMES)
    assert found == (logs.LogWish(**wish) if wish else None)


def test_a_log_is_read_whole_and_other_commands_stay() -> None:
    long = "写了一段很长的话。" * 600
    spoken = commands.read(f"日志 {long}")
    assert spoken is not None
    assert (spoken.verb, spoken.text) == ("log", long)
    for text, verb in (
        ("评论 QJ-20261123-007 好", "comment"),
        ("查一下 QJ-20261123-007", "progress"),
        ("取消", "cancel"),
    ):
        other = commands.read(text, NAMES)
        assert other is not None
        assert other.verb == verb


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("写了方案，开了会", ("写了方案，开了会", "", "")),
        ("今日完成：方案\n遇到的问题：没有\n明日计划：开会", ("方案", "没有", "开会")),
        ("明日计划：开会；今天完成：方案", ("方案", "", "开会")),
        ("【今日完成】\n方案\n海报\n【明日计划】\n开会", ("方案\n海报", "", "开会")),
        ("完成：方案；问题：场地", ("方案", "场地", "")),
        ("改了海报\n明天计划：开会", ("改了海报", "", "开会")),
        ("1. 方案\n2. 场地\n3. 开会", ("1. 方案\n2. 场地\n3. 开会", "", "")),
        ("1. 写完方案 2. 开评审会 3. 回客户邮件", ("1. 写完方案 2. 开评审会 3. 回客户邮件", "", "")),
        ("1. 方案\n2. 场地", ("1. 方案\n2. 场地", "", "")),
        ("Done today: the concept; problems: the hall", ("the concept", "the hall", "")),
        ("今天完成了问题单的整理，计划不变", ("今天完成了问题单的整理，计划不变", "", "")),
    ],
)
def test_what_is_written_is_sorted(text: str, answers: tuple[str, ...]) -> None:
    assert sorted_in(text, LABELS) == answers


@pytest.mark.parametrize(
    ("text", "start", "items"),
    [
        ("1. 写方案 2. 开会 3. 对账", 1, ("写方案", "开会", "对账")),
        ("1写方案 2开会 3、对账", 1, ("写方案", "开会", "对账")),
        ("1、写 3 页文档 2、12月报表", 1, ("写 3 页文档", "12月报表")),
        ("写方案、开会，对账", 1, ("写方案", "开会", "对账")),
        ("写方案\n约场地\n对账", 1, ("写方案", "约场地", "对账")),
        ("一、写方案 二、开会", 1, ("写方案", "开会")),
        ("5. 回邮件 6. 订酒店", 5, ("回邮件", "订酒店")),
        ("写方案", 1, ("写方案",)),
        ("  ", 1, ()),
    ],
)
def test_lists_of_things(text: str, start: int, items: tuple[str, ...]) -> None:
    assert listed(text) == (start, items)


@pytest.mark.parametrize(
    ("text", "done", "later"),
    [
        ("前五件做完了，第6件明天继续", {1, 2, 3, 4, 5}, {6}),
        ("完成 1 3 5", {1, 3, 5}, set()),
        ("1、3 做完了，2 明天继续", {1, 3}, {2}),
        ("1，3，5 做完了", {1, 3, 5}, set()),
        ("除了2都完成了", {1, 3, 4, 5, 6}, {2}),
        ("2没做完，其他都完成了", {1, 3, 4, 5, 6}, {2}),
        ("第一件和第三件做完了", {1, 3}, set()),
        ("1-3 完成，4 推迟", {1, 2, 3}, {4}),
        ("全部完成", {1, 2, 3, 4, 5, 6}, set()),
        ("都没做完", set(), {1, 2, 3, 4, 5, 6}),
        ("1 is done, 2 tomorrow", {1}, {2}),
        ("all done", {1, 2, 3, 4, 5, 6}, set()),
        ("全部完成，除了3", {1, 2, 4, 5, 6}, {3}),
        ("1、2完成 3没做", {1, 2}, {3}),
        ("1 3 完成，2 因为供应商5天后才发货", {1, 3}, set()),
        ("完成了1和2，3被客户拒了", {1, 2}, set()),
        ("1完成，2卡在法务", {1}, set()),
        ("1 done, 2 blocked by legal", {1}, set()),
        ("2没问题，做完了", {2}, set()),
        ("全部完成，但3被退回了", {1, 2, 4, 5, 6}, set()),
        ("1做完了2没做3明天继续", {1}, {2, 3}),
        ("1、3 做完了 明天继续 2", {1, 3}, {2}),
        ("没做完 2", set(), {2}),
        ("没做的是 2 和 4，其他都好了", {1, 3, 5, 6}, {2, 4}),
        ("只有5没完成", {1, 2, 3, 4, 6}, {5}),
        ("只完成了1", {1}, set()),
        ("除3、4外全部完成", {1, 2, 5, 6}, {3, 4}),
        ("除了第三件都没做", {3}, {1, 2, 4, 5, 6}),
        ("2、3除外，都做完了", {1, 4, 5, 6}, {2, 3}),
        ("everything except 2 is done", {1, 3, 4, 5, 6}, {2}),
        ("all but 4 done", {1, 2, 3, 5, 6}, {4}),
        ("1 is done but 3 is not", {1}, {3}),
        ("1 and 3 are done, 2 isn't finished yet", {1, 3}, {2}),
        ("not done: 2", set(), {2}),
        ("2卡住了，明天继续", set(), {2}),
        ("1方案写完了，2场地没定", {1}, set()),
        ("1. 完成\n2. 没完成\n3. 明天继续", {1}, {2, 3}),
        ("1√ 2× 3√", {1, 3}, {2}),
        ("完成了1，3，5", {1, 3, 5}, set()),
        ("6件事都完成了", {1, 2, 3, 4, 5, 6}, set()),
        ("1、3", {1, 3}, set()),
        ("1、2做完，共花了3天", {1, 2}, set()),
        ("1完成了，2快完成了", {1}, set()),
        ("1做完的部分被退回", set(), set()),
        ("1完成，1没做", set(), set()),
        ("完成 1 2 没做", set(), set()),
        ("完成了1，2，3没做", set(), set()),
        ("没有全部完成", set(), set()),
        ("1完成了吗", set(), set()),
        ("还要做2", None, None),
        ("再做1和3", None, None),
        ("9 完成", set(), set()),
        ("13 完成", set(), set()),
        ("晚上再说", None, None),
        ("我明天请年假1天，家里有事", None, None),
        ("I need 2 days annual leave from tomorrow", None, None),
        ("第1个同意", None, None),
        ("报销3张发票", None, None),
        ("今晚加班2小时", None, None),
        ("订明天下午3点的会议室", None, None),
        ("谁1号不在", None, None),
        ("2张发票报销完成", None, None),
        ("一件都没有", None, None),
    ],
)
def test_marks(text: str, done: set[int] | None, later: set[int] | None) -> None:
    found = marked(text, 6)
    assert (found and (set(found.done), set(found.later))) == (None if done is None else (done, later))


@pytest.mark.parametrize(
    "filling", ["\n", " ", "1 ", "1、", "今日完成 ", "今日完成：", "【", "完成 ", "除", "和1 ", "*"]
)
@pytest.mark.parametrize("head", ["", "日报", "评论", "完成 1", "六件事", "all"])
def test_no_message_takes_long(head: str, filling: str) -> None:
    text = (head + filling * LONGEST)[: LONGEST - 1] + "x"
    began = time.thread_time()
    logs.read(text, NAMES)
    sorted_in(text, LABELS)
    listed(text)
    marked(text, 50)
    assert time.thread_time() - began < 0.5  # each takes some hundredths of a second
