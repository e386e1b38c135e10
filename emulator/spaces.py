"""Where a card is shown: the grammar of openSpaceId, the checks of its space and deliver models (contract 4.2, 4.3)."""

import re
from dataclasses import dataclass

from emulator.answers import No, new_no
from emulator.fields import Body, Fields

MODELS = {"IM_GROUP": "imGroup", "IM_ROBOT": "imRobot", "IM_SINGLE": "imSingle", "ONE_BOX": "top"}
_START, _LONGEST = "dtv1.card//", 1000
_FOR_GROUPS = ("IM_GROUP", "ONE_BOX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One place: the kind, the person or group, and the model that says how it is delivered there."""

    kind: str
    target: str
    model: Fields


def invalid(what: str) -> No:
    """A card call's field is wrong."""
    return new_no(400, "param.invalid", f"param invalid: {what}")


def models(body: Body) -> dict[str, Fields]:
    """The space models of a body: which spaces the card may be delivered to, with its line in the list of chats."""
    fields = Fields(body, _invalid_model)
    found = {
        kind: fields.within(f"{name}OpenSpaceModel")
        for kind, name in MODELS.items()
        if body.get(f"{name}OpenSpaceModel") is not None
    }
    for kind, model in found.items():
        if kind != "ONE_BOX" and model.body.get("supportForward") not in (True, False, "true", "false"):
            raise _invalid_model("supportForward")
    return found


def spaces(body: Body) -> list[Space]:
    """The places of `dtv1.card//IM_GROUP.cid;IM_ROBOT.u1`, upper or lower case, each with its deliver model."""
    fields = Fields(body, _invalid_space)
    text = fields.text("openSpaceId")
    if not text:
        raise new_no(400, "param.openSpaceIdEmpty", "openSpaceId is empty")
    if len(text) > _LONGEST or not text.startswith(_START):
        raise _invalid_space("openSpaceId")
    found = []
    for part in text.removeprefix(_START).split(";"):
        fit = re.fullmatch(r"([A-Za-z_]+)\.(.+)", part)
        if fit is None or fit[1].upper() not in MODELS:
            raise _invalid_space("openSpaceId")
        kind = fit[1].upper()
        found.append(
            Space(kind=kind, target=fit[2], model=Fields(body, _wrong_model).within(f"{MODELS[kind]}OpenDeliverModel"))
        )
    return found


def check(places: list[Space], allowed: set[str], robots: set[str]) -> None:
    """Refuse places that the card has no model for, and models that lack what their kind needs."""
    for place in places:
        if place.kind not in allowed:
            raise new_no(400, "param.openSpaceModelInvalid", "spaces of card is empty")
    for place in places:
        if not place.model.body:
            raise new_no(400, "param.openDeliverModelEmpty", f"{MODELS[place.kind]}OpenDeliverModel is empty")
        if place.model.text("spaceType").upper() not in ("", place.kind):
            raise _wrong_model("spaceType")
        robot = place.model.text("robotCode")
        if (robot and robot not in robots) or (place.kind == "IM_GROUP" and not robot):
            raise _wrong_model("robotCode")
        if place.kind == "ONE_BOX" and not place.model.whole("expiredTimeMillis"):
            raise _wrong_model("expiredTimeMillis")


def in_group(kind: str) -> bool:
    """Whether the target of such a space is a group."""
    return kind in _FOR_GROUPS


def _invalid_space(name: str) -> No:
    return new_no(400, "param.openSpaceIdInvalid", f"{name} is invalid")


def _invalid_model(name: str) -> No:
    return new_no(400, "param.openSpaceModelInvalid", f"{name} of the space model is invalid")


def _wrong_model(name: str) -> No:
    return new_no(400, "param.openDeliverModelError", f"{name} of the deliver model is invalid")
