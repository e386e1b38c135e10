"""The address book as the legacy API shows it, and what is sent when somebody changes it (contract 6)."""

from typing import Any

import pytest

from tests.emulator.home import Home, Line, data_of


async def result(home: Home, path: str, **body: Any) -> Any:
    answer = await home.legacy(f"/topapi/{path}", body)
    assert (answer["errcode"], answer["errmsg"]) == (0, "ok"), answer
    return answer["result"]


async def test_a_person(home: Home) -> None:
    found = await result(home, "v2/user/get", userid="wangfang", language="zh_CN")
    assert (found["userid"], found["name"], found["title"], found["mobile"]) == (
        "wangfang", "王芳", "专员", "13800000003",
    )  # fmt: skip
    assert found["dept_id_list"] == [3, 2]
    assert found["manager_userid"] == "lina"
    assert found["hired_date"] == 1583020800000
    assert [(row["dept_id"], row["leader"]) for row in found["leader_in_dept"]] == [(3, False), (2, False)]
    assert [(row["name"], row["group_name"]) for row in found["role_list"]] == [("会计", "岗位"), ("出纳", "岗位")]
    assert found["admin"] is False
    assert "manager_userid" not in await result(home, "v2/user/get", userid="boss")
    assert (await result(home, "v2/user/get", userid="boss"))["admin"] is True
    leads = await result(home, "v2/user/get", userid="lina")
    assert [(row["dept_id"], row["leader"]) for row in leads["leader_in_dept"]] == [(2, True)]


async def test_the_people_of_a_department_page_by_page(home: Home) -> None:
    first = await result(home, "v2/user/list", dept_id=2, cursor=0, size=2)
    assert first["has_more"] is True
    second = await result(home, "v2/user/list", dept_id=2, cursor=first["next_cursor"], size=2)
    assert second["has_more"] is False
    people = [row["userid"] for row in first["list"] + second["list"]]
    assert people == ["lina", "wangfang", "zhaolei"]
    assert [row["leader"] for row in first["list"]] == [True, False]
    assert "manager_userid" not in first["list"][1]
    simple = await result(home, "user/listsimple", dept_id=2, cursor=0, size=100)
    assert simple["list"][0] == {"userid": "lina", "name": "李娜"}
    assert (await result(home, "user/listid", dept_id=3))["userid_list"] == ["wangfang"]


async def test_people_are_found_in_other_ways(home: Home) -> None:
    assert (await result(home, "v2/user/getbymobile", mobile="13800000002"))["userid"] == "lina"
    union = (await result(home, "v2/user/get", userid="lina"))["unionid"]
    assert await result(home, "user/getbyunionid", unionid=union) == {"contact_type": 0, "userid": "lina"}
    assert (await result(home, "user/count", only_active=False))["count"] == 4
    admins = await result(home, "user/listadmin")
    assert [row["userid"] for row in admins] == ["boss"]


async def test_departments(home: Home) -> None:
    root = await result(home, "v2/department/get", dept_id=1)
    assert (root["name"], root["dept_manager_userid_list"]) == ("家", ["boss"])
    assert not root.get("parent_id")
    market = await result(home, "v2/department/get", dept_id="2")
    assert (market["parent_id"], market["dept_manager_userid_list"], market["member_count"]) == (1, ["lina"], 3)
    below = await result(home, "v2/department/listsub", dept_id=1)
    assert [(row["dept_id"], row["name"], row["parent_id"]) for row in below] == [(2, "市场部", 1)]
    assert (await result(home, "v2/department/listsubid", dept_id=2))["dept_id_list"] == [3]
    assert (await result(home, "v2/department/listparentbydept", dept_id=3))["parent_id_list"] == [3, 2, 1]
    chains = await result(home, "v2/department/listparentbyuser", userid="wangfang")
    assert [row["parent_dept_id_list"] for row in chains["parent_list"]] == [[3, 2, 1], [2, 1]]


async def test_roles_and_who_has_them(home: Home) -> None:
    page = await result(home, "role/list", size=200, offset=0)
    assert page["hasMore"] is False
    (group,) = page["list"]
    assert group["name"] == "岗位"
    roles = {row["name"]: row["id"] for row in group["roles"]}
    assert set(roles) == {"人事经理", "会计", "出纳"}
    holders = await result(home, "role/simplelist", role_id=roles["会计"], size=1, offset=0)
    assert (holders["hasMore"], holders["list"]) == (True, [{"userid": "wangfang", "name": "王芳"}])
    rest = await result(home, "role/simplelist", role_id=roles["会计"], size=1, offset=holders["nextCursor"])
    assert (rest["hasMore"], [row["userid"] for row in rest["list"]]) == (False, ["zhaolei"])
    role = await home.legacy("/topapi/role/getrole", {"roleId": roles["会计"]})
    assert role["role"]["name"] == "会计"
    assert role["role"]["groupId"] == group["groupId"]


async def test_what_the_app_may_see(home: Home) -> None:
    scopes = await home.legacy("/auth/scopes", method="GET")
    assert (scopes["errcode"], scopes["auth_org_scopes"]["authed_dept"]) == (0, [1])


WRONG: list[tuple[int, str, dict[str, Any]]] = [
    (60121, "v2/user/get", {"userid": "nobody"}),
    (60121, "v2/user/getbymobile", {"mobile": "1"}),
    (60121, "user/getbyunionid", {"unionid": "x"}),
    (60003, "v2/department/get", {"dept_id": 99}),
    (60003, "v2/department/listsub", {"dept_id": 99}),
    (60003, "v2/user/list", {"dept_id": 99, "cursor": 0, "size": 10}),
]


@pytest.mark.parametrize(("code", "path", "body"), WRONG)
async def test_who_or_what_is_not_there(home: Home, code: int, path: str, body: dict[str, Any]) -> None:
    assert (await home.legacy(f"/topapi/{path}", body))["errcode"] == code


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("v2/user/get", {}),
        ("v2/user/get", {"userid": 7}),
        ("v2/user/list", {"dept_id": 2, "cursor": 0, "size": 101}),
        ("v2/user/list", {"dept_id": 2, "cursor": "x", "size": 10}),
        ("v2/department/get", {"dept_id": "x"}),
        ("role/simplelist", {"role_id": "x"}),
        ("role/getrole", {"roleId": 1}),
        ("role/list", {"size": 201, "offset": 0}),
    ],
)
async def test_a_call_with_a_wrong_field_is_an_error(home: Home, path: str, body: dict[str, Any]) -> None:
    answer = await home.legacy(f"/topapi/{path}", body)
    assert answer["errcode"] != 0
    assert "result" not in answer


async def events(line: Line, count: int) -> dict[str, dict[str, Any]]:
    found = {}
    for _ in range(count):
        frame = await line.frame()
        await line.ack(frame, data={"status": "SUCCESS"})
        found[frame["headers"]["eventType"]] = data_of(frame)
    return found


async def test_who_comes_changes_and_leaves_is_told(home: Home) -> None:
    async with home.line(("*",)) as line:
        await home.control("PUT", "/people/newbie", {"name": "新人", "dept_id_list": [2]})
        assert (await events(line, 1))["user_add_org"]["userId"] == ["newbie"]
        await home.control("PUT", "/people/newbie", {"title": "专员"})
        assert (await events(line, 1))["user_modify_org"]["userId"] == ["newbie"]
        shown = await result(home, "v2/user/get", userid="newbie")
        assert (shown["name"], shown["title"]) == ("新人", "专员")
        await home.control("DELETE", "/people/newbie")
        assert (await events(line, 1))["user_leave_org"]["userId"] == ["newbie"]
    assert (await home.legacy("/topapi/v2/user/get", {"userid": "newbie"}))["errcode"] == 60121


async def test_who_gets_another_role_is_told_too(home: Home) -> None:
    async with home.line(("*",)) as line:
        await home.control("PUT", "/people/zhaolei", {"role_list": [{"name": "法务", "group_name": "岗位"}]})
        found = await events(line, 3)
    assert set(found) == {"user_modify_org", "label_user_change"}
    assert found["label_user_change"]["userIdList"] == ["zhaolei"]
    holders = [row["name"] for row in (await result(home, "v2/user/get", userid="zhaolei"))["role_list"]]
    assert holders == ["法务"]


async def test_a_leaver_is_gone_from_groups_and_a_reset_brings_all_back(home: Home) -> None:
    await home.control("DELETE", "/people/zhaolei")
    people = await home.control("GET", "/people")
    assert "zhaolei" not in people["groups"][0]["members"]
    assert "home-secret" not in str(people)
    assert [app["clientId"] for app in people["apps"]] == ["dinghome", "dingother"]
    await home.control("DELETE", "/people/zhaolei", status=404)
    await home.control("POST", "/reset", {})
    people = await home.control("GET", "/people")
    assert "zhaolei" in people["groups"][0]["members"]
    assert len(people["users"]) == 4


@pytest.mark.parametrize("row", [{"dept_id_list": [99]}, {"dept_id_list": "2"}, {"name": ""}, {"role_list": ["会计"]}])
async def test_a_person_who_makes_no_sense_is_refused(home: Home, row: dict[str, Any]) -> None:
    await home.control("PUT", "/people/newbie", {"name": "新人", **row}, status=400)
    assert (await home.legacy("/topapi/v2/user/get", {"userid": "newbie"}))["errcode"] == 60121
