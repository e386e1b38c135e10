"""A form in a card by the platform's form protocol: each field type, what is required, what the callback carries."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.emulator.page_stage import Stage, open_stage, say


@pytest.fixture(scope="module")
def open_curtain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("forms")) as stage:
        yield stage


@pytest.fixture
def form(open_curtain: Stage) -> Iterator[Locator]:
    open_curtain.reset()
    page = open_curtain.window("wangfang", height=1100)
    say(page, "表单")
    card = page.get_by_role("article", name="请假单")
    expect(card.get_by_label("事由")).to_be_visible()
    yield card
    assert open_curtain.errors == []


def received(card: Locator) -> dict[str, object]:
    """What the bot says that it got."""
    title = card.page.get_by_role("heading", name="已收到")
    expect(title).to_be_visible()
    found: dict[str, object] = json.loads(title.inner_text().removeprefix("已收到 "))
    return found


def pick(card: Locator, label: str, text: str) -> None:
    card.get_by_role("combobox", name=label).fill(text)
    card.get_by_role("option", name=text).click()
    card.get_by_role("combobox", name=label).press("Escape")


def test_every_field_reaches_the_bot_in_the_platforms_shape(form: Locator) -> None:
    form.get_by_label("假种").select_option("病假")
    form.get_by_label("开始日期").fill("2026-11-30")
    form.get_by_label("离开时间").fill("2026-11-30T14:05")
    form.get_by_label("钟点").fill("09:30")
    form.get_by_label("天数").fill("0.5")
    form.get_by_label("事由").fill("去医院复查")
    form.get_by_label("联系方式").fill("13800000001")
    pick(form, "替班人", "Tom")
    pick(form, "抄送", "同事3")
    form.get_by_label("下午").check()
    form.get_by_label("紧急").check()
    form.get_by_label("行程 1").fill("上海")
    form.get_by_role("button", name="加一站").click()
    form.get_by_label("行程 2").fill("杭州")
    form.get_by_role("button", name="提交").click()
    assert received(form) == {
        "leave_type": {"index": 1, "value": "sick"}, "start": "2026-11-30", "leave_at": "2026-11-30 14:05",
        "clock": "09:30", "days": 0.5, "reason": "去医院复查", "contact": "13800000001",
        "deputy": {"index": 11, "value": "tom"},
        "cc": {"index": [0, 2], "value": ["p1", "p3"]}, "half": "pm", "urgent": True, "handed": False,
        "stops": ["上海", "杭州"],
    }  # fmt: skip


def test_what_is_missing_is_said_at_its_field_and_nothing_is_sent(form: Locator) -> None:
    form.get_by_role("button", name="提交").click()
    expect(form.get_by_role("alert")).to_have_text(["请选择假种", "请写明事由"])
    expect(form.get_by_label("假种")).to_be_focused()
    form.get_by_label("假种").select_option("年假")
    expect(form.get_by_role("alert")).to_have_text(["请写明事由"])
    form.get_by_label("天数").fill("两天")
    form.get_by_label("事由").fill("家事")
    form.get_by_role("button", name="提交").click()
    expect(form.get_by_role("alert")).to_have_text(["请填写数字"])
    expect(form.page.get_by_role("heading", name="已收到")).to_have_count(0)


def test_defaults_are_there_and_an_answered_form_is_locked(form: Locator) -> None:
    expect(form.get_by_label("开始日期")).to_have_value("2026-11-24")
    expect(form.locator(".chip")).to_have_text(["同事1"])
    form.get_by_label("假种").select_option("年假")
    form.get_by_label("事由").fill("家事")
    form.get_by_role("button", name="提交").click()
    assert received(form)["start"] == "2026-11-24"
    card = form.page.get_by_role("article")
    expect(card.get_by_label("事由")).to_be_disabled()
    expect(card.get_by_label("事由")).to_have_value("家事")


def test_people_are_found_by_typing_and_chosen_by_keyboard(form: Locator) -> None:
    deputy = form.get_by_role("combobox", name="替班人")
    deputy.fill("同事1")
    expect(form.locator("[data-field=deputy] [role=option]")).to_have_text(["同事1", "同事10", "同事11"])
    deputy.press("ArrowDown")
    deputy.press("Enter")
    expect(form.locator("[data-field=deputy] .chip")).to_have_text("同事10")
    deputy.press("Backspace")
    expect(form.locator("[data-field=deputy] .chip")).to_have_count(0)
    deputy.fill("没有这个人")
    expect(form.locator("[data-field=deputy] [role=listbox]")).to_have_text("没有找到")
