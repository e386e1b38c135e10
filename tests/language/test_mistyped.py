"""Typed by ear or in other characters: kinds of request and commands are known, other words stay themselves."""

from datetime import datetime

import pytest

from language import commands, understand

NOW = datetime.fromisoformat("2026-11-23T10:00+08:00")


@pytest.mark.parametrize(
    ("text", "verb", "number"),
    [
        ("代我审批", "my_tasks", ""),
        ("带我审批", "my_tasks", ""),
        ("待我審批", "my_tasks", ""),
        ("我的申情", "my_cases", ""),
        ("我得申请", "my_cases", ""),
        ("催半", "urge", ""),
        ("催辦", "urge", ""),
        ("进渡", "progress", ""),
        ("餘額", "balance", ""),
        ("撤消QJ-20261123-001", "withdraw", "QJ-20261123-001"),
        ("撤銷 QJ-20261123-001", "withdraw", "QJ-20261123-001"),
        ("QJ-20261123-001 进渡", "progress", "QJ-20261123-001"),
        ("轉交 QJ-20261123-001 王芳", "transfer", "QJ-20261123-001"),
    ],
)
def test_a_command_is_known_by_its_sound(text: str, verb: str, number: str) -> None:
    spoken = commands.read(text)
    assert spoken is not None
    assert (spoken.verb, spoken.number) == (verb, number)


@pytest.mark.parametrize(
    "text",
    [
        "撒销",
        "撒销 QJ-20261123-001",
        "车校 QJ-20261123-001",
        "转角 QJ-20261123-001 王芳",
        "專交 QJ-20261123-001 王芳",
        "提教",
        "提茭",
        "踢脚",
        "代办",
        "撤徊",
        "同亿",
        "同亿 QJ-20261123-001",
        "驳徊 QJ-20261123-001",
        "取肖",
        "带班",
        "彩蛋",
        "家里有事",
        "出差",
    ],
)
def test_what_decides_or_drops_is_never_guessed(text: str) -> None:
    assert commands.read(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("明天请价一天", "leave"),
        ("明天年价一天", "leave"),
        ("明天请家一天", "leave"),
        ("明天年家", "leave"),
        ("明天时假一天", "leave"),
        ("明天丙假", "leave"),
        ("后天调修", "leave"),
        ("打车报消 45", "expense"),
        ("下周三去西安出查", "trip"),
        ("今晚七点到九点加斑", "overtime"),
        ("昨天上班补咔", "punch"),
        ("請購單先不管，明天請事假", "leave"),
        ("後天去臺北出差兩天", "trip"),
        ("昨晚忘記打卡，補簽", "punch"),
        ("報銷計程車費 230", "expense"),
    ],
)
def test_a_kind_is_known_by_its_sound_and_in_traditional_characters(text: str, kind: str) -> None:
    assert understand(text, NOW).kind == kind


@pytest.mark.parametrize("text", ["明年家里装修", "请家政来打扫", "这是假的", "到时假装不知道", "下午有人来试驾"])
def test_other_words_that_sound_alike_are_no_kind(text: str) -> None:
    assert understand(text, NOW).kind not in ("leave", "trip", "expense", "overtime", "punch")
