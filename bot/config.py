"""The configuration: one key, one field; config.toml, and NOD_SECTION__KEY from the environment."""

import difflib
import os
import socket
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from bot.mistakes import line_of, value_text
from bot.mistakes import path as path_of
from bot.section import Section
from bot.workdays import Attendance, Calendar

WORDS_TEMPLATE = "589420e2-c1e2-46ef-a5ed-b8728e654da9.schema"  # contract 4.10: the public Markdown template
PLAIN_TEMPLATE = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"  # contract 4.10: Markdown and buttons


class Dingtalk(Section):
    """The app's credentials, and where the platform is (or the emulator)."""

    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    robot_code: str = ""  # an internal robot's code is the client id
    api: str = "https://api.dingtalk.com"
    oapi: str = "https://oapi.dingtalk.com"
    connections: int = Field(default=2, ge=1, le=8)
    calls_per_second: float = Field(default=15, gt=0)  # per API; the standard edition allows 20


class Store(Section):
    """Where everything is kept."""

    database: str = "sqlite:///.nod/nod.db"
    redis: str = ""  # "" means none: right for one process


class Office(Section):
    """The company's own settings."""

    flows: str = "matrix"  # a pack's name, or a folder of flow files
    zone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"  # of groups, and of who has not written yet
    home: list[str] = Field(default_factory=list)  # the cities in which the company sits (R-TRIP-1)
    posts: dict[str, str] = Field(default_factory=dict)  # 人事 = "role:人事专员"
    file_for_others: tuple[str, ...] = ()  # posts whose holders may file for anybody: 人事专员

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            raise PydanticCustomError("zone", "没有时区 {zone}，要写成 Asia/Shanghai 的样子", {"zone": zone}) from None
        return zone


class Cards(Section):
    """Which card templates are used."""

    dialect: Literal["plain", "rich"] = "plain"
    template: str = ""  # "" means the public one (plain); the company's own for rich
    words_template: str = WORDS_TEMPLATE

    @property
    def case_template(self) -> str:
        """The template of case cards."""
        return self.template or (PLAIN_TEMPLATE if self.dialect == "plain" else "nod-case.schema")


_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"


class Jobs(Section):
    """What is done at which times; `./nod job list` names them, `./nod job cost` says what they cost."""

    on: list[str] = Field(default_factory=list)  # the jobs that run, or "all"
    at: dict[str, time] = Field(default_factory=dict)  # other times of the day: summary_morning = "08:40"
    beat: float = Field(default=15, gt=0)  # seconds between looks at what is due
    quiet: str = Field(default="", pattern=rf"^({_CLOCK}-{_CLOCK})?$")  # 22:00-07:00: when nobody is reminded


class Budget(Section):
    """What the platform allows the company in a month (the standard edition's); 0: as much as one likes."""

    calls: int = Field(default=5_000, ge=0)
    messages: int = Field(default=3_000, ge=0)


class Group(Section):
    """A chat group that hears of the office."""

    id: str = Field(min_length=1)  # its openConversationId
    department: str = ""  # the one that it stands for, by name
    managers: bool = False  # or the group of all managers (R-NOTE-1)
    summaries: list[Literal["morning", "evening", "week", "month"]] = Field(default_factory=list)
    names: bool = False  # whether the group reads who was late or did not clock in, or how many only
    own_managers: bool = False  # it also hears of who leads there


class LeaveGrant(Section):
    """So many days a year from so many full years in the company on."""

    years: int = Field(ge=0, le=60)
    days: float = Field(ge=0, le=366)


class Leave(Section):
    """One type of leave that has a balance, by its id in the flow file (annual, comp, …)."""

    type: str = Field(min_length=1)
    unit: Literal["day", "hour"] = "day"
    grant: tuple[LeaveGrant, ...] = ()
    monthly: bool = False  # a twelfth on each first of the month, not all of it on 1 January
    pro_rata: bool = True  # who reaches a step within the year gets the part that is left of it
    carry_over: float | Literal["all"] = Field(default=0.0)  # days of the rest that go into the next year
    carry_until: str = Field(default="12-31", pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")  # until when
    hours_a_day: float = Field(default=8, gt=0, le=24)
    comp_ratio: float = Field(default=0, ge=0, le=10)  # what an hour of approved overtime gives
    comp_days: int = Field(default=0, ge=0, le=3660)  # and for how many days; 0: for ever
    short: Literal["warn", "refuse"] = "warn"  # what becomes of a request for more than there is

    @field_validator("carry_over", mode="before")
    @classmethod
    def _carried(cls, carried: object) -> object:
        if carried == "all" or (isinstance(carried, int | float) and 0 <= carried <= 366):
            return carried
        raise PydanticCustomError("carried", '要写 0 到 366 天，或 "all"')

    @field_validator("carry_until")
    @classmethod
    def _day(cls, until: str) -> str:
        try:
            date.fromisoformat(f"2024-{until}")
        except ValueError:
            raise PydanticCustomError("day", "没有 {until} 这一天，要写成 03-31 的样子", {"until": until}) from None
        return until


class Log(Section):
    """A template of logs (日志)."""

    name: str = Field(min_length=1)
    kind: Literal["day", "week", "month", "visit", "things"] = "day"
    questions: list[str] = Field(default_factory=list)
    departments: list[str] = Field(default_factory=list)  # whose it is; none: everybody's
    things: int = Field(default=0, ge=0, le=50)  # of kind things: how many the morning's list should have
    remind: bool = True  # one is expected of them


class Config(Section):
    """The whole tree; only bot/app.py holds it."""

    dingtalk: Dingtalk
    store: Store = Store()
    office: Office = Office()
    calendar: Calendar = Calendar()
    attendance: Attendance = Attendance()
    cards: Cards = Cards()
    jobs: Jobs = Jobs()
    budget: Budget = Budget()
    group: list[Group] = Field(default_factory=list)
    leave: list[Leave] = Field(default_factory=list)  # without any: annual leave by the statute, comp time for overtime
    log: list[Log] = Field(default_factory=list)  # none: the usual templates
    replica: str = Field(default_factory=socket.gethostname)  # names this process where several share one database
    _text: str = PrivateAttr(default="")

    def place(self, *where: int | str) -> str:
        """Where this key stands in the file: 第 7 行 jobs.on."""
        return _place(self._text, where)


_FIELDS = Config.model_fields


class ConfigError(Exception):
    """The configuration is wrong; `lines` say, in Chinese, where and what to write instead."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def load(path: Path) -> Config:
    """The configuration of this file and the environment. Raises ConfigError."""
    try:
        text = path.read_text("utf-8")
        tree = tomllib.loads(text)
    except OSError as error:
        raise ConfigError([f"读不到配置文件 {path}：{error.strerror}。可以从 config.example.toml 复制一份"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path} 不是正确的 TOML：{error}"]) from None
    lines = [*_unknown_variables()]
    try:
        config = Config(**_merged(tree))
        config._text = text
    except ValidationError as error:
        lines += [_line(text, fault) for fault in error.errors()]
    if lines:
        raise ConfigError(lines)
    return config


def _merged(tree: dict[str, Any]) -> dict[str, Any]:
    """The file's tree with the environment over it: NOD_DINGTALK__CLIENT_SECRET, or …_FILE for a secret in a file."""
    for name, value in _variables():
        *sections, key = name.removeprefix("NOD_").lower().split("__")
        if key.endswith("_file"):
            key, value = key.removesuffix("_file"), Path(value).read_text("utf-8").strip()
        here = tree
        for section in sections:
            here = here.setdefault(section, {})
        here[key] = value
    return tree


def _variables() -> list[tuple[str, str]]:
    """The variables that speak of the configuration; other NOD_ words are switches of the launcher and the tests."""
    return [(name, value) for name, value in os.environ.items() if name.startswith("NOD_") and "__" in name]


def _unknown_variables() -> list[str]:
    known = {f"NOD_{section}__{key}".upper() for section, key in _keys()}
    known |= {f"{name}_FILE" for name in known}
    return [
        f"环境变量 {name}：不认识{_instead(name, sorted(known))}"
        for name, _ in _variables()
        if name not in known and not name.startswith("NOD_OFFICE__POSTS__")
    ]


def _keys() -> list[tuple[str, str]]:
    sections = {name: field.annotation for name, field in Config.model_fields.items()}
    return [
        (name, key) for name, kind in sections.items() if isinstance(kind, type) and issubclass(kind, Section)
        for key in kind.model_fields
    ]  # fmt: skip


def _line(text: str, fault: Mapping[str, Any]) -> str:
    where, kind = fault["loc"], fault["type"]
    known = _known_beside(where) if _several(where) else [f"{section}.{key}" for section, key in _keys()]
    if kind == "missing":
        return f"{_place(text, where)}：缺少这一项"
    if kind == "extra_forbidden":
        return f"{_place(text, where)}：不认识的配置项{_instead(path_of(where), [*known, *_FIELDS])}"
    return f"{_place(text, where)}：值不对（{value_text(fault)}）"


def _several(where: Sequence[int | str]) -> bool:
    """Whether it is in a table of which there are several: [[group]]."""
    return len(where) > 1 and isinstance(where[1], int)


def _place(text: str, where: tuple[int | str, ...]) -> str:
    at = line_of(text, where) if _several(where) else _line_number(text, where)
    return f"第 {at} 行 {path_of(where)}" if at else path_of(where)


def _known_beside(where: tuple[int | str, ...]) -> list[str]:
    """The keys that one of several tables can have, as a mistake in it is told."""
    (kind,) = get_args(_FIELDS[str(where[0])].annotation)
    return [path_of((*where[:2], key)) for key in kind.model_fields]


def _instead(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"，是不是想写 {near[0]}？" if near else ""


def _line_number(text: str, where: tuple[int | str, ...]) -> int:
    """Where its key stands, or its section; 0 where neither does."""
    names = [str(part) for part in where if isinstance(part, str)]
    table = ".".join(names[:2])
    if len(where) > 2 and isinstance(where[2], int) and f"[[{table}]]" in text:  # [[attendance.visits]]
        return line_of(text, (table, *where[2:]))
    inside: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.split("#")[0].strip()
        if bare.startswith("["):
            inside = bare.strip("[] ").split(".")
            if inside == names:
                return number
        elif names[: len(inside) + 1] == [*inside, bare.split("=")[0].split(".")[0].strip()]:
            return number
    return 0
