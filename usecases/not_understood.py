"""What was not understood is answered too: with the nearest things that can be done. Pure."""

import re
from datetime import datetime
from typing import Final

from cards import drafting, words
from cards.offers import Offer
from domain.approvals.case import Case
from domain.approvals.flow import names_of
from language.naming import nearest
from usecases.correcting import corrects
from usecases.heard import Heard
from usecases.notices import say
from usecases.offered import offering
from usecases.ports import Needs, Office, Outcome, Talk
from usecases.show import form_of
from usecases.values import KINDS

_SHORT: Final = 30  # characters of a reason that is said without a word around it
_FILED: Final = ("cancel", "modify")  # they are about what was filed, where no draft is at hand
_AT_HOME: Final = re.compile(
    r"\bwfh\b|\b(?:work|working) (?:from home|remotely)|\bremote work|(?:在家|居家|远程)办公", re.I
)
_INSTEAD: Final = (KINDS["outing"], KINDS["leave"])  # for who works at home, where the company has no form for it


def not_understood(heard: Heard, office: Office, talk: Talk, now: datetime, draft: Case | None = None) -> Outcome:
    """Nothing was filed; the flows that come near, or between which the words leave it open, are offered."""
    flows, frame = office.world.flows, office.world.frame_for(heard.by)
    near = [flows[one] for one in heard.among or nearest(heard.text, names_of(flows))]
    why = heard.reading.reject_why if heard.reading else None
    if draft is None and (about := why if why in _FILED else "modify" if corrects(heard.text) else None):
        office.bring(Needs(my_cases=heard.by))
        if mine := office.my_cases(heard.by):
            return Outcome(posts=(say(heard.by, heard.cause, *words.of_filed(about, mine, frame)),))
    if not heard.among and why not in ("query", "other_person") and _AT_HOME.search(heard.text):
        near, why = [flows[one] for one in _INSTEAD if one in flows], "at_home"
    said = words.not_understood(why, [one.title for one in flows.values()], frame, [one.title for one in near], draft)
    if heard.among:
        said = words.which_of(frame)
    elif not near and draft is not None and not talk.asked and _may_be_the_reason(heard.text, why, draft, office):
        reason = Offer(label=frame.say("写进事由"), words=f"理由：{heard.text.strip()}")
        return offering(heard, drafting.is_it_the_reason(heard.text, draft, frame), (reason,), talk, office, now)
    if not near:
        return Outcome(posts=(say(heard.by, heard.cause, *said),))
    offers = tuple(Offer(label=frame.title(one.title), words=heard.text, flow=one.id, anew=True) for one in near)
    return offering(heard, said, offers, talk, office, now)


def _may_be_the_reason(text: str, why: str | None, draft: Case, office: Office) -> bool:
    """去旅游, to a draft that is shown without its reason."""
    short, fields = 1 < len(text.strip()) <= _SHORT, form_of(draft, office.world).fields
    return (
        why in (None, "chitchat")
        and short
        and any(one.id == "reason" and not draft.values.get(one.id) for one in fields)
    )
