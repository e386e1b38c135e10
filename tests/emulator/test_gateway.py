"""The door of the stream: credentials, tickets, several connections, farewells (contract 1.1, 1.3, 1.6)."""

import asyncio

import aiohttp
import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import APP, CARDS, MESSAGES, SECRET, Home, Line, card, data_of

OPEN = "/v1.0/gateway/connections/open"


@pytest.mark.parametrize(
    "credentials",
    [
        {"clientId": APP, "clientSecret": "wrong"},
        {"clientId": "nobody", "clientSecret": SECRET},
        {"clientId": APP},
        {"clientId": 7, "clientSecret": None},
        {},
    ],
)
async def test_bad_credentials_are_refused_at_the_door(home: Home, credentials: dict[str, object]) -> None:
    status, body = await home.raw("POST", OPEN, {**credentials, "subscriptions": []})
    assert status == 401
    assert (body["code"], body["message"]) == ("authFailed", "鉴权失败")
    assert body["requestid"] == body["requestid"].upper()


async def test_who_comes_by_another_name_is_sent_back_by_it(home: Home) -> None:
    named = Home(home.address.replace("127.0.0.1", "localhost"), home.session)
    assert (await named.ticket())[0].startswith(named.address.replace("http", "ws"))
    async with named.line() as line:
        await home.say("lina", "在吗")
        assert (await line.answer())["sessionWebhook"].startswith(named.address)


@pytest.mark.parametrize(
    "subscriptions",
    [None, "all", ["x"], [{"type": "CALLBACK"}], [{"topic": MESSAGES}], [{"type": "ALL", "topic": "*"}]],
)
async def test_who_does_not_say_what_to_hear_gets_no_ticket(home: Home, subscriptions: object) -> None:
    body = {"clientId": APP, "clientSecret": SECRET, "subscriptions": subscriptions}
    status, answer = await home.raw("POST", OPEN, body)
    assert (status, answer["code"]) == (400, "invalidParameter")


async def refused(home: Home, endpoint: str, ticket: str) -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await home.session.ws_connect(endpoint, params={"ticket": ticket})
    return refusal.value.status


async def test_a_ticket_serves_once(home: Home) -> None:
    endpoint, ticket = await home.ticket()
    async with home.session.ws_connect(endpoint, params={"ticket": ticket}):
        assert await refused(home, endpoint, ticket) == 401
    assert await refused(home, endpoint, "made-up") == 401
    assert await refused(home, endpoint, "") == 401


async def test_a_ticket_grows_old(elsewhere: Elsewhere) -> None:
    async with elsewhere("--ticket-seconds", "0.1") as home:
        endpoint, ticket = await home.ticket()
        await asyncio.sleep(0.15)
        assert await refused(home, endpoint, ticket) == 401


async def test_each_push_goes_to_one_connection_and_both_get_some(home: Home) -> None:
    async with home.line() as one, home.line() as two:
        for number in range(40):
            await home.say("wangfang", str(number))
        heard = []
        for line in (one, two):
            count = 0
            try:
                while True:
                    await line.answer(within=0.15)
                    count += 1
            except TimeoutError:
                heard.append(count)
        assert sum(heard) == 40
        assert min(heard) > 4, "one of two at random"


async def test_only_connections_that_asked_for_a_topic_get_it(home: Home) -> None:
    async with home.line((CARDS,)) as cards, home.line((MESSAGES,)) as messages:
        for _ in range(8):
            await home.say("wangfang", "在吗")
            await messages.answer()
        await cards.silent(0.05)


async def test_another_app_hears_nothing_of_it(home: Home, address: str) -> None:
    other = Home(address, home.session)
    other.client, other.secret = "dingother", "other-secret"
    async with home.line() as mine, other.line() as theirs:
        await home.say("wangfang", "在吗")
        assert data_of(await mine.frame())["robotCode"] == APP
        await theirs.silent(0.1)


async def test_an_ack_counts_on_whichever_connection_it_comes(home: Home) -> None:
    async with home.line() as one:
        await home.say("wangfang", "在吗")
        frame = await one.frame()
        async with home.line() as two:
            await two.ack(frame)
            await one.silent(0.4)
            await two.silent(0.05)
    stats = await home.stats()
    assert (stats["acked"], stats["redelivered"]) == (1, 0)


async def test_an_ack_of_nothing_is_counted_and_harms_nobody(home: Home) -> None:
    async with home.line() as line:
        await line.ack({"headers": {"messageId": "made-up"}})
        await line.socket.send_str("no json")
        await line.socket.send_json({"code": 200})
        await line.socket.send_json({"code": 200, "headers": {"messageId": ["a"]}})
        await home.say("wangfang", "在吗")
        await line.answer()
        assert (await home.stats())["unknown_acks"] >= 1


async def test_a_polite_disconnect_pushes_nothing_more_and_closes_later(home: Home) -> None:
    async with home.line() as leaving:
        await home.trouble("disconnect")
        frame = await leaving.frame()
        assert (frame["type"], frame["headers"]["topic"]) == ("SYSTEM", "disconnect")
        assert data_of(frame)["reason"]
        async with home.line() as fresh:
            for number in range(6):
                await home.say("wangfang", str(number))
                await fresh.answer()
            with pytest.raises(ConnectionResetError, match="1000"):
                await leaving.frame()


async def test_an_ack_still_counts_on_the_connection_that_was_asked_to_go(home: Home) -> None:
    async with home.line() as line:
        await home.show("c1", "lina")
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        frame = await line.frame()
        await home.trouble("disconnect")
        await line.frame()
        await line.ack(frame, {})
        assert (await tapping)["ok"]


async def test_the_server_pings_and_cuts_off_who_does_not_echo(elsewhere: Elsewhere) -> None:
    async with elsewhere("--ping-seconds", "0.1", "--ping-answer-seconds", "0.2") as home, home.line() as line:
        frame = await line.frame()
        assert (frame["type"], frame["headers"]["topic"]) == ("SYSTEM", "ping")
        assert data_of(frame)["opaque"]
        await line.ack(frame, data=data_of(frame))
        again = await line.frame()
        assert again["headers"]["topic"] == "ping"
        await line.ack(again, data={"opaque": "another"})
        assert await ended(line), "a wrong echo is no echo"


async def ended(line: Line) -> bool:
    """Whether the server cuts the line off, though it may say something more before."""
    try:
        for _ in range(9):
            await line.frame(1)
    except (ConnectionError, aiohttp.ClientError):
        return True
    return False


async def test_it_greets_only_when_told_to(elsewhere: Elsewhere, home: Home) -> None:
    async with elsewhere("--greet") as greeting, greeting.line() as line:
        topics = {(await line.frame())["headers"]["topic"] for _ in range(2)}
        assert topics == {"CONNECTED", "REGISTERED"}
    async with home.line() as line:
        await line.silent(0.1)


async def test_where_a_new_connection_displaces_the_old_one_it_does(elsewhere: Elsewhere) -> None:
    async with elsewhere("--displace") as home, home.line() as old, home.line() as fresh:
        with pytest.raises(ConnectionResetError):
            await old.frame()
        for _ in range(4):
            await home.say("wangfang", "在吗")
            await fresh.answer()


async def test_a_connection_may_have_an_age(elsewhere: Elsewhere) -> None:
    async with elsewhere("--connection-seconds", "0.2") as home, home.line() as line:
        assert (await line.frame())["headers"]["topic"] == "disconnect"


async def test_frames_look_as_the_platform_makes_them(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        frame = await line.frame()
        await line.ack(frame, {})
        await tapping
    assert frame["specVersion"] == "1.0"
    assert frame["type"] == "CALLBACK"
    headers = frame["headers"]
    assert set(headers) >= {"appId", "connectionId", "contentType", "messageId", "time", "topic"}
    assert isinstance(headers["time"], str)
    assert headers["time"].isdigit()
    assert headers["topic"] == CARDS
    assert isinstance(frame["data"], str)
    assert card("c1", "lina")["outTrackId"] == data_of(frame)["outTrackId"]
