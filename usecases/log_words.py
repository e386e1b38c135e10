"""Whatever is said about logs (日志): which of the things it asks for is done. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from domain.logs import people_of
from language.logs import Act, LogWish
from usecases.heard import Heard
from usecases.not_understood import not_understood
from usecases.ports import Office, Outcome, Talk
from usecases.read_logs import comment, mine, of_period, own, show, team
from usecases.review_things import go_on_reviewing, review, things, waits
from usecases.write_log import go_on_writing, write


def about_logs(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """日报 …, 六件事 …, 复盘, 我的日志, 团队日志, 看李想的日志, 评论李想的日志 …"""
    wish = heard.spoken.log if heard.spoken else None
    if wish is None:
        return not_understood(heard, office, talk, now)
    return _ACTS[wish.act](heard, wish, office, talk, now)


def answers_log(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """The answer to what was asked about a log; None: nothing was, or this is something else."""
    said = go_on_writing(heard, office, talk, now)
    return said if said is not None else go_on_reviewing(heard, office, talk, now)


def _write(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """A time by itself asks to see (昨天的日志); the bare word begins with the things of the day where they wait."""
    if not wish.text and wish.when and not wish.plainly:
        organization = office.world.organization
        if people_of(organization.person(heard.by), organization):
            return team(heard, wish, office, talk, now)
        if logs := of_period(heard.by, wish, heard, office):
            return own(heard, logs, office)
    if not (wish.text or wish.when or wish.plainly) and wish.kind == "day" and waits(heard, office):
        return review(heard, wish, office, talk, now)
    return write(heard, wish, office, talk, now)


_ACTS: Final[dict[Act, Callable[[Heard, LogWish, Office, Talk, datetime], Outcome]]] = {
    "write": _write,
    "things": things,
    "review": review,
    "mine": mine,
    "team": team,
    "show": show,
    "comment": comment,
}
