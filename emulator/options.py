"""What can be set when the emulator is started: the platform's own waiting times, shortened for tests."""

import argparse
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

_SAMPLE = Path(__file__).parents[1] / "sample" / "company.json"
_PAUSES = ("redelivery_seconds", "linger_seconds", "event_retry_seconds")  # what `--speed` shortens


def _option(default: Any, words: str) -> Any:
    return field(default=default, metadata={"help": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Times are in seconds; the defaults are the platform's (contract 1.5, 5, 11), or assumed where it says nothing."""

    organization: Path = _SAMPLE
    templates: Path | None = None
    port: int = _option(8700, "0: any that is free")
    host: str = _option("127.0.0.1", "the interface to listen on")
    event_retry_seconds: tuple[float, ...] = _option((10.0, 30.0), "pauses before an event comes again")
    redelivery_seconds: float = _option(60, "a bot message that was not acked comes again after this")
    redeliveries: int = _option(1, "how often it comes again before the platform gives up")
    event_seconds: float = _option(3, "an event must be acked within this")
    card_seconds: float = _option(2, "a tap must be answered within this")
    ping_seconds: float = _option(30, "pause between two SYSTEM pings")
    ping_answer_seconds: float = _option(5, "a ping must be echoed within this")
    linger_seconds: float = _option(10, "between a polite disconnect and the close")
    connection_seconds: float = _option(0, "a connection is politely disconnected at this age; 0: never")
    ticket_seconds: float = _option(90, "life of a ticket")
    token_seconds: float = _option(7200, "life of an access token")
    session_seconds: float = _option(5400, "life of a sessionWebhook")
    code_seconds: float = _option(21600, "life of a downloadCode")
    download_seconds: float = _option(600, "life of a downloadUrl")
    timeout_seconds: float = _option(30, "how long the fault http_timeout keeps a call")
    qps: float = _option(20, "calls a second for each app and API; 0: no limit")
    month_calls: int = _option(0, "API calls a month; 0: no limit")
    month_messages: int = _option(0, "webhook and stream messages a month; 0: no limit")
    approval_days: int = _option(0, "approved leave begins no more than so many days ago (there: 31); 0: no limit")
    no_ding: bool = _option(False, "DING is refused, as for organisations on the free edition")
    greet: bool = _option(False, "a new connection gets CONNECTED and REGISTERED")
    displace: bool = _option(False, "a new connection closes the older ones of its app")


def read_options(words: list[str] | None = None) -> Options:
    """The options of a command line."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument(
        "--speed", type=_speed, default=1.0, metavar="N",
        help="the platform's pauses (redelivery, event retries, linger) are so many times shorter",
    )  # fmt: skip
    speed = first.parse_known_args(words)[0].speed
    parser = argparse.ArgumentParser(
        prog="emulator", description="A DingTalk on this machine, for trying and testing.", parents=[first]
    )
    parser.add_argument(
        "--organization", type=Path, default=_SAMPLE, metavar="FILE", help="organisation file (a sample company)"
    )
    parser.add_argument("--templates", type=Path, metavar="FILE", help="card templates of the company (JSON)")
    for one in fields(Options):
        if "help" not in one.metadata:
            continue
        flag = f"--{one.name.replace('_', '-')}"
        default: Any = one.default
        if one.type is bool:
            parser.add_argument(flag, action="store_true", help=one.metadata["help"])
            continue
        if one.name in _PAUSES:
            default = tuple(pause / speed for pause in default) if isinstance(default, tuple) else default / speed
        pauses = isinstance(default, tuple)
        usual = ",".join(f"{pause:g}" for pause in default) if pauses else default
        words_for_it = f"{one.metadata['help']} ({usual})"
        parser.add_argument(flag, type=_pauses if pauses else one.type, default=default, metavar="N", help=words_for_it)
    given = vars(parser.parse_args(words))
    del given["speed"]
    return Options(**given)


def _pauses(words: str) -> tuple[float, ...]:
    return tuple(float(word) for word in words.split(",") if word)


def _speed(word: str) -> float:
    speed = float(word)
    if not 0 < speed < float("inf"):
        raise ValueError
    return speed
