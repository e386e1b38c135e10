"""Events: what the platform tells the apps of by itself (contract 1.2, 6, 7.5)."""

import uuid

import orjson

from emulator.chat import now_ms
from emulator.fields import Body
from emulator.platform import Platform
from emulator.stream import EVENT, Push

_FREE = ("user_", "org_", "label_")  # of contacts: not counted in the month's messages (contract 5.4)


def tell(platform: Platform, kind: str, data: Body) -> None:
    """Send an event to every app."""
    for client in platform.organization.apps:
        listens = any(one.client == client and "*" in one.topics for one in platform.stream.connections)
        if listens and not kind.startswith(_FREE):
            platform.calls.counts["month_messages"] += 1
        headers = {
            "eventType": kind,
            "eventId": uuid.uuid4().hex,
            "eventCorpId": platform.organization.corp,
            "eventBornTime": str(now_ms()),
            "eventUnifiedAppId": client,
        }
        platform.stream.deliver(Push(client, EVENT, "*", orjson.dumps(data), headers))
