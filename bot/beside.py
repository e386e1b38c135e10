"""The office as its store knows it, for commands that run beside the bot: who works there, which flows, which words."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot import organizationfile, tongues
from bot.config import Cards, Config, ConfigError, Office
from bot.config import load as load_config
from bot.directory import SNAPSHOT, organization_from
from cards.card import Frame
from domain.approvals.flow import Flow
from domain.people import Organization
from language.statutory import statutory_workdays
from store import snapshots
from usecases.ports import World


def settings(args: argparse.Namespace) -> tuple[Office, Cards]:
    """What `--config` says of the office and its cards, or the defaults. Raises ValueError."""
    if not args.config:
        return Office(), Cards()
    try:
        config: Config = load_config(Path(args.config))
    except ConfigError as error:
        raise ValueError(str(error)) from None
    return config.office, config.cards


def organization_of(args: argparse.Namespace, connection: sa.Connection) -> Organization:
    """The one of `--organization`, else the one that the bot read last. Raises ValueError."""
    if args.organization:
        return organizationfile.load(Path(args.organization))
    kept = snapshots.find(connection, SNAPSHOT)
    if kept is None:
        raise ValueError("这个数据库里还没有通讯录：先让机器人启动一次，或用 --organization 指定组织文件")
    return organization_from(kept)


def world_of(args: argparse.Namespace, flows: Mapping[str, Flow], organization: Organization) -> World:
    """What a command of the bot would see. Raises ValueError."""
    office, cards = settings(args)
    known = tongues.load()
    return World(
        organization=organization,
        flows=flows,
        workdays=statutory_workdays(),
        frame=Frame(
            names=organization.name_of, zone=ZoneInfo(office.zone), dialect=cards.dialect,
            language=office.language, tongue=known[office.language],
        ),
        tongues=known,
    )  # fmt: skip
