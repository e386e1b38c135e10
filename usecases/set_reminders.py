"""People say which reminders they want, how often, and when they want to be left alone. Pure."""

from dataclasses import replace
from datetime import datetime

from cards.reminders import SHOWN
from cards.reminders import settings as told
from domain.reminders import REMINDERS, WEEKLY, Settings
from language.reminding import Reminding
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk

_ALL = "所有提醒"


def set_reminders(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """Change what was wished, and say how it stands now."""
    wish = heard.spoken.reminding if heard.spoken else None
    before = office.settings((heard.by,)).get(heard.by) or Settings(person=heard.by)
    after = _changed(before, wish) if wish else before
    rows = [(name, _how(REMINDERS[name], after)) for name in SHOWN]
    words = told(rows, after.quiet, office.world.frame_for(heard.by))
    return Outcome(kept=(after,) if after != before else (), posts=(say(heard.by, heard.cause, *words),))


def _changed(before: Settings, wish: Reminding) -> Settings:
    named = (
        [job for jobs in REMINDERS.values() for job in jobs] if wish.which == _ALL else REMINDERS.get(wish.which, ())
    )
    jobs = tuple(dict.fromkeys(named))
    off = tuple(job for job in before.off if job not in jobs)
    weekly = tuple(job for job in before.weekly if job not in jobs)
    match wish.what:
        case "off":
            return replace(before, off=(*off, *jobs))
        case "on" | "daily":
            return replace(before, off=off, weekly=weekly)
        case "weekly":
            return replace(before, off=off, weekly=(*weekly, *(job for job in jobs if job in WEEKLY)))
        case "quiet":
            return replace(before, quiet=wish.quiet)
        case "loud":
            return replace(before, quiet=None)
    return before


def _how(jobs: tuple[str, ...], settings: Settings) -> str:
    if set(jobs) <= set(settings.off):
        return "off"
    return "weekly" if set(jobs) & set(settings.weekly) else "daily"
