"""The three ways to a token (contract 5.1)."""

from aiohttp import web

from emulator.answers import No, new_no, ok, old_missing, old_no
from emulator.fields import Fields
from emulator.platform import Call, Platform


class Tokens:
    """The handlers."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._life = int(platform.options.token_seconds)

    def add(self, app: web.Application) -> None:
        """The routes."""
        app.router.add_post("/v1.0/oauth2/accessToken", self._platform.new(self._new, open_to_all=True))
        app.router.add_post("/v1.0/oauth2/{corp}/token", self._platform.new(self._of_corp, open_to_all=True))
        app.router.add_get("/gettoken", self._platform.legacy(self._old, open_to_all=True))

    async def _new(self, call: Call) -> web.Response:
        if not call.body:
            raise new_no(400, "Missingbody", "body is mandatory for this action")
        return ok({"accessToken": self._token(call, "appKey", "appSecret"), "expireIn": self._life})

    async def _of_corp(self, call: Call) -> web.Response:
        if call.request.match_info["corp"] != self._platform.organization.corp:
            raise new_no(500, "unknownError", "未知错误")
        if call.body.get("grant_type") != "client_credentials":
            raise new_no(400, "invalidParameter.grantType", "grant_type is invalid")
        return ok({"access_token": self._token(call, "client_id", "client_secret"), "expires_in": self._life})

    async def _old(self, call: Call) -> web.Response:
        client, secret = call.query.get("appkey", ""), call.query.get("appsecret", "")
        if not client:
            raise old_missing("corpid or appkey")
        if not self._platform.is_app(client, secret):
            raise old_no(40096, "不合法的appKey或appSecret")
        token = self._platform.token(client)
        return ok({"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": self._life})

    def _token(self, call: Call, client_field: str, secret_field: str) -> str:
        fields = Fields(call.body, _wrong)
        client = fields.text(client_field)
        if not self._platform.is_app(client, fields.text(secret_field)):
            raise _wrong(client_field)
        return self._platform.token(client)


def _wrong(_: str) -> No:
    return new_no(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret")
