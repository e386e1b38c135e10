"""A morning, an evening and a week to draw: nobody, a few, very many, long names, names that mean harm."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot import tongues
from cards.card import Frame
from domain.summaries.day import Tally, total
from domain.summaries.evening import Evening, Written
from domain.summaries.morning import Gone, Morning
from domain.summaries.period import Load, Period, Share

ZONE: Final = ZoneInfo("Asia/Shanghai")
TUESDAY: Final = date(2026, 11, 24)
EVIL: Final = "</text><script>x</script>[看](http://example.com)@所有人\u202e"
NAMES: Final = {
    "ann": "王芳", "bob": "欧阳静怡", "cyd": "李思远", "dan": "John Smith", "eve": EVIL,
    "fay": "Maximilian Featherstonehaugh-Cholmondeley",
}  # fmt: skip
ZH: Final = Frame(names=lambda who: NAMES.get(who, f"员工{who}"), zone=ZONE, dialect="plain")
EN: Final = replace(ZH, language="en", tongue=tongues.load()["en"])


def at(days: int, hour: int = 0) -> datetime:
    """So many days after Tuesday's midnight."""
    return datetime.combine(TUESDAY, datetime.min.time(), ZONE) + timedelta(days=days, hours=hour)


MORNING: Final = Morning(
    day=TUESDAY, people=34, working=32, expected=30,
    gone=(
        Gone(person="ann", where="off", end=at(4)),
        Gone(person="bob", where="off", end=at(0, 12)),
        Gone(person="eve", where="off", end=at(1), start=at(0, 13)),
        Gone(person="cyd", where="trip", end=at(2, 12)),
        Gone(person="dan", where="outing", end=at(0, 16), start=at(0, 14)),
        Gone(person="fay", where="outing", end=at(1)),
    ),
)  # fmt: skip
CROWD: Final = Morning(
    day=TUESDAY, people=12_345, working=12_000, expected=11_940,
    gone=tuple(Gone(person=str(n), where="off", end=at(1 + n % 9)) for n in range(60)),
)  # fmt: skip
NOBODY: Final = Morning(day=TUESDAY, people=3, working=3, expected=3)
EVENING: Final = Evening(
    day=TUESDAY,
    total=Tally(expected=28, due=27, came=26, late=2, missing=1, halves=5, elsewhere=3, owed=5, written=3),
    late=("ann", "bob"), missing=("cyd",),
    written=(
        Written(person="ann", line="=1+1 招聘 & 面试"), Written(person="eve", line=EVIL),
        Written(person="fay", line="拜访华东区两家客户，确认了续约意向，" * 4),
    ),
    unwritten=("dan", "cyd"),
)  # fmt: skip
QUIET: Final = Evening(day=TUESDAY, total=Tally())
_DAYS: Final = tuple(
    (
        date(2026, 11, 16) + timedelta(days=n),
        Tally(expected=30, due=30, came=30 - n % 3, late=n, missing=n % 3, owed=30),
    )
    for n in range(5)
)
WEEK: Final = Period(
    kind="week", since=date(2026, 11, 16), until=date(2026, 11, 22), people=30, days=_DAYS,
    total=replace(total(one for _, one in _DAYS), halves=13, written=120),
    load=Load(filed=31, decided=28, took=timedelta(hours=4, minutes=20), waiting=7, waited=timedelta(hours=19),
              longest=timedelta(days=3, hours=2)),
    before=Tally(due=100, came=90, late=9, missing=5), load_before=Load(filed=26, decided=28),
    parts=tuple(
        Share(name=name, people=10, total=Tally(due=50, came=49, late=n), load=Load(waiting=n))
        for n, name in enumerate(("研发部", EVIL, "华东区域销售与渠道管理中心第一事业部"))
    ),
)  # fmt: skip
EMPTY: Final = replace(
    WEEK, days=(), total=Tally(), load=Load(), before=Tally(), load_before=Load(), parts=(), kind="month",
    since=date(2026, 10, 1), until=date(2026, 10, 31),
)  # fmt: skip
