"""Reads the logs (日志) that people filed on the platform's own form (contract 8: report/list)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from bot.wire.api import DingTalk
from domain.logs import Kind, Log, Template, day_of, period_of

_WORDS: Final[Mapping[str, Kind]] = {"日报": "day", "周报": "week", "月报": "month", "拜访": "visit"}
_WHOLE: Final = ("日志", "工作日志")
_BEFORE: Final = timedelta(days=90)  # so long after it was filed a log is found that was changed (the platform: 180)


async def read_logs(
    platform: DingTalk, since: datetime, until: datetime, templates: Iterable[Template] = ()
) -> list[Log]:  # fmt: skip
    """The logs that were filed or changed from `since` to `until`; the office's zone is that of `since`: what was
    written at night is of the day before there. The same log has the same id whenever it is read.

    Read are forms that are named as the company's `templates` are, or as logs usually are: all others (绩效面谈记录)
    are no logs, and nobody's to see (R-SUM-3).

    Raises what `bot.wire.errors` names."""
    rows = platform.reports(
        start_ms=_ms(since - _BEFORE), end_ms=_ms(until), changed_since_ms=_ms(since), changed_until_ms=_ms(until)
    )
    named = {one.name: one.kind for one in templates}
    return [log async for row in rows if (log := _log(row, named, since)) is not None]


def _kind(template: str, named: Mapping[str, Kind]) -> Kind | None:
    usual: list[Kind] = [kind for word, kind in _WORDS.items() if word in template]
    kind = named.get(template) or ("day" if template in _WHOLE else usual[0] if usual else None)
    return None if kind == "things" else kind  # a form does not tell what became of them


def _log(row: Mapping[str, Any], named: Mapping[str, Kind], here: datetime) -> Log | None:
    template = _text(row.get("template_name")).strip()
    kind = _kind(template, named)
    if kind is None:
        return None
    filed = _moment(row.get("create_time"))
    parts = sorted(row.get("contents") or (), key=lambda part: int(str(part.get("sort") or 0)))
    return Log(
        id=f"form:{row['report_id']}", person=str(row.get("creator_id", "")), kind=kind,
        day=period_of(kind, day_of(filed, here.tzinfo)), template=template,
        contents=tuple((_text(part.get("key")), _text(part.get("value"))) for part in parts),
        source="form", at=filed, changed=_moment(row.get("modified_time") or row.get("create_time")),
    )  # fmt: skip


def _text(said: object) -> str:
    """Without what no store keeps: NUL, halves of surrogate pairs."""
    return str(said or "").encode("utf-8", "ignore").decode().replace("\0", "")


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _moment(said: object) -> datetime:
    return datetime.fromtimestamp(int(str(said or 0)) / 1000, UTC)
