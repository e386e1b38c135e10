"""Filing for somebody else: who may, who owns it, who is told, who decides; and what is no such request."""

from dataclasses import replace

import pytest

from cards.tracks import track
from store.audit import audit_of
from tests.store.office import decides
from tests.store.talkative import ADMIN, ANOTHER, EMPLOYEE, HR, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows
from usecases.submit_draft import SubmitDraft

FOR_LIX = "替李想请明天一天病假，发烧"


async def files(office: Talkative, person: str, sentence: str = FOR_LIX) -> str:
    """The person says it and files it for the other."""
    await office.says(person, sentence)
    ((number,),) = rows(office.url, "SELECT number FROM cases")
    await office.office.submit(SubmitDraft(push="s", by=person, track=track(str(number), "a", person)))
    return str(number)


@pytest.mark.parametrize(
    "sentence",
    [FOR_LIX, "代 李想 申请 明天一天病假，发烧", "明天帮李想请一天病假，发烧", "替李想再请明天一天病假，发烧"],
)
async def test_the_supervisor_files_and_the_one_above_decides(database_url: str, sentence: str) -> None:
    async with talkative(database_url) as office:
        number = await files(office, SUPERVISOR, sentence)
        case = office.case(number)
        assert (case.applicant, case.filed_by, case.status) == (EMPLOYEE, SUPERVISOR, "running")
        assert (case.values["leave_type"], case.values["start"]) == ("sick", "2026-11-24")
        assert "发烧" in str(case.values["reason"])
        assert case.waiting_for() == ("wangf",), "neither the applicant nor who files it"
        assert "陈静替你提交了" in office.told(EMPLOYEE)
        cards = rows(database_url, f"SELECT lane FROM outbox WHERE track LIKE '{number}.a.%' ORDER BY lane")
        assert cards == [(SUPERVISOR,), (EMPLOYEE,)]
        await office.office.submit(decides("wangf", number, "1"))
        assert office.awaited(number) == (HR,)
        assert "已撤销" in await office.says(EMPLOYEE, f"撤销 {number}"), "it is theirs too"
        assert audit_of(office.office.engine)[0] == []


async def test_an_administrator_and_the_posts_of_the_company_may(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says("maj", FOR_LIX)
        assert rows(database_url, "SELECT count(*) FROM cases") == [(0,)]
        office.office.world = replace(office.office.world, file_for_others=("人事专员",))
        number = await files(office, "maj")
        assert office.awaited(number) == (SUPERVISOR,)
        await office.says(ADMIN, FOR_LIX)
        assert rows(database_url, "SELECT count(*) FROM cases") == [(2,)]


@pytest.mark.parametrize("person", [ANOTHER, "zhangw", "songj"])
async def test_nobody_else_may_and_hears_why(database_url: str, person: str) -> None:
    async with talkative(database_url) as office:
        assert "可以代李想申请" in await office.says(person, FOR_LIX)
        assert rows(database_url, "SELECT count(*) FROM cases") == [(0,)]
        assert office.told(EMPLOYEE) == ""


async def test_the_applicant_sees_nothing_of_a_draft_that_was_not_filed(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, FOR_LIX)
        await office.says(SUPERVISOR, "改成后天")
        assert rows(database_url, f"SELECT count(*) FROM outbox WHERE lane = '{EMPLOYEE}'") == [(0,)]


@pytest.mark.parametrize(
    "text",
    [
        "李想明天请病假了", "帮李想看看他的病假批了没", "李想的病假你批一下", "替李想取消明天的假", "替李想谢谢大家",
        "替王小明请明天一天病假", "代 王小明 申请 明天一天病假", "李想让我跟你说他明天请假", "帮李想请客户吃饭",
        "明天替李想加班3小时，赶稿", "替李想出差上海，明天", "下午请半天事假，帮李想补课",
    ],
)  # fmt: skip
async def test_talk_of_others_affairs_files_nothing(database_url: str, text: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, text)
        assert rows(database_url, "SELECT count(*) FROM cases WHERE applicant = 'lix'") == [(0,)]


async def test_a_question_about_ones_own_draft_is_not_answered_by_a_wish_for_another(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, "我要请假")
        await office.says(SUPERVISOR, "替李想请病假")
        assert rows(database_url, "SELECT applicant FROM cases") == [(SUPERVISOR,)], "it is asked about first"
        await office.says(SUPERVISOR, "先办李想的请假")
        found = rows(database_url, "SELECT applicant FROM cases ORDER BY number")
        assert found == [(SUPERVISOR,), (EMPLOYEE,)]


@pytest.mark.parametrize(
    ("person", "text"),
    [
        (SUPERVISOR, "明天请一天事假，帮李想提车"),
        (SUPERVISOR, "明天请一天事假，给李想请医生"),
        ("zhao", "明天请一天事假，帮老王提车"),
        ("liuy", "明天请一天年假，给黄桃浇水"),
        ("zhao", "明天出差上海一天，为高总站台"),
    ],
)
async def test_a_colleague_in_the_reason_is_not_whom_it_is_for(database_url: str, person: str, text: str) -> None:
    async with talkative(database_url) as office:
        await office.says(person, text)
        assert rows(database_url, "SELECT applicant FROM cases") == [(person,)]


@pytest.mark.parametrize(
    "text", ["帮李想和王芳请明天一天病假", "帮小李、小王请明天一天病假", "李想发烧了，替他请明天一天病假"]
)
async def test_a_request_for_two_or_for_him_is_nobodys(database_url: str, text: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, text)
        assert rows(database_url, "SELECT count(*) FROM cases") == [(0,)]


@pytest.mark.parametrize(("text", "asked"), [("给黄桃请明天一天年假", "黄涛"), ("替高总请明天一天年假", "请写全名")])
async def test_whom_a_name_may_mean_is_asked_and_not_guessed(database_url: str, text: str, asked: str) -> None:
    async with talkative(database_url) as office:
        heard = await office.says("zhao", text)
        assert "请写全名" in heard
        assert asked in heard
        assert rows(database_url, "SELECT count(*) FROM cases") == [(0,)]
