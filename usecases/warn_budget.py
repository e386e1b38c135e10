"""Administrators hear when the platform's budget of the month runs out: once at each mark. Pure."""

from collections.abc import Iterable
from datetime import datetime

from cards.budget import running_out
from cards.card import Message
from cards.tracks import words_track
from domain.budget import forecast, month_of, reached
from usecases.due import Due
from usecases.ports import Office, Post


def warn_budget(office: Office, moment: datetime) -> Iterable[Due]:
    """The track names month and mark: what was said once is not said again."""
    now = moment.astimezone(office.world.frame.zone)
    posts: dict[str, list[Post]] = {one.userid: [] for one in office.world.organization.admins}
    for what, used in sorted(office.spent(month_of(now)).items()):
        allowed = office.world.budget.of(what)
        mark = reached(used, allowed)
        for person in posts if mark else ():
            words = running_out(what, used, allowed, forecast(used, now), office.world.frame_for(person))
            track = words_track(f"budget:{month_of(now)}:{what}:{mark}", person)
            posts[person].append(Post(to=person, track=track, message=Message(title=words[0], text=words[1])))
    return [Due(receiver=person, posts=tuple(said)) for person, said in posts.items() if said]
