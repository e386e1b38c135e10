"""`./nod run`: the bot as a process, until Ctrl-C or SIGTERM."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from bot.app import serve
from bot.config import Config, ConfigError, load
from bot.logs import set_up
from bot.timekeeping import jobs_of
from store.lock import DatabaseInUse


def main(args: argparse.Namespace) -> int:
    """Run with `args.config`. 0 when it was asked to stop, 1 when it cannot work, 2 for a wrong configuration."""
    try:
        config = load(Path(args.config))
        jobs_of(config)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2
    set_up()
    try:
        if sys.platform == "win32":
            asyncio.run(_until_stopped(config))
        else:
            import uvloop

            uvloop.run(_until_stopped(config))
    except ConfigError as error:  # what only shows beside the flows
        print(error, file=sys.stderr)
        return 2
    except DatabaseInUse as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _until_stopped(config: Config) -> None:
    stop = asyncio.Event()
    if sys.platform != "win32":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(config, stop, ready=lambda: print("ready", flush=True))
