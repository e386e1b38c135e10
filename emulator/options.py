"""What can be set when the emulator is started: the platform's own waiting times, shortened for tests."""

import argparse
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Times are in seconds; the defaults are the platform's (contract 1.5, 5, 11), or assumed where it says nothing."""

    organization: Path
    templates: Path | None = None
    port: int = 8700
    host: str = "127.0.0.1"
    event_retry_seconds: tuple[float, ...] = (10, 30)  # pauses before an event comes again
    redelivery_seconds: float = 60  # an unacked bot message comes again after this
    redeliveries: int = 1  # how often it comes again before the platform gives up
    event_seconds: float = 3  # an event must be acked within this
    card_seconds: float = 2  # a tap must be answered within this
    ping_seconds: float = 30
    ping_answer_seconds: float = 5
    linger_seconds: float = 10  # between a polite disconnect and the close
    connection_seconds: float = 0  # a connection is politely disconnected at this age; 0: never
    ticket_seconds: float = 90
    token_seconds: float = 7200
    session_seconds: float = 5400  # life of a sessionWebhook
    code_seconds: float = 21600  # life of a downloadCode
    download_seconds: float = 600  # life of a downloadUrl
    timeout_seconds: float = 30  # how long the fault http_timeout keeps a call
    qps: float = 20  # calls a second for each app and API; 0: no limit
    month_calls: int = 0  # API calls a month; 0: no limit
    month_messages: int = 0  # webhook and stream messages a month; 0: no limit
    no_ding: bool = False  # DING is refused, as for organisations on the free edition
    greet: bool = False  # a new connection gets CONNECTED and REGISTERED
    displace: bool = False  # a new connection closes the older ones of its app


def read_options(words: list[str] | None = None) -> Options:
    """The options of a command line."""
    parser = argparse.ArgumentParser(prog="emulator", description="A DingTalk on this machine, for trying and testing.")
    parser.add_argument("--organization", type=Path, required=True, help="organisation file (JSON)")
    parser.add_argument("--templates", type=Path, help="card templates of the company (JSON)")
    parser.add_argument("--event-retry-seconds", type=_pauses, default=(10, 30), metavar="10,30")
    for one in fields(Options):
        flag = f"--{one.name.replace('_', '-')}"
        if one.type is bool:
            parser.add_argument(flag, action="store_true")
        elif one.type in (int, float, str):
            parser.add_argument(flag, type=type(one.default) if one.type is not float else float, default=one.default)
    return Options(**vars(parser.parse_args(words)))


def _pauses(words: str) -> tuple[float, ...]:
    return tuple(float(word) for word in words.split(",") if word)
