"""Words while a log is being written may be a request of their own: that is asked, for a group sees the log. Pure."""

import re
from datetime import datetime
from typing import Final

from cards import drafting, logs
from cards.offers import Offer
from domain.logs import Template
from language.naming import wanted
from usecases.heard import Heard
from usecases.offered import offering
from usecases.ports import Office, Outcome, Talk

_WORK: Final = ("trip", "outing")  # what one does; a plan or a report of it is no request yet
_WISH: Final = re.compile(
    r"\s*(?:你好|那|先|顺便|今[天日晚]|明[天日]|后天|[,，、。\s])*(?:我们?|本人)?(?:现在|还|也|先)?\s*"
    r"(?:想|要(?!求|点|是)|需要|得(?!到)|申请|麻烦|帮我|帮忙|请帮|请给|给我|替|帮(?=\S{2,4}(?:请|申请|报))|提交|发起|能不能|可不可以|可以|"
    r"(?:please|i(?:'d| would) like|i (?:need|want)|can i|could i|may i|apply)\b)",
    re.I,
)


def wishes(heard: Heard) -> bool:
    """Whether this asks for something, and does not only tell of it: 我要报销, 明天请病假一天; 处理了三张报销单 does not,
    nor does 明天去上海出差."""
    flow, reading = heard.flow, heard.reading
    if flow is None or reading is None:
        return bool(heard.among) and _WISH.match(heard.text) is not None
    whole = not (reading.must_ask or reading.must_reject)
    if (reading.kind == "leave" and (whole or reading.leave_type)) or (whole and reading.kind not in _WORK):
        return True
    named = wanted(heard.text, {flow.id: flow})
    return (named is not None and named.bare) or _WISH.match(heard.text) is not None


def chosen_for_log(heard: Heard) -> bool:
    """Whether it was said that these words are for the log."""
    return heard.offer is not None and not heard.offer.flow


def request_or_log(heard: Heard, template: Template, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """Shall the request be done first, or are these words for the log? None: which request it is is not clear yet."""
    if heard.flow is None:
        return None
    frame = office.world.frame_for(heard.by)
    whose = office.world.frame.names(heard.applicants[0]) if heard.applicants else ""
    offers = (
        Offer(label=drafting.first(heard.flow.title, whose, frame), words=heard.text, flow=heard.flow.id, anew=True),
        Offer(label=logs.into(template, frame), words=heard.text),
    )
    return offering(
        heard, logs.request_or_log(template, heard.flow.title, heard.text, frame), offers, talk, office, now
    )
