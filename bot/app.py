"""The wiring: the only place that news things up and holds the whole configuration."""

import asyncio
import gc
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime

import aiohttp
import structlog
from redis.asyncio import Redis

from bot import assembly
from bot.budget import Keeper, Meter
from bot.config import Config
from bot.deliver import Deliverer, Templates
from bot.directory import Directory
from bot.inbound import Inbound
from bot.messenger import Messenger
from bot.nursery import Nursery
from bot.timekeeping import keep_tidy, runner_of
from bot.wire.api import DingTalk
from bot.wire.directory import DirectoryReader
from bot.wire.stream import Stream
from domain.people import Organization
from scheduler.beat import Beat
from scheduler.jobs import JOBS
from scheduler.runner import Runner
from scheduler.runner import beat as runner_beat
from store import timers, versions
from store import tongues as languages
from store.catchup import catch_up
from store.codec import to_ms
from store.engine import make_engine
from store.executor import Executor, office_clock
from store.lock import hold
from store.migrate import upgrade

log = structlog.get_logger()

_FINISH = 10.0  # seconds for what was taken to be answered
_LAST_LETTERS = 3.0  # seconds for letters under way
_LAST_CALL = 12.0  # seconds for what is being said to many: longer than a call may take


async def serve(
    config: Config, stop: asyncio.Event, ready: Callable[[], None], clock: Callable[[], datetime] = office_clock
) -> None:
    """Run the bot until `stop` is set; `ready` is called when a message would be answered."""
    async with AsyncExitStack() as stack:
        stack.enter_context(hold(config.store.database))
        await asyncio.to_thread(upgrade, config.store.database)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        executor = Executor(engine=make_engine(config.store.database), world=assembly.world(config), clock=clock)
        executor.start()
        stack.push_async_callback(executor.stop)
        await executor.run(lambda connection: versions.keep(connection, executor.world.flows, to_ms(clock())))
        await executor.run(lambda connection: catch_up(connection, executor.world, clock()))
        await executor.run(lambda connection: languages.learn(connection, executor.world.spoken))
        keeper = Keeper(executor=executor, meter=Meter())
        platform = assembly.platform(config, session, await _redis(config, stack), keeper.meter.call)
        nursery = Nursery(on_crash=lambda name, error: stop.set())  # deaf or dumb is worse than a restart
        stack.push_async_callback(nursery.stop)
        reader = make_engine(config.store.database, writer=False)
        stack.callback(reader.dispose)
        runner = runner_of(config, executor, reader, platform, keeper)
        nursery.start(keeper.run(), name="budget")
        nursery.start(keep_tidy(executor), name="tidy")
        stack.push_async_callback(keeper.write)
        await _work(config, executor, platform, session, runner, keeper.meter, nursery, stop, ready)


async def _work(
    config: Config, executor: Executor, platform: DingTalk, session: aiohttp.ClientSession, runner: Runner,
    meter: Meter, nursery: Nursery, stop: asyncio.Event, ready: Callable[[], None],
) -> None:  # fmt: skip
    def use(organization: Organization) -> None:
        frame = replace(executor.world.frame, names=organization.name_of)
        executor.world = replace(executor.world, organization=organization, frame=frame)

    directory = Directory(source=DirectoryReader(platform), executor=executor, use=use)
    beginning = nursery.start(directory.begin(), name="directory.begin")
    await asyncio.wait({beginning, nursery.start(stop.wait(), name="stop")}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        return
    beat = Beat(
        due=lambda: executor.run(lambda connection: timers.due(connection, to_ms(executor.clock()), 500)),
        submit=executor.submit,
    )
    stream = Stream(
        session, assembly.credentials(config), Inbound(executor, directory.changed, meter.message),
        connections=config.dingtalk.connections,
    )  # fmt: skip
    nursery.start(directory.run(), name="directory")
    deliverer, messenger, delivering = _deliver(config, executor, platform, nursery)
    listening = nursery.start(stream.run(), name="stream")
    beat.start()
    nursery.start(
        runner_beat(runner, config.jobs.beat, [name for name in JOBS if name not in runner.jobs]), name="jobs"
    )
    while not stream.connected and not stop.is_set():  # noqa: ASYNC110 - once, at the start: the stream has no event
        await asyncio.sleep(0.01)
    if not stop.is_set():
        spare_the_collector()
        ready()
    await stop.wait()
    log.info("stopping", action="app.stop")
    await stream.stop(within=_FINISH)
    await listening
    beat.stop()
    await asyncio.gather(deliverer.drain(within=_LAST_LETTERS), messenger.drain(within=_LAST_CALL))
    delivering.cancel()


def _deliver(
    config: Config, executor: Executor, platform: DingTalk, nursery: Nursery
) -> tuple[Deliverer, Messenger, "asyncio.Task[None]"]:
    """What the outbox holds goes out: cards one by one, messages in bundles."""
    templates = Templates(case=config.cards.case_template, words=config.cards.words_template)
    deliverer = Deliverer(executor=executor, platform=platform, templates=templates, holder=config.replica)
    messenger = Messenger(executor=executor, platform=platform, holder=config.replica)

    def ring() -> None:
        deliverer.ring()
        messenger.ring()

    executor.doorbell = ring
    nursery.start(messenger.run(), name="messenger")
    return deliverer, messenger, nursery.start(deliverer.run(), name="deliver")


def spare_the_collector() -> None:
    """A batch makes thousands of short-lived values: looked through at the default rate they cost a fifth of a tap."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


async def _redis(config: Config, stack: AsyncExitStack) -> Redis | None:
    if not config.store.redis:
        return None
    redis = Redis.from_url(config.store.redis, socket_timeout=2, socket_connect_timeout=2)
    stack.push_async_callback(redis.aclose)
    return redis
