"""What is said while a log is being written: a request of its own, or what was done."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.store.office import world
from usecases.heard import Heard
from usecases.listen import listened
from usecases.log_or_request import wishes

WORLD = world()
AT = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("明天请病假一天，去医院做胃镜", True),
        ("昨天请了病假", True),
        ("请假", True),
        ("报销", True),
        ("我要报销打车费", True),
        ("今晚加班2小时", True),
        ("帮李想请假", True),
        ("I need 2 days annual leave from tomorrow", True),
        ("明天去上海出差，见客户", False),
        ("外出拜访恒达", False),
        ("处理了3张报销单", False),
        ("整理了请假制度", False),
        ("招一个实习生", False),
        ("报销打车费", False),
        ("写完了方案", False),
    ],
)
def test_a_request_is_told_from_what_was_done(text: str, asks: bool) -> None:
    assert wishes(listened(Heard(message="m", by="lix", text=text, said_at=AT), WORLD)) is asks
