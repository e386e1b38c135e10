"""Logs on the platform's own form count: who filed one there is not reminded, and the manager reads it in the chat."""

from datetime import datetime

import pytest

from tests.scenarios.office import Office
from tests.scenarios.script import ZONE

pytestmark = pytest.mark.asyncio(loop_scope="module")
EVENING = datetime(2026, 11, 23, 18, tzinfo=ZONE)  # a Monday


async def test_who_filed_on_the_form_has_written(office: Office) -> None:
    said = {"userid": "zhangw", "template_name": "日报", "at": round(EVENING.timestamp() * 1000) - 3_600_000}
    contents = [{"key": "今日完成工作", "value": "跑了两个渠道 [点我](http://example.com)"}]
    await office.call("POST", "/emulator/reports", {**said, "contents": contents})
    wrong = await office.job("log_evening", EVENING)
    assert not wrong
    await office.words_with("lix", "今天的日志还没写")
    await office.say("chenj", "看张伟的日志", createAt=round(EVENING.timestamp() * 1000))
    told = await office.words_with("chenj", "跑了两个渠道", "钉钉日志")
    assert "](http" not in told["text"]
    reminded = [item for item in await office.seen("zhangw") if "还没写" in (item.get("text") or "")]
    assert reminded == []
