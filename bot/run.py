"""`./nod run`: the bot as a process, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import serve
from bot.asof import moment, moved
from bot.config import Config, ConfigError, load
from bot.logs import set_up
from bot.timekeeping import jobs_of
from store.executor import office_clock
from store.lock import DatabaseInUse


def main(args: argparse.Namespace) -> int:
    """Run with `args.config`. 0 when it was asked to stop, 1 when it cannot work, 2 for a wrong configuration."""
    try:
        config = load(Path(args.config))
        jobs_of(config)
        clock = moved(moment(args.as_of, ZoneInfo(config.office.zone))) if args.as_of else office_clock
    except (ConfigError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    set_up()
    try:
        if sys.platform == "win32":
            asyncio.run(_until_stopped(config, clock))
        else:
            import uvloop

            uvloop.run(_until_stopped(config, clock))
    except ConfigError as error:  # what only shows beside the flows
        print(error, file=sys.stderr)
        return 2
    except DatabaseInUse as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _until_stopped(config: Config, clock: Callable[[], datetime]) -> None:
    stop = asyncio.Event()
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(config, stop, ready=lambda: print("ready", flush=True), clock=clock)
