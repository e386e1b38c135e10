"""`./nod understand`: a line in, a line out, whatever the line holds."""

import json
from typing import Any

import pytest

from language.batch import answer

NOW = "2026-11-23T10:00:00+08:00"


def asked(*lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer(lines)]


def row(number: object, text: object, now: object = NOW) -> str:
    return json.dumps({"id": number, "text": text, "now": now})


def test_each_line_is_answered_in_order_with_its_id() -> None:
    first, second = asked(row("a", "明天请一天年假"), row(2, "同意"))
    assert (first["id"], first["kind"], first["start"]) == ("a", "leave", "2026-11-24")
    assert (second["id"], second["must_reject"]) == (2, True)


def test_an_answer_has_all_labelled_fields_and_what_was_assumed() -> None:
    (found,) = asked(row("a", "下周三下午请半天年假"))
    assert found["duration"] == {"value": 0.5, "unit": "day"}
    assert found["half"] == "pm"
    assert any("12月2日" in words for words in found["assumptions"])


def test_blank_lines_are_no_messages() -> None:
    assert asked("", "  \n", row("a", "请假")) == asked(row("a", "请假"))


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "3",
        "null",
        '{"id": 1}',
        '{"text": "请假"}',
        row(1, None),
        row(1, "请假", "gestern"),
        row(1, 5),
    ],
)
def test_a_line_that_cannot_be_read_says_so_and_the_next_is_answered(line: str) -> None:
    broken, fine = asked(line, row("b", "请假"))
    assert broken["error"]
    assert (fine["id"], fine["kind"]) == ("b", "leave")


def test_half_a_character_spoils_no_batch() -> None:
    found = asked('{"id": 1, "text": "明天请年假\\ud83d", "now": "' + NOW + '"}', row("b", "请假"))
    assert len(found) == 2
    assert found[1]["kind"] == "leave"
