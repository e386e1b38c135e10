"""English requests are understood as their Chinese ones, and nothing English is filed that asks for nothing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import pytest

from bench.understand import ROWS, Values, read, understood, wrong_fields
from language import commands, questions, understand
from language.english import behalf, in_chinese, items, speaks
from language.naming import named, nearest

NOW: Final = datetime.fromisoformat("2026-11-23T10:00+08:00")  # a Monday
LABELLED: Final = read(ROWS.parent / "english.jsonl")
REPEATED: Final = (
    "leave tomorrow, ",
    "sick ",
    "from Monday to ",
    "because ",
    "a ",
    "12.",
    "- ",
    "3 days ",
    "to see ",
    "and ",
)


@pytest.mark.parametrize("row", LABELLED, ids=[row["text"] for row in LABELLED])
def test_a_message_is_understood_as_its_label_says(row: Values) -> None:
    found = understood(row)
    assert {name: found[name] for name in wrong_fields(row, found)} == {}


def test_every_kind_is_labelled_and_no_text_twice() -> None:
    assert {row["kind"] for row in LABELLED} == {
        "leave", "trip", "outing", "overtime", "punch", "expense", "none", "unknown",
    }  # fmt: skip
    assert len({row["text"] for row in LABELLED}) == len(LABELLED)


@pytest.mark.parametrize(
    ("kind", "said", "values"),
    [
        ("leave", "Friday", {"start": "2026-11-27", "end": "2026-11-27"}),
        ("leave", "in the afternoon", {"half": "pm", "start": None}),
        ("leave", "make it Thursday", {"start": "2026-11-26"}),
        ("leave", "change it to the day after tomorrow", {"start": "2026-11-25"}),
        ("leave", "I said Thursday, not Friday", {"start": "2026-11-26", "reason": None}),
        ("leave", "not sick leave, personal leave", {"leave_type": "personal"}),
        ("leave", "sick", {"leave_type": "sick", "reason": None}),
        ("leave", "reason: family matter", {"reason": "family matter"}),
        ("leave", "the reason is a wedding", {"reason": "a wedding", "leave_type": None}),
        ("leave", "because my kid is sick", {"reason": "my kid is sick", "leave_type": None}),
        ("leave", "two days", {"start": None}),
        ("trip", "Shanghai", {"place": "Shanghai"}),
        ("trip", "to see a client", {"reason": "see a client", "place": None}),
        ("outing", "to the bank", {"place": "the bank"}),
        ("expense", "128 yuan", {"amount": 128}),
        ("expense", "lunch with a client", {"reason": "lunch with a client", "amount": None}),
        ("punch", "clock out", {"punch": "out"}),
    ],
)
def test_an_answer_fills_what_it_says(kind: str, said: str, values: dict[str, Any]) -> None:
    found = understand(said, NOW, kind=kind).as_json()
    assert {name: found[name] for name in values} == values


def test_a_time_of_the_day_that_was_asked_for_lies_on_its_day() -> None:
    found = understand("from 2 to 4pm", NOW, kind="leave", day=date(2026, 11, 25))
    assert (found.start, found.end) == ("2026-11-25T14:00", "2026-11-25T16:00")


def test_what_was_said_before_is_read_with_the_answer() -> None:
    found = understand("sick leave tomorrow，half day，in the afternoon", NOW)
    assert (found.start, found.end, found.half) == ("2026-11-24T13:00", "2026-11-24T18:00", "pm")


def test_assumptions_are_english_sentences() -> None:
    assert understand("annual leave next Friday for 2 days", NOW).assumptions == (
        "next Friday = Fri 4 Dec",
        "2 working days, weekends and holidays not counted",
        "until Mon 7 Dec",
    )
    assert understand("personal leave, in the afternoon", NOW).assumptions == (
        "no day was named: today, Mon 23 Nov",
        "afternoon = 13:00-18:00",
    )


@pytest.mark.parametrize("text", ["申请PTO明天", "sick leave 明天", "128.5", "12-3", "😀", ""])
def test_a_mixed_message_and_one_without_words_are_not_english(text: str) -> None:
    assert not speaks(text)


def test_an_answer_is_put_into_chinese_words() -> None:
    assert in_chinese("until Friday", "leave") == "到周五"
    assert in_chinese("make it 2 to 4pm on Thursday", "leave") == "周四14:00到16:00"
    assert in_chinese("到周五", "leave") == "到周五"


def test_full_width_letters_are_read() -> None:
    assert understand("ｓｉｃｋ　ｌｅａｖｅ　ｔｏｍｏｒｒｏｗ", NOW).leave_type == "sick"


@pytest.mark.parametrize("filling", REPEATED)
def test_a_message_of_five_thousand_characters_is_read(filling: str) -> None:
    text = f"annual leave tomorrow. {filling * 5000}"[:5000]
    assert understand(text, NOW) == understand(text + " and overtime", NOW)


@pytest.mark.parametrize(
    ("said", "verb", "number", "text"),
    [
        ("what can you do?", "help", "", ""),
        ("show my requests", "my_cases", "", ""),
        ("pending approvals", "my_tasks", "", ""),
        ("what's waiting for me?", "my_tasks", "", ""),
        ("how many days of annual leave do I have left?", "balance", "", ""),
        ("who's off next week", "away", "", "下周谁不在"),
        ("submit it please", "submit", "", ""),
        ("never mind", "cancel", "", ""),
        ("approve QJ-20261123-007", "approve", "QJ-20261123-007", ""),
        ("Reject QJ-20261123-007 because of the Budget", "reject", "QJ-20261123-007", "the Budget"),
        ("withdraw QJ-20261123-007", "withdraw", "QJ-20261123-007", ""),
        ("remind QJ-20261123-007", "urge", "QJ-20261123-007", ""),
        ("where is QJ-20261123-007", "progress", "QJ-20261123-007", ""),
        ("transfer QJ-20261123-007 to Wang Fang", "transfer", "QJ-20261123-007", "Wang Fang"),
        ("send back QJ-20261123-007: invoice missing", "return", "QJ-20261123-007", "invoice missing"),
        ("comment on QJ-20261123-007: looks fine", "comment", "QJ-20261123-007", "looks fine"),
        ("copy QJ-20261123-007", "copy", "QJ-20261123-007", ""),
        ("take back", "take_back", "", ""),
        ("delegate to Wang Fang from tomorrow to Friday", "deputy", "", "Wang Fang 明天到周五"),
        ("make Li Na my deputy next week", "deputy", "", "Li Na 下周"),
        ("cancel delegation", "undeputy", "", ""),
        ("weekly report: shipped the release", "log", "", "shipped the release"),
    ],
)
def test_commands(said: str, verb: str, number: str, text: str) -> None:
    found = commands.read(said)
    assert found is not None
    assert (found.verb, found.number, found.text) == (verb, number, text)


@pytest.mark.parametrize(
    ("said", "verb", "places", "every", "text"),
    [
        ("approve 1, 3", "approve", (1, 3), False, ""),
        ("approve 1 and 3", "approve", (1, 3), False, ""),
        ("approve all", "approve", (), True, ""),
        ("reject 2: too expensive", "reject", (2,), False, "too expensive"),
        ("transfer 1 to Wang Fang", "transfer", (1,), False, "Wang Fang"),
    ],
)
def test_commands_for_several(said: str, verb: str, places: tuple[int, ...], every: bool, text: str) -> None:
    found = commands.read(said)
    assert found is not None
    assert found.several is not None
    assert (found.several.verb, found.several.places, found.several.all, found.text) == (verb, places, every, text)


@pytest.mark.parametrize(
    "said",
    [
        "approve 2 days of leave",
        "cancel my leave on Friday",
        "let me take leave tomorrow",
        "make it Friday",
        "approved",
    ],
)
def test_what_only_begins_like_a_command_is_none(said: str) -> None:
    assert commands.read(said) is None


@pytest.mark.parametrize(
    ("said", "about", "subject"),
    [
        ("who approves expenses", "route", "expenses"),
        ("how many days in advance do I need to apply for annual leave?", "lead", "annual leave"),
        ("what is Wang Fang's phone number?", "phone", "Wang Fang"),
        ("who leads marketing", "leader", "市场"),
        ("who is my manager", "leader", "我"),
        ("who is the cashier?", "post", "出纳"),
        ("what do I need for a purchase request?", "form", "purchase request"),
        ("has my leave been approved?", "mine", "leave"),
    ],
)
def test_questions(said: str, about: str, subject: str) -> None:
    found = questions.read(said)
    assert found is not None
    assert (found.about, found.subject) == (about, subject)


def test_a_name_of_a_flow_is_a_word_of_its_own() -> None:
    names = {"car": "vehicle", "expense": "expense", "purchase request": "goods_purchase"}
    assert named("Purchase requests", names) == ("goods_purchase", "purchase request")
    assert named("my card is lost", names) is None
    assert nearest("a request to purchase", names) == ["goods_purchase"]


def test_whoever_else_is_meant_is_named() -> None:
    text = "please file sick leave for Wang Fang tomorrow"
    place = behalf(text)
    assert place is not None
    assert text[slice(*place)] == "Wang Fang"
    assert behalf("annual leave for National Day") is None
    assert behalf("sick leave for me tomorrow") is None


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("reimburse taxi 45.5 and lunch 128", [("taxi", None, "45.5"), ("lunch", None, "128")]),
        ("hotel 320 x 2 nights, train ticket 1,553", [("hotel", "2", "320"), ("train ticket", None, "1553")]),
        ("45 for a taxi and 12.5 for parking", [("taxi", None, "45"), ("parking", None, "12.5")]),
        ("I need to buy 2 keyboards at 150 each", [("keyboards", "2", "150")]),
        ("10 boxes of A4 paper, 25 yuan each", [("A4 paper", "10", "25")]),
        ("taxi 45 and 2026", []),
        ("sick leave tomorrow", []),
    ],
)
def test_the_items_of_a_line(line: str, rows: list[tuple[str, str | None, str]]) -> None:
    wanted = [(name, count and Decimal(count), Decimal(price)) for name, count, price in rows]
    assert [(one.name, one.count, one.price) for one in items.items(line)] == wanted


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("the taxi was 54.5", "taxi改成54.5"),
        ("remove the second item", "删掉第2笔"),
        ("change the last one to 60", "最后一笔改成60"),
        ("add parking 15", "再加一笔 parking 15"),
        ("sick leave tomorrow", "sick leave tomorrow"),
    ],
)
def test_a_correction_of_items(said: str, read: str) -> None:
    assert items.edit(said) == read


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("my computer is broken, I'd like a new one", "computer"),
        ("we need 10 boxes of A4 paper", "10 boxes of A4 paper"),
        ("I need a stamp on the contract with Tencent", "the contract with Tencent"),
        ("new laptop please", "new laptop"),
        ("purchase", None),
    ],
)
def test_what_is_wanted(said: str, thing: str | None) -> None:
    assert items.thing(said, ["new one", "boxes of", "stamp", "new laptop", "purchase"]) == thing
