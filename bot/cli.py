"""The commands and their options; what a command does is imported only when it is called, so that all start fast."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, TypeAlias

from bot.guard import ROOT, strangers

Run = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_FILES: Final = ("file", "organization", "config", "flows", "templates", "old", "new", "svg")  # options that name files
_PROGRAMS: Final = {"emulator": "the emulator alone", "bench": "a benchmark, beside its baseline"}
_LAUNCHER: Final = """\
test [ARGS], check and lock belong to the launcher: the tests (ARGS go to pytest); formatting, lint, types,
import contracts and tests; the locks anew. Exit code: 0 done, 1 a no, 2 the call was wrong."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 a no, 2 the call itself was wrong."""
    foreign = strangers()
    if foreign:
        print("\n".join(foreign), file=sys.stderr)
        return 2
    said = list(sys.argv[1:] if words is None else words)
    here = Path(os.environ.pop("NOD_CWD", "")).absolute()  # taken once: processes that we start get whole paths
    if said[:1] and said[0] in _PROGRAMS:  # programs of their own, with options of their own
        return _become([sys.executable, "-m", said[0], *_with_files(said[1:], here)])
    args = parser().parse_args(said)
    for name in _FILES:
        if getattr(args, name, None):
            setattr(args, name, _file(getattr(args, name), here))
    module, _, function = args.run.partition(":")
    run: Run = getattr(import_module(module), function)
    try:
        return run(args)
    except BrokenPipeError:  # whoever reads has read enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="nod",
        description="点头：公司在钉钉里办事的助手",
        epilog=_LAUNCHER,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _chat(commands)
    run = commands.add_parser("run", help="the bot for real")
    run.add_argument("--config", default="config.toml", help="config.toml here, without")
    run.add_argument("--as-of", metavar="TIME", help="as if it were then, and time went on: to try another day")
    run.set_defaults(run="bot.run:main")
    understand = commands.add_parser("understand", help="JSON lines of messages in, of what they ask for out")
    understand.set_defaults(run="bot.understand:main")
    _flows(commands)
    _job(commands)
    _tables(commands)
    _store(commands)
    for name, what in _PROGRAMS.items():
        commands.add_parser(name, help=f"{what} (nod {name} --help)", add_help=False)
    return top


def _chat(commands: Commands) -> None:
    chat = commands.add_parser("chat", help="the product on this machine, with an emulated DingTalk")
    chat.add_argument("--organization", metavar="FILE", help="the sample company, without")
    chat.add_argument("--flows", default="matrix", metavar="PACK_OR_DIR", help="matrix, without")
    chat.add_argument("--port", type=int, default=8700)
    chat.add_argument("--database", metavar="URL", help="an SQLAlchemy address; .nod/chat.db, without")
    chat.add_argument("--redis", metavar="URL", help="redis://…")
    chat.add_argument("--cards", choices=("plain", "rich"), default="plain")
    chat.add_argument("--fresh", action="store_true", help="forget earlier trials")
    chat.add_argument("--no-browser", action="store_true")
    chat.set_defaults(run="bot.chat:main")


def _flows(commands: Commands) -> None:
    actions = commands.add_parser("flows", help="the flow files").add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="every mistake, with file and line")
    check.add_argument("flows", nargs="?", metavar="PACK_DIR_OR_FILE", help="all packs, without")
    route = actions.add_parser("route", help="where a case would go, and why")
    route.add_argument("flow")
    route.add_argument("--applicant", required=True, metavar="USERID")
    route.add_argument("--set", action="append", metavar="FIELD=VALUE")
    route.add_argument("--now", metavar="DATE", help="as if it were filed then: says whether it is early enough")
    route.add_argument("--home", action="append", metavar="CITY", help="a city in which the company sits")
    listed = actions.add_parser("list", help="the flows, pack by pack")
    for action in (route, listed):
        action.add_argument("--flows", metavar="PACK_OR_DIR")
    for action in (check, route, listed):
        action.add_argument("--organization", metavar="FILE", help="the sample company, without")
        action.add_argument("--json", action="store_true")
        action.set_defaults(run="bot.flows:main")
    _show(actions)
    _diff(actions)
    _migrate(actions)


def _show(actions: Commands) -> None:
    show = actions.add_parser("show", help="a flow drawn as text, and as a picture")
    show.add_argument("flow")
    show.add_argument("--flows", metavar="PACK_OR_DIR", help="matrix, without")
    show.add_argument("--organization", metavar="FILE", help="who holds each post, too")
    show.add_argument("--applicant", metavar="USERID", help="for one person: their routes, by name")
    show.add_argument("--svg", metavar="FILE", help="write the picture here")
    show.set_defaults(run="bot.flowshow:main")


def _diff(actions: Commands) -> None:
    diff = actions.add_parser("diff", help="what a change does, in words and to the last cases")
    diff.add_argument("old", metavar="OLD", help="a pack, a folder or a flow file")
    diff.add_argument("new", metavar="NEW")
    diff.add_argument("--last", type=int, default=200, metavar="N", help="cases of the store to try; 200, without")
    diff.set_defaults(run="bot.flowdiff:main")
    _beside(diff)


def _migrate(actions: Commands) -> None:
    migrate = actions.add_parser("migrate", help="running cases onto the present version of their flow")
    migrate.add_argument("flow")
    migrate.add_argument("--flows", metavar="PACK_OR_DIR", help="the configuration's, without")
    which = migrate.add_mutually_exclusive_group(required=True)
    which.add_argument("--case", nargs="+", metavar="NUMBER")
    which.add_argument("--all", action="store_true", help="every running case of this flow")
    migrate.add_argument("--by", required=True, metavar="USERID", help="the administrator in whose name")
    migrate.add_argument("--reason", required=True, metavar="TEXT", help="stands on each trail")
    migrate.add_argument("--dry-run", action="store_true", help="only say what would become of each")
    migrate.set_defaults(run="bot.flowmigrate:main")
    _beside(migrate)


def _beside(action: argparse.ArgumentParser) -> None:
    action.add_argument("--config", metavar="FILE")
    action.add_argument("--database", metavar="URL", help="an SQLAlchemy address")
    action.add_argument("--organization", metavar="FILE", help="the one that the bot read last, without")
    action.add_argument("--json", action="store_true")


def _job(commands: Commands) -> None:
    job = commands.add_parser("job", help="a scheduled job, at any time: list and cost tell of all of them")
    job.add_argument("name", metavar="NAME", help="list, cost, or a job's name")
    job.add_argument("--as-of", metavar="TIME", help="as if it were then: 2026-09-14 08:20, in the office's zone")
    job.add_argument("--dry-run", action="store_true", help="only say what would be sent")
    job.add_argument("--json", action="store_true")
    job.add_argument("--config", metavar="FILE", help="without it: what `nod chat` uses")
    job.set_defaults(run="bot.jobs:main")


def _tables(commands: Commands) -> None:
    into = commands.add_parser("import", help="tables into the store").add_subparsers(dest="what", required=True)
    balances = into.add_parser("balances", help="opening balances of leave")
    balances.add_argument("file", metavar="FILE", help="CSV: 员工编号,假期类型,天数,截至,有效期至")
    balances.add_argument("--by", metavar="USERID", help="in whose name")
    balances.add_argument("--dry-run", action="store_true", help="only say what is wrong with it")
    balances.set_defaults(run="bot.balances:bring_in")
    out = commands.add_parser("export", help="tables out of the store").add_subparsers(dest="what", required=True)
    left = out.add_parser("balances", help="everybody's balances of leave, as CSV or --json")
    left.add_argument("--csv", action="store_true", help="as CSV, also without it")
    left.add_argument("--as-of", metavar="DATE", help="as they stand on that day; today, without")
    left.set_defaults(run="bot.balances:take_out")
    for action in (balances, left):
        _beside(action)


def _store(commands: Commands) -> None:
    database = commands.add_parser("db", help="the database").add_subparsers(dest="action", required=True)
    upgrade = database.add_parser("upgrade", help="bring the schema up to date")
    upgrade.add_argument("--dry-run", action="store_true", help="only say whether it is")
    upgrade.set_defaults(run="bot.database:upgrade")
    audit = commands.add_parser("audit", help="the trail of the cases").add_subparsers(dest="action", required=True)
    verify = audit.add_parser("verify", help="recompute hashes and projections from the events")
    verify.add_argument("case", nargs="?", help="one case's number; all, without")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run="bot.database:verify")
    outbox = commands.add_parser("outbox", help="the cards that could not be delivered")
    outbox.add_argument("action", nargs="?", choices=("retry",), help="try them all anew; without it they are listed")
    outbox.set_defaults(run="bot.database:outbox")
    for action in (upgrade, verify, outbox):
        action.add_argument("--config", metavar="FILE", help="without it and --database: what `nod chat` uses")
        action.add_argument("--database", metavar="URL", help="an SQLAlchemy address")


def _with_files(words: Sequence[str], here: Path) -> list[str]:
    """The words of another program, its files named from where the person stands."""
    options = [f"--{name}" for name in _FILES]
    named: list[str] = []
    for word in words:
        option, equals, name = word.partition("=")
        if named and named[-1] in options:
            named.append(_file(word, here))
        else:
            named.append(f"{option}={_file(name, here)}" if equals and option in options else word)
    return named


def _file(name: str, here: Path) -> str:
    """A file named from where the person stands: the launcher works in the repository. A pack's name stays a name."""
    return name if name in os.listdir(ROOT / "flows") else str(here / name)


def _become(line: list[str]) -> int:
    if sys.platform == "win32":
        return subprocess.call(line)
    os.execv(line[0], line)
