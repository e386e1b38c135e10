"""A button of a card was tapped: which wish follows. One row a button, ids as in spec/conversation.md."""

from collections.abc import Callable, Mapping

from cards import tracks
from cards.dress import SAY
from cards.offers import MOST
from domain.approvals.values import Value
from handlers.inbound import CardAction
from usecases.act import Act
from usecases.copy_case import CopyCase
from usecases.correct_punch import CorrectPunch
from usecases.edit_draft import EditDraft
from usecases.ports import Command
from usecases.reply import Reply
from usecases.submit_draft import SubmitDraft

LONGEST = 2000  # characters of a reason
_SAYS = [f"{SAY}{place}" for place in range(MOST)]
LONGEST_IN_FORM = 5000  # of any text in a draft's form: as many as in a message


def on_submit(tap: CardAction) -> Command:
    """提交, with the values of the card's own form where it has one."""
    return SubmitDraft(push=tap.push, by=tap.by, track=tap.track, form=form_values(tap.form))


def on_edit(tap: CardAction) -> Command:
    """修改."""
    return EditDraft(push=tap.push, by=tap.by, track=tap.track)


def on_copy(tap: CardAction) -> Command:
    """再来一单."""
    return CopyCase(push=tap.push, by=tap.by, track=tap.track)


def acting(verb: str) -> Callable[[CardAction], Command]:
    """A button that wishes something of a case, with what was written and who was named on the card."""

    def on_act(tap: CardAction) -> Command:
        names = ("reason", "text") if verb in ("reject", "return") else ("text", "reason")
        return Act(push=tap.push, by=tap.by, track=tap.track, verb=verb, words=_words(tap, *names), people=_people(tap))

    return on_act


BUTTONS: Mapping[str, Callable[[CardAction], Command]] = {
    "submit": on_submit,
    "resubmit": on_submit,
    "edit": on_edit,
    "copy": on_copy,
    "cancel": acting("withdraw"),
    **{verb: acting(verb) for verb in (
        "approve", "reject", "return", "transfer", "add_before", "add_after", "add_beside", "delegate", "remove",
        "comment", "tell", "claim", "release", "take_back", "withdraw", "urge", "read",
    )},
}  # fmt: skip


def on_tap(tap: CardAction) -> Command | None:
    """The wish behind a tap; None for a button that is none of ours."""
    if tap.button.startswith(SAY):
        place = _SAYS.index(tap.button) if tap.button in _SAYS else -1
        answers = CorrectPunch if tracks.missed_day(tap.track) else Reply
        return answers(push=tap.push, by=tap.by, track=tap.track, place=place)
    route = BUTTONS.get(tap.button)
    return route(tap) if route is not None and tracks.read(tap.track) is not None else None


def form_values(form: Mapping[str, object]) -> dict[str, Value]:
    """What a card's form may set: texts, numbers, lists of texts; everything else is left out."""
    values: dict[str, Value] = {}
    for key, value in form.items():
        if isinstance(value, str):
            values[key] = _clean(value, LONGEST_IN_FORM)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            values[key] = value
        elif isinstance(value, list | tuple):
            values[key] = [_clean(item) for item in value if isinstance(item, str)]
    return values


def _words(tap: CardAction, *names: str) -> str:
    return next((_clean(said) for name in names if isinstance(said := tap.form.get(name), str) and said.strip()), "")


def _people(tap: CardAction) -> tuple[str, ...]:
    """Who is named on the card, by userid: in a field `people`, or one in `person`."""
    said = tap.form.get("people") or tap.form.get("person") or ()
    several = [said] if isinstance(said, str) else said if isinstance(said, list | tuple) else []
    return tuple(_clean(one) for one in several if isinstance(one, str) and one.strip())


def _clean(text: str, most: int = LONGEST) -> str:
    return text.replace("\0", "").strip()[:most]
