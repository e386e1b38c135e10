"""A button of a card was tapped: which wish follows. One row a button, ids as in spec/conversation.md."""

from collections.abc import Callable, Mapping

from cards import tracks
from domain.approvals.events import Value
from handlers.inbound import CardAction
from usecases.decide_step import DecideStep
from usecases.edit_draft import EditDraft
from usecases.ports import Command
from usecases.submit_draft import SubmitDraft
from usecases.urge_case import UrgeCase
from usecases.withdraw_case import WithdrawCase

LONGEST = 2000  # characters of a reason or of any other text in a form


def on_submit(tap: CardAction) -> Command:
    """提交, with the values of the card's own form where it has one."""
    return SubmitDraft(push=tap.push, by=tap.by, track=tap.track, form=form_values(tap.form))


def on_edit(tap: CardAction) -> Command:
    """修改."""
    return EditDraft(push=tap.push, by=tap.by, track=tap.track)


def on_withdraw(tap: CardAction) -> Command:
    """取消 on a draft, 撤销 on a running case."""
    return WithdrawCase(push=tap.push, by=tap.by, track=tap.track)


def on_approve(tap: CardAction) -> Command:
    """The affirmative button of a step, with a comment where one was written."""
    return DecideStep(
        push=tap.push, by=tap.by, track=tap.track, verdict="approved", words=_words(tap, "text", "reason")
    )


def on_reject(tap: CardAction) -> Command:
    """驳回, with the reason where one was written."""
    return DecideStep(
        push=tap.push, by=tap.by, track=tap.track, verdict="rejected", words=_words(tap, "reason", "text")
    )


def on_urge(tap: CardAction) -> Command:
    """催办."""
    return UrgeCase(push=tap.push, by=tap.by, track=tap.track)


BUTTONS: Mapping[str, Callable[[CardAction], Command]] = {
    "submit": on_submit,
    "edit": on_edit,
    "cancel": on_withdraw,
    "approve": on_approve,
    "reject": on_reject,
    "withdraw": on_withdraw,
    "urge": on_urge,
}


def on_tap(tap: CardAction) -> Command | None:
    """The wish behind a tap; None for a button or a card that is not a case's."""
    route = BUTTONS.get(tap.button)
    return route(tap) if route is not None and tracks.read(tap.track) is not None else None


def form_values(form: Mapping[str, object]) -> dict[str, Value]:
    """What a card's form may set: texts, numbers, lists of texts; everything else is left out."""
    values: dict[str, Value] = {}
    for key, value in form.items():
        if isinstance(value, str):
            values[key] = _clean(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            values[key] = value
        elif isinstance(value, list | tuple):
            values[key] = [_clean(item) for item in value if isinstance(item, str)]
    return values


def _words(tap: CardAction, *names: str) -> str:
    return next((_clean(said) for name in names if isinstance(said := tap.form.get(name), str) and said.strip()), "")


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()[:LONGEST]
