"""Sentences that were made elsewhere in Chinese, said in another language: why somebody is asked, rules, refusals.

The domain makes them, and cases keep them; so they are known again by the sentences that are listed here, the most
particular ones first, and each part of one is told the same way (docs/decisions/0013)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import calendar_day, days

# Every sentence that the domain, the understanding of rows and the notes on a draft make from values; a test holds that
# none is missing. Where two fit, the upper one is meant.
SENTENCES: Final = (
    # why something cannot be filed
    "“{label}”只能选{words}，{names}不在其中",
    "“{label}”要填数字，才能确定审批路线",
    "“{label}”不能是申请人本人",
    "还没有填写“{label}”",
    "通讯录里没有“{name}”",
    "申请人不在部门“{department}”",
    "改了目的地要按{title}办理，请撤销后重新申请",
    "{because}，也没有流程管理员可以代为审批",
    # rows
    "{label}要一项一项地列",
    "{label}最多 {most} 笔，这里有 {n} 笔",
    "最多 {most} 笔，请分成几张单子",
    "{label}是明细加起来的 {total}，不是 {said}。要改的话请改明细",
    "没看懂“{said}”，请一次说一处",
    "没看懂{label}，请一行一项：{columns}",
    "写得太长（最多 {n} 个字），请分几次列",
    "第 {place} 笔有 {n} 栏，最多 {most} 栏：{labels}",
    "第 {place} 笔“{name}”共 {sum}，分给 {n} 份除不尽，请写单价",
    "第 {place} 笔的{label}要写数字，不是“{said}”",
    "有 {n} 笔“{name}”，请说第几笔",
    "明细里没有“{label}”，有：{labels}",
    "{label}要写数字，不是“{said}”",
    "没有第 {place} 笔，现在一共 {n} 笔",
    "{label}第 {place} 笔{wrong}",
    "不能填“{key}”",
    "没写{label}",
    "的{label}不对：{said}",
    "的{label}最多两位小数：{said}",
    "“{name}”没写{label}",
    "“{name}”的{label}不对：{said}",
    "“{name}”的{label}最多两位小数：{said}",
    # notes on a draft
    "要提前 {lead}申请（最晚 {latest}），按紧急办理",
    "{period}最多 {n} 次，这次以后还可以{title} {left} 次",
    "天数按起止日期算，是 {n} 天；要改天数请改日期",
    "目的地是{place}，在{home}，按{title}办理",
    "目的地是{place}，不在{home}，按{title}办理",
    "照 {number} 填好了，请核对日期",
    "这段时间已经有一张{title}：{number}（{state}）",
    "没有说哪天，按今天 {day}",
    "{start}到{end}",
    "{start}起",
    "到 {day} 结束",
    "{word} = {day}",
    # who decides, and why
    "{name}代为提交，不能审批，由上一级或管理员审批",
    "{one}；{more}",
    "{word}是申请人本人，改由{instead}（{what}）审批",
    "{word}是申请人本人，没有其他人担任，跳过这一步",
    "往上没有{word}，逐级到最上一级为止",
    "{because}，跳过这一步",
    "{because}，由{instead}审批（{why}）",
    "{because}，由{instead}审批",
    "没有人担任{word}",
    "{word}：上面没有负责人",
    "{word}没有负责人",
    "{one}和{other}是同一个人，合为一步",
    "{label}里的申请人本人不再审批",
    "{label}：表单里选的",
    "{word}在投票里算 {weight} 票",
    "{word}是申请人本人",
    # what the flow says
    "每一步 {hours} 个工作小时内没人处理会自动{then}",
    "转给{word}",
    "每人{period}最多 {n} 次",
    "{when} 时要提前 {lead}申请",
    "其他情况要提前 {lead}申请",
    "要提前 {lead}申请",
    "{when} 时还要经{more}，不经{less}",
    "{when} 时还要经{more}",
    "{when} 时不经{less}",
    "其他情况还要经{more}，不经{less}",
    "其他情况还要经{more}",
    "其他情况不经{less}",
    # conditions
    "{one} 且 {other}",
    "{one} 或 {other}",
    "不是（{part}）",
    "（{part}）",
    "{field}不包含{value}",
    "{field}包含{value}",
    "{field}不超过 {value}",
    "{field}不少于 {value}",
    "{field}不为 {value}",
    "{field}不在 {value}",
    "{field}超过 {value}",
    "{field}少于 {value}",
    "{field}为 {value}",
    "{field}在 {value}",
    # names of posts, and several of anything
    "{word}：{what}",
    "{one}、{more}",
    "{text}（{more}）",
    "{one}或{more}",
    "{one}，{more}",
    "逐级到{word}",
    "第{level}级主管",
    "{name}的直属上级",
    "{department}的{post}",
    "{department}负责人",
)
# What the same places say without values, or put into those sentences.
WORDS: Final = (
    "没有适合这种情况的审批路线",
    "这个流程不适用于申请人的部门或级别",
    "没有其他人可以审批",
    "流程管理员",
    "上一级",
    "岗位",
    "指定的人",
    "通讯录里的直属上级",
    "部门主管",
    "部门经理",
    "部门负责人",
    "直接主管",
    "上级领导",
    "总经理",
    "每周",
    "每月",
    "每年",
    "提醒",
    "转给上一级",
    "转给流程管理员",
    "同意（办理只提醒）",
    "驳回（办理只提醒）",
    "审批人请假时由上一级审批",
    "审批人请假时由其指定的替班人审批",
    "退回改好再提交后，直接回到退回的人",
    "退回改好再提交后，只改了文字和附件的，已经同意的不用再审",
    "紧急原因",
    "紧急的话请写原因，审批人会看到；不急就改个日期",
    "一笔只能改成一笔，要多加几笔请说“再加”",
    "还没有明细，可以先一项一项列出来",
    "这段时间不用上班",
    "不含周末和节假日",
    "今天",
    "明天",
    "后天",
    "昨天",
    "本周",
    "这周",
    "下周",
    "图片",
    "语音",
    "视频",
    "文件",
    "本部门",
)


def told(text: str, frame: Frame, most: int) -> str:
    """The same as plain text of about `most` Chinese characters."""
    return plain(retold(text, frame), most if frame.language == "zh" else 3 * most)


def retold(text: str, frame: Frame) -> str:
    """The sentence in the reader's language; what is not known, and what is very long, stays as it is."""
    return text if frame.language == "zh" or len(text) > _LONGEST else _retold(text, frame, {})


def _retold(text: str, frame: Frame, known: dict[str, str]) -> str:
    """`known`: what was told already, for the same part is met again and again; no end of parts is looked at."""
    if text not in known and len(known) >= _MOST:
        return text
    if text not in known:
        known[text] = _simply(text, frame) or _in_parts(text, frame, known)
    return known[text]


def _simply(text: str, frame: Frame) -> str:
    """A text of the catalogue, a day, a number of days; "" for what has parts."""
    said = frame.say(text)
    if said != text or not HAN.search(text):
        return said
    if found := _DAY.fullmatch(text):
        day = calendar_day(int(found[2]), int(found[3]), found[4], frame)
        day = (frame.say("{year}年{day}", year=found[1], day=day) if found[1] else day) + found[5]
        return frame.say("{day}{half}", day=day, half=frame.say(found[6])) if found[6] else day
    found = _DAYS.fullmatch(text)
    return days(found[1], frame, working=bool(found[2])) if found else ""


def _in_parts(text: str, frame: Frame, known: dict[str, str]) -> str:
    for sentence, rarest, pieces in _pieces():
        if rarest not in text:
            continue
        parts = {name: _retold(part, frame, known) for name, part in _places(text, pieces).items()}
        if parts and not HAN.search(parts.get("post", parts.get("start", ""))):  # 的 and 到 may stand in anything
            return frame.say(sentence, **parts)
    return text


def _places(text: str, pieces: Sequence[str]) -> dict[str, str]:
    """What stands in the places of a sentence, each at least one character and as short as it can be; {} where the
    text is another sentence. `pieces`: its words and the names of its places in turn, words first and last."""
    first, last = pieces[0], pieces[-1]
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return {}
    found, at = {}, len(first)
    for name, words in zip(pieces[1::2], pieces[2:-1:2], strict=False):
        end = text.find(words, at + 1)
        if end < 0:
            return {}
        found[name], at = text[at:end], end + len(words)
    found[pieces[-2]] = text[at : len(text) - len(last)]
    return found if found[pieces[-2]] else {}


HAN: Final = re.compile(r"[\u3400-\u9fff]")
_DAY: Final = re.compile(r"(?:(\d{4})年)?([1-9]|1[0-2])月(\d{1,2})日（(周.)）((?: [\d:–]+)?)(上午|下午)?")
_DAYS: Final = re.compile(r"(\d+(?:\.\d+)?) (?:天|(个工作日))")
_LONGEST: Final = 300  # characters
_MOST: Final = 120  # parts of one text: a list of sixty names


@lru_cache(maxsize=1)
def _pieces() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Each sentence, the longest of its words, and all in turn as `_places` wants them."""
    split = ((one, tuple(re.split(r"\{(\w+)\}", one))) for one in SENTENCES)
    return tuple((one, max(pieces[::2], key=len), pieces) for one, pieces in split)
