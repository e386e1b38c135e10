"""What people see of logs (日志): filed, asked for, reviewed, read. Each function gives (title, Markdown)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import clock, day, people
from cards.phrases import title as called
from cards.words import Words
from domain.logs import DONE, LATER, Comment, Contents, Kind, Log, Template, last_day

_BRIEF: Final = 120  # characters of an answer where it is only shown again
_LINE: Final = 40  # … in a list
_MANY: Final = 40  # people of a list
_WHOLE: Final = 20_000  # characters that one card shows (contract 4.2: 100 KB)
_WORDS: Final[Mapping[Kind, str]] = {"day": "日报", "week": "周报", "month": "月报", "visit": "拜访记录"}
_STATES: Final = {DONE: "完成", LATER: "明天继续", "": "还没标记"}
REVIEW: Final = "今日复盘"  # the question under which a log tells how the things of the day went
REMARKS: Final = "复盘说明"


def period(kind: Kind, first: date, frame: Frame) -> str:
    """11月23日（周一）; of a week or a month its first and last day."""
    last = last_day(kind, first)
    begin, end = (day(one.isoformat(), first.year, frame) for one in (first, last))
    return begin if first == last else frame.say("{start} 至 {end}", start=begin, end=end)


def first_words(log: Log) -> str:
    """What was written, for a list; how the day's things went only where that is all."""
    said = [(asked, answer) for asked, answer in log.contents if answer]
    return next((answer for asked, answer in said if asked != REVIEW), said[0][1] if said else "")


def what(log: Log, frame: Frame) -> str:
    """日报，11月23日（周一）."""
    return frame.say("，").join((_name(log.template, frame), period(log.kind, log.day, frame)))


def filed(log: Log, how: str, missing: Sequence[str], frame: Frame) -> Words:
    """To whoever wrote it: what is kept now. `how`: new, more (besides what was there), anew (instead of it)."""
    head = {"new": "已记下{log}。", "more": "已补充到{log}。", "anew": "已替换{log}。"}[how]
    lines = [frame.title(head, log=what(log, frame)), *_answers(log.contents, frame, _BRIEF)]
    if missing:
        lines.append(frame.say("没写：{questions}", questions=frame.listed(_name(one, frame) for one in missing)))
    if log.kind != "visit":
        word = frame.say(_WORDS.get(log.kind, "日报"))
        lines.append(frame.say("再说“{word} 内容”是补充，说“重写{word} 内容”是替换。", word=word))
    return _title(log.template, frame), "\n\n".join(lines)


def question(template: Template, place: int, when: str, frame: Frame) -> Words:
    """One question of a template."""
    name, asked = _name(template.name, frame), _name(template.questions[place], frame)
    steps = "{name}（{when}），第 {n} / {count} 项"
    head = frame.title(steps, name=name, when=when, n=place + 1, count=len(template.questions))
    how = frame.say("直接回复；这一项没有就说“跳过”，不写了说“取消”。")
    return _title(template.name, frame), "\n\n".join((head, f"**{asked}**", how))


def request_or_log(template: Template, title: str, text: str, frame: Frame) -> Words:
    """Words that may be a request, while a log is asked for."""
    said = "“{text}”是要办{new}，还是写进{log}？先办{new}的话，没写完的{log}要重新说。"
    new, name = called(title, frame), _name(template.name, frame)
    return frame.say("先办哪一件"), frame.say(said, text=plain(text.strip(), 40), new=new, log=name)


def into(template: Template, frame: Frame) -> str:
    """On the button that takes the words for the log."""
    return frame.title("写进{log}", log=_name(template.name, frame))


def dropped(frame: Frame) -> Words:
    """取消 in the middle of the questions."""
    return frame.say("不写了"), frame.say("好，这次不写了，什么也没有记下。")


def nothing_written(frame: Frame) -> Words:
    """Every question was passed over."""
    return frame.say("不写了"), frame.say("每一项都跳过了，没有记下。要写的话说“日报”。")


def ask_things(count: int, frame: Frame) -> Words:
    """The list of the morning is wanted."""
    said = "今天最重要的 {n} 件事是什么？一条一行，或者“1. … 2. …”；不写了说“取消”。"
    return frame.say("今天的事"), frame.say(said, n=count)


def things_kept(log: Log, count: int, frame: Frame) -> Words:
    """The list of the morning as it is kept."""
    lines = [frame.count("已记下今天的 {n} 件事：", len(log.contents)), *_things(log.contents, frame, marked=False)]
    if (missing := count - len(log.contents)) > 0:
        more = "还差 {n} 件也先记下了。想到了接着说“6件事 {next}. …”。"
        lines.append(frame.count(more, missing, next=len(log.contents) + 1))
    lines.append(frame.say("重新列一遍会替换；下班前说“复盘”。"))
    return frame.say("今天的事"), "\n\n".join(lines)


def ask_review(log: Log, frame: Frame) -> Words:
    """How did they go?"""
    how = "哪些做完了？说序号就行，比如“1、3 做完了，2 明天继续”；都做完了说“全部完成”。"
    lines = [frame.count("今天的 {n} 件事：", len(log.contents)), *_things(log.contents, frame), frame.say(how)]
    return frame.say("复盘"), "\n\n".join(lines)


def all_done(frame: Frame) -> str:
    """On a button: every thing is done."""
    return frame.say("全部完成")


def reviewed(things: Log, log: Log, frame: Frame) -> Words:
    """To whoever reviewed them: how they stand, and that the day's log has it."""
    done = sum(state == DONE for _, state in things.contents)
    head = frame.title(
        "{count} 件事完成了 {n} 件，已写进{log}。", count=len(things.contents), n=done, log=what(log, frame)
    )
    lines = [head, *_things(things.contents, frame)]
    if any(not state for _, state in things.contents):
        lines.append(frame.say("没标记的可以接着说，比如“完成 2”。"))
    lines.append(frame.say("别的也可以补充：说“日报 内容”。"))
    return frame.say("复盘"), "\n\n".join(lines)


def no_things(frame: Frame) -> Words:
    """There is nothing to review."""
    return frame.say("复盘"), frame.say("今天还没有列事情。说“6件事 1. … 2. …”就可以，写日报说“日报 内容”。")


def review_text(contents: Contents, frame: Frame) -> str:
    """How the things went, as the day's log keeps it."""
    return "\n".join(
        frame.say("{place}、{thing}：{state}", place=place, thing=thing, state=frame.say(_STATES[state]))
        for place, (thing, state) in enumerate(contents, start=1)
    )


def mine(logs: Sequence[Log], frame: Frame) -> Words:
    """我的日志."""
    title = frame.say("我的日志")
    if not logs:
        return title, frame.say("还没有写过。说“日报 今天做了什么”就可以，周报、月报一样。")
    lines = ["- " + frame.say("{label}：{text}", label=what(one, frame), text=_brief(one, frame)) for one in logs]
    return title, "\n".join(lines)


def whole(logs: Sequence[Log], comments: Sequence[Comment], frame: Frame) -> Words:
    """Logs of one person in full, each with what was said of it."""
    lines: list[str] = []
    for one in logs:
        source = frame.say("，").join(
            (clock(one.at, frame), *((frame.say("钉钉日志"),) if one.source == "form" else ()))
        )
        lines.append(frame.say("{log}（{when}）", log=f"**{what(one, frame)}**", when=source))
        is_list = one.kind == "things"
        lines += _things(one.contents, frame) if is_list else _answers(one.contents, frame, None)
        said = [comment for comment in comments if comment.log == one.id]
        lines += [frame.say("{label}：{text}", label=people((c.person,), frame), text=plain(c.words)) for c in said]
    name = people((logs[0].person,), frame)
    text = "\n\n".join((f"**{name}**", *lines))
    return frame.say("{name}的日志", name=name), text if len(text) <= _WHOLE else f"{text[:_WHOLE]}…"


def none_of(person: str, when: str, frame: Frame) -> Words:
    """Somebody wrote nothing of that time."""
    said = "{name}{when}没有写日志。" if when else "{name}还没有写过日志。"
    return frame.say("日志"), frame.say(said, name=people((person,), frame), when=when)


def not_yours(frame: Frame) -> Words:
    """Who may not read it."""
    return frame.say("没有权限看"), frame.say("日志只有本人、上级和管理员能看，你没有权限看。")


def no_people(frame: Frame) -> Words:
    """Who has nobody below them."""
    return frame.say("没有权限看"), frame.say("团队日志给上级看，现在没有人向你汇报。自己的说“我的日志”。")


def team(
    kind: Kind, first: date, wrote: Sequence[Log], fresh: set[str], lacking: Sequence[str], resting: Sequence[str],
    frame: Frame,
) -> Words:  # fmt: skip
    """Who wrote, those that were not read first; who did not; whose day it is not."""
    word, when = frame.say(_WORDS.get(kind, "日报")), period(kind, first, frame)
    count = len({one.person for one in wrote if one.kind == kind})
    head = "{word}，{when}：{n} 人写了，{m} 人没写。"
    lines = [frame.title(head, word=word, when=when, n=count, m=len(lacking)), ""]
    for one in wrote[:_MANY]:
        who = people((one.person,), frame)
        label = frame.say("{who}（未读）", who=who) if one.id in fresh else who
        lines.append("- " + frame.say("{label}：{text}", label=label, text=_brief(one, frame)))
    if len(wrote) > _MANY:
        lines.append(frame.say("… 共 {n} 篇", n=len(wrote)))
    for text, names in (("还没写：{people}", lacking), ("休息或不在：{people}", resting)):
        if names:
            lines += ["", frame.say(text, people=_everybody(names, frame))]
    if wrote:
        lines += [
            "",
            frame.say(
                "看全文说“看{name}的日志”，评论说“评论{name}的日志 内容”。", name=people((wrote[0].person,), frame)
            ),
        ]
    return frame.say("团队日志"), "\n".join(lines)


def look_at(person: str, frame: Frame) -> str:
    """On a button: somebody's log."""
    return frame.title("看{name}的日志", name=frame.names(person))


def commented(log: Log, by: str, words: str, frame: Frame) -> Words:
    """To whoever wrote it."""
    said = frame.say("{who}评论了你的{log}：", who=people((by,), frame), log=what(log, frame))
    return frame.say("日志评论"), f"{said}\n\n> {plain(words, 1000)}"


def comment_sent(log: Log, frame: Frame) -> Words:
    """To whoever commented."""
    said = frame.say("已评论，{name}会收到。", name=people((log.person,), frame))
    return frame.say("日志评论"), f"{said}\n\n{what(log, frame)}"


def ask_comment(person: str, frame: Frame) -> Words:
    """The words are missing."""
    said = "想说什么？请连着说：评论{name}的日志 写得很清楚"
    return frame.say("日志评论"), frame.say(said, name=people((person,), frame))


_REMINDERS: Final[Mapping[str, str]] = {
    "things": "早上好，今天最重要的几件事列了吗？回复“6件事 1. … 2. …”就可以。",
    "review": "今天列的几件事做得怎么样？回复“复盘”，一句话就能写完今天的日志。",
    "day": "今天的日志还没写。回复“日报 今天做了什么”，或者说“日报”，我一项一项问。",
    "week": "本周的周报还没写。回复“周报 本周做了什么”，或者说“周报”，我一项一项问。",
    "month": "本月的月报还没写。回复“月报 本月做了什么”，或者说“月报”，我一项一项问。",
}


def reminder(about: str, frame: Frame) -> Words:
    """To whoever has not written: the same words for all (R-LOG-3)."""
    return frame.say("写日志"), frame.say(_REMINDERS[about])


def _name(text: str, frame: Frame) -> str:
    """A template's name or question, translated where the catalogue has it."""
    return plain(frame.say(text), 40)


def _title(text: str, frame: Frame) -> str:
    return plain(frame.title(text), 40)


def _answers(contents: Contents, frame: Frame, most: int | None) -> list[str]:
    lines = []
    for asked, answer in contents:
        label = f"**{_name(asked, frame)}**"
        if not answer:
            continue
        if most is not None:
            lines.append(frame.say("{label}：{text}", label=label, text=plain(answer, most)))
            continue
        lines.append(label)
        lines += [plain(line, len(line)) for line in answer.splitlines() if line.strip()]
    return lines


def _things(contents: Contents, frame: Frame, *, marked: bool = True) -> list[str]:
    rows = []
    for place, (thing, state) in enumerate(contents, start=1):
        row = f"{place}. {plain(thing, _BRIEF)}"
        rows.append(f"{row}　**{frame.say(_STATES[state])}**" if marked and state else row)
    return ["\n".join(rows)]


def _brief(log: Log, frame: Frame) -> str:
    """The first thing that it says."""
    if log.kind == "things":
        return frame.listed(plain(thing, 12) for thing, _ in log.contents[:3])
    return plain(first_words(log), _LINE)


def _everybody(names: Sequence[str], frame: Frame) -> str:
    shown = frame.listed(plain(frame.names(one), 20) for one in names[:_MANY])
    return shown if len(names) <= _MANY else frame.say("{names} 等 {n} 人", names=shown, n=len(names))
