"""Dialogues as plain text (tests/scenarios/dialogues/README.md): what each line says, as values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 10, tzinfo=ZONE)  # a Monday: when a dialogue begins that says nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Somebody types, or speaks (`kind` audio), in private or in a group."""

    who: str
    text: str
    group: str = ""
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Somebody sends a picture or a file."""

    who: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """Somebody taps the newest button of this label; `case` names one case's card."""

    who: str
    label: str
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is expected next is expected of this person, or of this group; `picture`: a picture is among it."""

    who: str
    picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """A text, or a button, that is among what is new, or is not; `times`: exactly so often."""

    text: str
    absent: bool = False
    button: bool = False
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restart:
    """The bot is killed, and started again so many hours later; `stays`: it is not yet started again."""

    hours: int = 0
    at: datetime | None = None
    stays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """From here on it is then."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`./nod job` runs one as of then."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """An attendance group of the platform from now on, beside those that were named before."""

    team: str
    on: str
    off: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Punch:
    """Somebody clocks in or out then."""

    who: str
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """Somebody says where they are, then."""

    who: str
    at: datetime
    place: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is expected next is expected of the platform's own attendance records of this person and day."""

    who: str
    day: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Somebody leaves the company."""

    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Somebody new, in this department."""

    who: str
    department: str


Step = (
    Job | Shifts | Punch | CheckIn | Say | Send | Tap | Look | Expect | Restart | Moment | Records | Leave | Join
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A step, and where it stands."""

    number: int
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One titled dialogue of a file. `dialects`: the cards in which it goes like this; `flows`: the company's pack."""

    file: str
    title: str
    lines: tuple[Line, ...]
    dialects: tuple[str, ...] = ("plain", "rich")
    flows: str = "matrix"


class Unreadable(Exception):
    """A line that says nothing; names file and line."""


_TITLE = re.compile(r"== (?P<title>.+?)\s*(?:（只在 (?P<dialect>plain|rich)）)?(?:（流程包 (?P<flows>\w+)）)?$")
_SENDS = re.compile(r"(\S+) 发(图片|文件) (.+)")
_TAPS = re.compile(r"(\S+) 点 (.+?)(?: (\{单号\d*\}))?")
_LOOKS = re.compile(r"(\S+) (看到|收到图片)")
_SPEAKS = re.compile(r"(\S+?)(?: (语音)| @(\S+?))?：(.*)", re.S)
_JOB = re.compile(r"任务 (\w+) (\d{4}-\d\d-\d\d \d\d:\d\d)")
_SHIFTS = re.compile(r"排班 (\S+) (\d{1,2}:\d\d)-(\d{1,2}:\d\d) (\S+)")
_PUNCHES = re.compile(r"(\S+) (上班|下班)打卡 (\d{4}-\d\d-\d\d \d\d:\d\d)")
_CHECKS_IN = re.compile(r"(\S+) 签到 (\d{4}-\d\d-\d\d \d\d:\d\d) (\S+)(?: (.+))?")
_RECORDS = re.compile(r"(\S+) 在钉钉的考勤 (\d{4}-\d\d-\d\d)")
_LEAVES = re.compile(r"离职 (\S+)")
_JOINS = re.compile(r"入职 (\S+) (\S+)")
_OFTEN = re.compile(r"(\d+) 次 (.+)")
_THEN = re.compile(r"重启 (\d{4}-\d\d-\d\d \d\d:\d\d)")
_LATER = re.compile(r"过 (\d+) 小时")
_TIMES = re.compile(r"\{([^{}]+?)×(\d+)\}")


def read(path: Path) -> list[Dialogue]:
    """The dialogues of a file. Raises Unreadable."""
    found: list[Dialogue] = []
    for number, line in _lines(path):
        if named := _TITLE.match(line):
            found.append(Dialogue(file=path.name, title=named["title"], lines=()))
            if named["dialect"]:
                found[-1] = replace(found[-1], dialects=(named["dialect"],))
            if named["flows"]:
                found[-1] = replace(found[-1], flows=named["flows"])
            continue
        step = _step(line)
        if step is None or not found:
            raise Unreadable(f"{path.name}:{number}: {line}")
        found[-1] = replace(found[-1], lines=(*found[-1].lines, Line(number=number, step=step)))
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that say something, each with those that go on from it (`| …`)."""
    kept: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if kept and line.startswith("| "):
            kept[-1] = (kept[-1][0], f"{kept[-1][1]}\n{line[2:]}")
        elif line.strip() and not line.startswith("#"):
            kept.append((number, line.rstrip()))
    yield from kept


def _step(line: str) -> Step | None:
    if line.startswith("> "):
        return _expected(line[2:].strip())
    if line.startswith("-- "):
        return _time(line[3:].strip())
    if found := _PUNCHES.fullmatch(line):
        return Punch(who=found[1], kind=found[2], at=_moment(found[3]))
    if found := _CHECKS_IN.fullmatch(line):
        return CheckIn(who=found[1], at=_moment(found[2]), place=found[3], remark=found[4] or "")
    if found := _RECORDS.fullmatch(line):
        return Records(who=found[1], day=_moment(f"{found[2]} 00:00"))
    if found := _SENDS.fullmatch(line):
        return Send(who=found[1], kind="picture" if found[2] == "图片" else "file", name=found[3])
    if found := _TAPS.fullmatch(line):
        return Tap(who=found[1], label=found[2], case=found[3] or "")
    if found := _LOOKS.fullmatch(line):
        return Look(who=found[1], picture=found[2] != "看到")
    if found := _SPEAKS.fullmatch(line):
        text = _TIMES.sub(lambda part: part[1] * int(part[2]), found[4].strip())
        return Say(who=found[1], text=text, group=found[3] or "", kind="audio" if found[2] else "text")
    return None


def _expected(words: str) -> Expect:
    absent = words.startswith("不含 ")
    often = _OFTEN.fullmatch(words)
    text = often[2] if often else words.removeprefix("不含 ").strip()
    button = text.startswith("[") and text.endswith("]")
    return Expect(
        text=text[1:-1] if button else text, absent=absent, button=button, times=int(often[1]) if often else 0
    )


def _time(words: str) -> Step | None:
    if words == "重启":
        return Restart()
    if found := _THEN.fullmatch(words):
        return Restart(at=_moment(found[1]))
    if words == "停机":
        return Restart(stays=True)
    if found := _LEAVES.fullmatch(words):
        return Leave(who=found[1])
    if found := _JOINS.fullmatch(words):
        return Join(who=found[1], department=found[2])
    if found := _LATER.fullmatch(words):
        return Restart(hours=int(found[1]))
    if found := _JOB.fullmatch(words):
        return Job(name=found[1], at=_moment(found[2]))
    if found := _SHIFTS.fullmatch(words):
        return Shifts(team=found[1], on=found[2], off=found[3], people=tuple(found[4].split("、")))
    try:
        return Moment(at=_moment(words))
    except ValueError:
        return None


def _moment(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
