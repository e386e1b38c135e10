"""Rotas, days off, holidays, groups out of the organisation file, and swaps of shifts (contract 7.2, 7.3)."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import ORGANIZATION, ROOT, Home
from tests.emulator.test_control import complaint
from tests.emulator.test_workday import DAY, MONDAY, at_work

EARLY = {
    "name": "早班", "on": "06:00", "off": "14:00", "members": ["lina"],
    "dates": ["2026-10-26", "2026-10-27", "2026-10-31"],
}  # fmt: skip
LATE = {"name": "夜班", "on": "22:00", "off": "06:00", "members": ["wangfang"], "dates": ["2026-10-26", "2026-10-28"]}
ROTA = {
    "name": "轮班",
    "type": "TURN",
    "members": ["lina", "wangfang"],
    "shifts": [EARLY, LATE],
    "rest": ["2026-11-01"],
}
OFFICE = {
    "name": "行政班", "members": ["zhaolei"], "rest": ["2026-10-28"],
    "shifts": [{"on": "08:30", "off": "18:00"}, {"on": "10:00", "off": "15:00", "dates": ["2026-10-31"]}],
}  # fmt: skip
HOLIDAY = {"name": "校庆", "rest": ["2026-10-27", "2026-10-31"], "work": ["2026-11-01"]}
SWITCH = "/topapi/attendance/approve/schedule/switch"
SWAP: dict[str, Any] = {
    "userid": "lina", "apply_userid": "lina", "target_userid": "wangfang", "switch_date": "2026-10-26",
    "apply_shift_id": 101, "target_shift_id": 102, "approve_id": "s1",
}  # fmt: skip
BACK = {"reback_date": "2026-10-28", "reback_apply_shift_id": 0, "reback_target_shift_id": 102}


async def week(home: Home, person: str, days: int = 7) -> list[str]:
    """What a person is due for: `26 06:00-14:00`, or `29 rest`; days without a schedule are not told."""
    end = MONDAY + (days - 1) * DAY
    asked = {"op_user_id": "boss", "userids": person, "from_date_time": MONDAY, "to_date_time": end}
    rows = (await home.legacy("/topapi/attendance/schedule/listbyusers", asked))["result"]
    told: dict[str, list[str]] = {}
    for row in rows:
        words = told.setdefault(row["work_date"][8:10], [])
        words.append("rest" if row["is_rest"] == "Y" else row["plan_check_time"][11:16])
    return [f"{day} {'-'.join(words)}" for day, words in told.items()]


async def rota(home: Home) -> None:
    await at_work(home, ROTA, OFFICE)


async def test_in_a_rota_each_has_days_of_their_own_and_what_it_does_not_reach_is_not_told(home: Home) -> None:
    await rota(home)
    assert await week(home, "lina") == [
        "26 06:00-14:00", "27 06:00-14:00", "28 rest", "29 rest", "30 rest", "31 06:00-14:00", "01 rest",
    ]  # fmt: skip
    assert (await week(home, "wangfang"))[:3] == ["26 22:00-06:00", "27 rest", "28 22:00-06:00"]
    assert len(await week(home, "lina", 8)) == 7
    groups = (await home.legacy("/topapi/attendance/getsimplegroups", {"offset": 0, "size": 10}))["result"]["groups"]
    assert [(row["type"], row["work_day_list"][1]) for row in groups] == [("TURN", "0"), ("FIXED", "201")]
    own = (await home.legacy("/topapi/attendance/getusergroup", {"userid": "lina"}))["result"]
    assert (own["type"], len(own["classes"])) == ("TURN", 2)


async def test_a_day_off_and_a_make_up_day_win_over_the_week(home: Home) -> None:
    await rota(home)
    assert await week(home, "zhaolei") == [
        "26 08:30-18:00", "27 08:30-18:00", "28 rest", "29 08:30-18:00", "30 08:30-18:00", "31 10:00-15:00", "01 rest",
    ]  # fmt: skip


async def test_holidays_are_kept_by_all_but_rotas(home: Home) -> None:
    await home.control("PUT", "/schedule", {"groups": [ROTA, OFFICE], "holidays": [HOLIDAY]})
    assert await week(home, "zhaolei") == [
        "26 08:30-18:00", "27 rest", "28 rest", "29 08:30-18:00", "30 08:30-18:00", "31 10:00-15:00", "01 08:30-18:00",
    ]  # fmt: skip
    assert "27 06:00-14:00" in await week(home, "lina")
    asked = {"userIds": ["zhaolei", "lina"], "workDateFrom": MONDAY, "workDateTo": MONDAY + 4 * DAY}
    status, answer = await home.new("POST", "/v1.0/attendance/holidays", asked)
    day_off = {"workDate": MONDAY + DAY, "holidayName": "校庆", "holidayType": "festival"}
    assert (status, answer["result"]) == (
        200, [{"userId": "zhaolei", "holidays": [day_off]}, {"userId": "lina", "holidays": []}],
    )  # fmt: skip
    _, answer = await home.new("POST", "/v1.0/attendance/holidays", {**asked, "workDateTo": MONDAY + 6 * DAY})
    assert [row["holidayType"] for row in answer["result"][0]["holidays"]] == ["festival", "festival", "overtime"]
    status, answer = await home.new("POST", "/v1.0/attendance/holidays", {**asked, "userIds": ["nobody"]})
    assert (status, answer["code"]) == (400, "invalidRequestParams")


@pytest.mark.parametrize(
    "change",
    [
        {"type": "NONE"}, {"type": "FIXED"}, {"rest": ["20261101"]}, {"rest": ["2026-11-31"]},
        {"shifts": [{**EARLY, "members": ["zhaolei"]}]}, {"shifts": [{**EARLY, "dates": [5]}]},
    ],
)  # fmt: skip
async def test_a_rota_that_makes_no_sense_is_refused_and_changes_nothing(home: Home, change: Any) -> None:
    await rota(home)
    assert "error" in await home.control("PUT", "/schedule", {"groups": [{**ROTA, **change}]}, status=400)
    assert len(await week(home, "zhaolei")) == 7


# ── swaps ────────────────────────────────────────────────────────────────────────────────────


async def test_two_who_swap_have_each_other_s_shift_and_give_it_back(home: Home) -> None:
    await rota(home)
    for _ in range(2):  # the same approval once more swaps nothing back
        assert (await home.legacy(SWITCH, {**SWAP, **BACK}))["errcode"] == 0
        assert (await week(home, "lina"))[:3] == ["26 22:00-06:00", "27 06:00-14:00", "28 22:00-06:00"]
        assert (await week(home, "wangfang"))[:3] == ["26 06:00-14:00", "27 rest", "28 rest"]
    due = {"workDate": "2026-10-28", "offset": 0, "size": 10}
    plans = (await home.legacy("/topapi/attendance/listschedule", due))["result"]["schedules"]
    assert [(row["userid"], row["class_id"], row["group_id"]) for row in plans] == [("lina", 102, 1), ("lina", 102, 1)]
    assert (await home.legacy(SWITCH, {**SWAP, **BACK, "switch_date": "2026-10-27"}))["errcode"] == 400002
    taken = {"userid": "lina", "approve_id": "s1"}
    assert (await home.legacy("/topapi/attendance/approve/cancel", taken))["errcode"] == 400002
    assert (await week(home, "lina"))[0] == "26 22:00-06:00"


async def test_one_person_moves_a_shift_to_a_day_of_rest(home: Home) -> None:
    await rota(home)
    said = {**SWAP, "target_userid": "lina", "target_shift_id": 101}
    assert (await home.legacy(SWITCH, said))["errcode"] == 40035
    said |= {"reback_date": "2026-10-29", "reback_apply_shift_id": 0, "reback_target_shift_id": 0}
    assert (await home.legacy(SWITCH, said))["errcode"] == 0
    assert (await week(home, "lina"))[:4] == ["26 rest", "27 06:00-14:00", "28 rest", "29 06:00-14:00"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (400002, {"target_userid": "zhaolei", "target_shift_id": 201}), (60121, {"target_userid": "nobody"}),
        (400002, {"switch_date": "2026-11-02"}), (400002, {**BACK, "reback_date": "2026-11-02"}),
        (400002, {"target_userid": "boss"}), (40035, {"apply_shift_id": 102}), (40035, {"target_shift_id": None}),
        (40035, {**BACK, "reback_apply_shift_id": 101}), (40035, {"reback_date": "2026-10-28"}),
        (40035, {**BACK, "reback_date": "2026-10-26", "reback_apply_shift_id": 101}), (40035, {"switch_date": "26"}),
        (40035, {"approve_id": ""}), (40035, {"approve_id": "s" * 101}), (40035, {"userid": None}),
    ],
)  # fmt: skip
async def test_a_swap_that_cannot_be_is_refused_and_changes_nothing(
    home: Home, code: int, change: dict[str, Any]
) -> None:
    await rota(home)
    before = [await week(home, one) for one in ("lina", "wangfang")]
    assert (await home.legacy(SWITCH, {**SWAP, **change}))["errcode"] == code
    assert [await week(home, one) for one in ("lina", "wangfang")] == before


# ── the organisation file ────────────────────────────────────────────────────────────────────


def with_groups(folder: Path, attendance: Any) -> str:
    file = folder / "with-groups.json"
    file.write_text(json.dumps({**ORGANIZATION, "attendance": attendance}, ensure_ascii=False), "utf-8")
    return str(file)


async def test_the_groups_of_the_organisation_file_are_there_at_the_start_and_after_a_reset(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    file = with_groups(tmp_path, {"groups": [ROTA, OFFICE], "holidays": [HOLIDAY]})
    async with elsewhere("--organization", file) as home:
        assert (await week(home, "lina"))[0] == "26 06:00-14:00"
        await home.control("PUT", "/schedule", {"groups": []})
        assert await week(home, "lina") == []
        await home.control("POST", "/reset", {})
        assert (await week(home, "zhaolei"))[1] == "27 rest"


@pytest.mark.parametrize(
    ("attendance", "word"),
    [({"groups": "all"}, "groups"), ({"groups": [{**ROTA, "members": ["nobody"]}]}, "members"), ("x", "object")],
)
def test_groups_that_make_no_sense_are_told_at_the_start(tmp_path: Path, attendance: Any, word: str) -> None:
    code, said = complaint(tmp_path, "--organization", with_groups(tmp_path, attendance), "--port", "0")
    assert code != 0
    assert word in said


async def test_in_the_sample_company_all_but_the_general_manager_are_in_a_group(elsewhere: Elsewhere) -> None:
    async with elsewhere("--organization", str(ROOT / "sample" / "company.json"), "--qps", "0") as home:
        home.client, home.secret = "dingnoddemo0000000001", "for-trying-only"
        people = [user["userid"] for user in (await home.control("GET", "/people"))["users"]]
        groups = {
            person: (await home.legacy("/topapi/attendance/getusergroup", {"userid": person}))["result"].get("name")
            for person in people
        }
        assert {person for person, name in groups.items() if name is None} == {"zhao"}
        assert (groups["liuy"], groups["gaox"], groups["fangy"]) == ("行政班", "销售班", "后勤轮班")
        assert (await week(home, "fangy"))[0] == "26 22:00-06:00"
