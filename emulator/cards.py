"""Interactive cards: instances, who may see them, and what each person sees (contract 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from emulator.organization import read_file

Params = dict[str, str]

MARKDOWN = "589420e2-c1e2-46ef-a5ed-b8728e654da9.schema"
BUTTONS = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
_FORM_DEMO = "280f6d7a-63bc-4905-bf3f-4c6d95e5166b.schema"
_APPROVAL_DEMO = "db56f2c2-f609-4878-9a34-46f6a0194a73.schema"
_COMMON = {"title": "title", "markdown": "markdown", "tips": "tips"}

# Which variables of a template hold what: the SDK's public ones and the official demos (contract 4.10).
_KNOWN: Mapping[str, Mapping[str, str]] = {
    MARKDOWN: _COMMON,
    BUTTONS: {**_COMMON, "buttons": "msgButtons"},
    "382e4302-551d-4880-bf29-a30acfab2e71.schema": {
        "title": "msgTitle", "markdown": "staticMsgContent", "buttons": "msgButtons",
    },
    "7f538f6d-ebb7-4533-a9ac-61a32da094cf.schema": _COMMON,
    "d28e2ac5-fb34-4d93-94bc-cf5c580c2d4f.schema": {"markdown": "markdown"},
    _FORM_DEMO: {"title": "title", "form": "form", "form_status": "form_status", "submit": "form_btn_text"},
    _APPROVAL_DEMO: {"title": "title", "markdown": "reason"},
    "737cda86-7a7f-4d83-ba07-321e6933be12.schema": _COMMON,
    "c36a2fbe-ff53-44ac-a91d-dedbe3654306.schema": _COMMON,
}  # fmt: skip
_DEMO_BUTTONS = [
    {"id": "agree", "text": "同意", "color": "blue", "params": {"action": "agree"}},
    {"id": "reject", "text": "拒绝", "color": "red", "params": {"action": "reject"}},
]


_KEY, _VALUE, _TOTAL = 100, 1_000, 100_000  # bytes (contract 4.2, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversize:
    """What is too large; not all of it is refused: long texts work in practice, though 1 KB is documented."""

    what: str
    refused: bool


@dataclass(slots=True, eq=False)
class Card:
    """One instance. `seen_by`: the people it was delivered or forwarded to. `open_taps`: callbacks not answered yet."""

    track: str
    client: str
    template: str
    public: Params
    private: dict[str, Params] = field(default_factory=dict)
    calls_back: bool = False
    user_id_type: int = 1
    models: set[str] = field(default_factory=set)
    seen_by: dict[str, str] = field(default_factory=dict)  # person -> conversation
    last_message: str = ""
    version: int = 1
    open_taps: int = 0

    def params(self, viewer: str | None) -> dict[str, Any]:
        """The values that the person sees: private before public, `sys_full_json_obj` laid over them."""
        merged: dict[str, Any] = {**self.public, **(self.private.get(viewer, {}) if viewer else {})}
        return {**merged, **_json(merged.get("sys_full_json_obj"), {})}

    def update(
        self, public: Params | None, private: Mapping[str, Params] | None, *, public_by_key: bool, private_by_key: bool
    ) -> None:
        """Merge by key or replace, each as its option says (the platform's default is to replace)."""
        if public is not None:
            self.public = {**self.public, **public} if public_by_key else dict(public)
        for person, params in (private or {}).items():
            before = self.private.get(person, {}) if private_by_key else {}
            self.private[person] = {**before, **params}
        self.version += 1


class Cards:
    """All instances, and the templates that the platform knows."""

    def __init__(self, templates: Path | None) -> None:
        self.templates: dict[str, Mapping[str, str]] = dict(_KNOWN)
        if templates is not None:
            self.templates.update(read_file(templates))
        self.by_track: dict[str, Card] = {}

    def reset(self) -> None:
        """None."""
        self.by_track.clear()

    def shown(self, card: Card, viewer: str | None) -> dict[str, Any]:
        """The card as the person sees it now."""
        params = card.params(viewer)
        names = self.templates[card.template]
        title = str(params.get(names.get("title", ""), "")) or card.last_message
        return {
            "outTrackId": card.track,
            "title": title,
            "markdown": str(params.get(names.get("markdown", ""), "")),
            "tips": str(params.get(names.get("tips", ""), "")),
            "status": str(params.get("status", "")),
            "buttons": _buttons(card, params, names),
            "form": _form(params, names),
            "cardParamMap": {**card.public, **(card.private.get(viewer, {}) if viewer else {})},
            "version": card.version,
        }

    def button(self, card: Card, viewer: str, button: str) -> dict[str, Any]:
        """The button's own row, with the params that were configured on it; an empty one for a button not shown."""
        params = card.params(viewer)
        rows = _rows(card, params, self.templates[card.template])
        return next((row for row in rows if row.get("id") == button), {})


def oversized(*maps: Params) -> list[Oversize]:
    """What of a card's values is longer than it may be."""
    sizes = [(key, len(value.encode())) for values in maps for key, value in values.items()]
    found = [Oversize(what=f"{key} has {size} bytes", refused=False) for key, size in sizes if size > _VALUE]
    found += [
        Oversize(what=f"the name {key} is too long", refused=True) for key, _ in sizes if len(key.encode()) > _KEY
    ]
    if sum(size for _, size in sizes) > _TOTAL:
        found.append(Oversize(what="cardData is too large", refused=True))
    return found


def _rows(card: Card, params: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    if card.template == _APPROVAL_DEMO:
        return [] if params.get("status") else _DEMO_BUTTONS
    if "submit" in names:
        disabled = params.get(names["form_status"]) == "disabled"
        text = params.get(names["submit"]) or "提交"
        return [{"id": "form", "text": text, "color": "blue", "status": "disabled" if disabled else "normal"}]
    rows = params.get(names.get("buttons", ""), [])
    rows = _json(rows, []) if isinstance(rows, str) else rows
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _buttons(card: Card, params: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(row.get("id") or f"url{place}"),
            "text": str(row.get("text", "")),
            "enabled": row.get("status") != "disabled" and (card.calls_back or "url" in row),
            "color": str(row.get("color", "gray")),
            **({"url": str(row["url"])} if "url" in row else {}),
        }
        for place, row in enumerate(_rows(card, params, names))
    ]


def _form(params: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    form = params.get(names.get("form", ""), {})
    form = _json(form, {}) if isinstance(form, str) else form
    fields = form.get("fields", []) if isinstance(form, dict) else []
    disabled = params.get(names.get("form_status", "")) == "disabled"
    return {"fields": [] if disabled and "submit" not in names else fields, "disabled": disabled}


def _json(text: Any, otherwise: Any) -> Any:
    try:
        value = orjson.loads(text) if isinstance(text, str) and text else text
    except orjson.JSONDecodeError:
        return otherwise
    return value if isinstance(value, type(otherwise)) else otherwise
