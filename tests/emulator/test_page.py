"""People use the page in a real browser: they ask, decide, talk in groups, switch, lose the connection."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.emulator.page_stage import GROUP, ROGUE, Stage, open_stage, say

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def open_curtain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("page")) as stage:
        yield stage


@pytest.fixture
def stage(open_curtain: Stage) -> Iterator[Stage]:
    open_curtain.reset()
    yield open_curtain
    assert open_curtain.errors == []


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("navigation", name="会话").get_by_role("button").filter(has_text=title)


def test_without_a_name_in_the_address_one_chooses_who_to_be(stage: Stage) -> None:
    page = stage.window("")
    search = page.get_by_role("combobox", name="搜索姓名、部门、职位")
    expect(search).to_be_focused()
    search.fill("市场 主管")
    search.press("Enter")
    expect(page.locator(".me strong")).to_have_text("李娜")
    assert "as=lina" in page.url


def test_an_example_fills_the_box_and_enter_sends_it(stage: Stage) -> None:
    page = stage.window("wangfang")
    page.get_by_role("button", name="我明天下午请半天病假，去医院复查").click()
    expect(page.get_by_label("输入消息")).to_have_value("我明天下午请半天病假，去医院复查")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .bubble")).to_have_text("我明天下午请半天病假，去医院复查")
    expect(page.locator(".example")).to_have_count(0)


def test_a_request_goes_from_the_employee_to_the_approver_and_both_see_the_end(stage: Stage) -> None:
    employee, approver = stage.window("wangfang"), stage.window("lina")
    say(employee, "我明天下午请半天病假")
    card = employee.get_by_role("article", name="我明天下午请半天病假", exact=True)
    expect(card).to_contain_text("待提交")
    card.get_by_role("button", name="提交").click()
    waiting = employee.get_by_role("article", name="审批中")
    expect(waiting).to_contain_text("⏳ 李娜（部门主管）审批中")
    expect(waiting.get_by_role("button")).to_have_count(0)
    approver.get_by_role("article", name="待你审批").get_by_role("button", name="同意").click()
    expect(approver.get_by_role("article", name="已处理")).to_contain_text("你已处理：approve")
    expect(employee.get_by_role("article", name="已结束")).to_contain_text("✅ 李娜 approve")
    expect(employee.locator(".state")).to_have_text("已通过")


def test_a_button_is_busy_while_the_callback_is_open_and_tells_when_nobody_answers(stage: Stage) -> None:
    page = stage.window("wangfang")
    say(page, "请假一天")
    slow = page.get_by_role("button", name="慢")
    slow.click()
    expect(slow).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="提交")).to_be_disabled()
    expect(page.get_by_role("alert").filter(has_text="操作失败，请稍后重试")).to_be_visible()
    expect(page.locator(".card .failed")).to_have_text("操作失败，请稍后重试")
    expect(page.get_by_role("button", name="提交")).to_be_enabled()


def test_what_one_has_not_seen_is_marked_until_it_is_opened(stage: Stage) -> None:
    employee, approver = stage.window("wangfang"), stage.window("lina", chat=GROUP)
    say(employee, "请假一天")
    employee.get_by_role("button", name="提交").click()
    bot = row(approver, "点头")
    expect(bot.get_by_label("1 条未读")).to_be_visible()
    expect(bot).to_contain_text("待你审批")
    bot.click()
    expect(approver.get_by_role("article", name="待你审批")).to_be_visible()
    expect(approver.get_by_label("1 条未读")).to_have_count(0)
    approver.reload()
    expect(approver.get_by_role("article", name="待你审批")).to_be_visible()
    expect(approver.get_by_label("1 条未读")).to_have_count(0)


def test_in_a_group_the_bot_hears_what_mentions_it(stage: Stage) -> None:
    page, other = stage.window("wangfang", chat=GROUP), stage.window("lina", chat=GROUP)
    say(page, "大家下午好")
    expect(other.locator(".theirs .bubble")).to_have_text("大家下午好")
    expect(other.locator(".theirs .name")).to_contain_text("王芳")
    box = page.get_by_label("输入消息")
    box.press_sequentially("@点")
    expect(page.get_by_role("listbox", name="提到谁").get_by_role("option")).to_have_text(["点头"])
    box.press("Enter")
    expect(box).to_have_value("@点头 ")
    box.press_sequentially("今天谁不在")
    box.press("Enter")
    expect(page.locator(".theirs .bubble")).to_have_text("@王芳 收到：今天谁不在")
    expect(page.locator(".mine .mention")).to_have_text("@点头")
    page.reload()
    expect(page.locator(".mine .read").first).to_have_text("1人未读")


def test_typing_an_at_offers_the_members_but_not_oneself(stage: Stage) -> None:
    page = stage.window("wangfang", chat=GROUP)
    page.get_by_label("输入消息").press_sequentially("请 @")
    expect(page.get_by_role("option")).to_contain_text(["点头", "李娜", ROGUE])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("输入消息")).to_have_value("请 @李娜 ")
    page.get_by_role("button", name="群成员").click()
    expect(page.get_by_role("complementary", name="群成员").get_by_role("listitem")).to_have_count(4)


def test_a_draft_waits_while_one_looks_elsewhere(stage: Stage) -> None:
    page = stage.window("wangfang")
    box = page.get_by_label("输入消息")
    box.press_sequentially("我想请")
    box.press("Shift+Enter")
    box.press_sequentially("假")
    row(page, "市场部群").click()
    expect(box).to_have_value("")
    expect(row(page, "点头")).to_contain_text("[草稿]")
    row(page, "点头").click()
    expect(box).to_have_value("我想请\n假")


def test_control_k_lets_another_person_sit_down(stage: Stage) -> None:
    page = stage.window("wangfang")
    say(page, "请假一天")
    expect(page.get_by_role("article")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("国强")
    page.keyboard.press("Enter")
    expect(page.locator(".me strong")).to_have_text("陈国强")
    expect(page.get_by_role("article")).to_have_count(0)
    page.go_back()
    expect(page.locator(".me strong")).to_have_text("王芳")


def test_on_a_narrow_screen_list_and_chat_are_two_screens(stage: Stage) -> None:
    page = stage.window("wangfang", width=390, height=780)
    expect(row(page, "点头")).to_be_visible()
    expect(page.get_by_role("main")).to_be_hidden()
    row(page, "点头").click()
    expect(page.get_by_label("输入消息")).to_be_visible()
    expect(row(page, "点头")).to_be_hidden()
    say(page, "请假一天")
    expect(page.get_by_role("button", name="提交")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="返回会话列表").click()
    expect(row(page, "点头")).to_be_visible()


def test_the_newest_line_stays_in_sight_and_ones_own_brings_it_back(stage: Stage) -> None:
    page = stage.window("wangfang")
    for number in range(1, 7):
        say(page, f"请假 {number} 天")
        expect(page.get_by_role("article")).to_have_count(number)
    newest = page.get_by_role("article").last
    expect(newest.get_by_role("button", name="提交")).to_be_in_viewport()
    page.get_by_role("region", name="消息").evaluate("region => { region.scrollTop = 0; }")
    expect(newest).not_to_be_in_viewport()
    say(page, "请假 7 天")
    expect(page.get_by_role("article").last.get_by_role("button", name="提交")).to_be_in_viewport()


def test_a_picture_and_a_file_are_handed_over(stage: Stage) -> None:
    page = stage.window("wangfang")
    picture = FilePayload(name="病历.png", mimeType="image/png", buffer=PIXEL)
    note = FilePayload(name="说明.txt", mimeType="text/plain", buffer="看诊".encode())
    page.locator("input[type=file]").set_input_files([picture, note])
    shown = page.locator(".mine img")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    expect(page.locator(".mine .file")).to_contain_text("说明.txt")


def test_a_picture_and_a_file_of_the_bot_are_shown_to_whom_they_were_sent(stage: Stage) -> None:
    picture, sheet = stage.upload("image", "趋势.png", PIXEL), stage.upload("file", "x1.xlsx", b"sheet")
    stage.send(["wangfang"], "sampleImageMsg", photoURL=picture)
    stage.send(["wangfang"], "sampleFile", mediaId=sheet, fileName="十月考勤.xlsx", fileType="xlsx")
    page, other = stage.window("wangfang"), stage.window("lina")
    shown = page.locator(".theirs img.picture")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    with page.expect_popup() as large:
        shown.click()
    assert large.value.locator("img").evaluate("image => image.naturalWidth") == 1
    with page.expect_download() as saved:
        page.get_by_role("link", name="十月考勤.xlsx").click()
    assert saved.value.suggested_filename == "十月考勤.xlsx"
    assert saved.value.path().read_bytes() == b"sheet"
    expect(row(page, "点头")).to_contain_text("[文件] 十月考勤.xlsx")
    expect(other.get_by_role("main")).to_be_visible()
    expect(other.locator(".theirs")).to_have_count(0)


def test_one_clocks_in_and_checks_in(stage: Stage) -> None:
    shift = {"on": "00:00", "off": "23:59", "days": [1, 2, 3, 4, 5, 6, 7]}
    stage.put("/emulator/schedule", {"groups": [{"name": "总部", "members": ["wangfang"], "shifts": [shift]}]})
    page = stage.window("wangfang")
    page.get_by_role("button", name="考勤").click()
    page.get_by_role("button", name="下班打卡").click()
    expect(page.get_by_role("alert").filter(has_text="下班打卡成功")).to_be_visible()
    page.get_by_role("button", name="考勤").click()
    expect(page.get_by_role("button", name="签到")).to_be_disabled()
    page.get_by_label("地点").fill("客户处")
    page.get_by_role("button", name="签到").click()
    expect(page.get_by_role("alert").filter(has_text="已签到：客户处")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_one_writes_a_log_on_the_platform_s_form(stage: Stage) -> None:
    page = stage.window("wangfang")
    page.get_by_role("button", name="考勤").click()
    page.get_by_role("button", name="写日志").click()
    expect(page.get_by_role("button", name="提交日志")).to_be_disabled()
    page.get_by_label("模板").select_option("周报")
    page.get_by_label("本周完成工作").fill("客户拜访 3 家")
    page.get_by_role("button", name="提交日志").click()
    expect(page.get_by_role("alert").filter(has_text="周报已提交，发给李娜")).to_be_visible()
    (log,) = stage.ask("/emulator/reports?viewer=lina")["items"]
    assert (log["creator_id"], log["template_name"], log["to"]) == ("wangfang", "周报", ["lina"])
    assert [(row["key"], row["value"]) for row in log["contents"]] == [("本周完成工作", "客户拜访 3 家")]


def test_a_card_is_tapped_by_keyboard_and_news_is_spoken(stage: Stage) -> None:
    page = stage.window("wangfang")
    say(page, "请假一天")
    page.get_by_role("button", name="提交").focus()
    expect(page.locator("p[role=status]")).to_have_text("点头：请假一天")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="审批中")).to_be_visible()


def test_the_page_says_that_it_lost_the_server_and_comes_back_by_itself(stage: Stage) -> None:
    page = stage.window("wangfang")
    expect(page.locator(".me strong")).to_have_text("王芳")
    stage.stop_emulator()
    lost = page.get_by_text("连接中断，正在重连")
    expect(lost).to_be_visible()
    say(page, "还在吗")
    expect(page.get_by_label("输入消息")).to_have_value("还在吗")
    stage.start_emulator()
    expect(lost).to_have_count(0)
    stage.wait_for_bot()
    page.get_by_label("输入消息").press("Enter")
    expect(page.get_by_role("article", name="还在吗")).to_be_visible()
