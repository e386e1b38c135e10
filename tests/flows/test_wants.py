"""What employees want, in their own words: the flow of every pack that it is, with what the sentence says of its form.

`python -m tests.flows.test_wants` prints how many are understood, pack by pack, and those that are not."""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.flows.talk import PACKS, Talker, world_of

FILE: Final = Path(__file__).with_name("wants.jsonl")
MISSED: Final = 0.01  # the share of what is wanted, and of fields, that may be missed
WORLDS: Final = {pack: world_of(pack) for pack in PACKS}


@dataclass(frozen=True, slots=True)
class Seen:
    """One sentence: what is right of it. `told` is what was understood instead."""

    row: dict[str, Any]
    flow: bool
    fields: dict[str, bool]
    told: str


def rows() -> list[dict[str, Any]]:
    """The labelled sentences."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]


def seen(row: dict[str, Any]) -> Seen:
    """The sentence as the bot takes it, said as the first words of a talk."""
    talker = Talker(world=WORLDS[row["pack"]])
    talker.says(row["text"])
    flow = talker.draft.flow if talker.cases else None
    among = sorted(talker.heard.among) if talker.heard and not talker.cases else []
    right = flow == row["flow"] and among == sorted(row.get("among", []))
    fields = {
        key: same(talker.values.get(key), value, 3 if key == "items" else 2)
        for key, value in row.get("fields", {}).items()
    }
    return Seen(row, right, fields if right else {}, f"{flow or among} {dict(talker.values)}")


def same(value: Any, wanted: Any, times: int) -> bool:
    """Alike; of free text it is enough that one holds the other and is not so many times as long."""
    if not isinstance(wanted, str) or not isinstance(value, str):
        return bool(value == wanted)
    one, other = sorted((_letters(value), _letters(wanted)), key=len)
    return value == wanted or (one in other and len(one) * times >= len(other) and not wanted.startswith("20"))


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


FOUND: Final = [seen(row) for row in rows()]


def test_what_is_wanted_is_understood() -> None:
    asked = [one for one in FOUND if one.row["flow"] or "among" in one.row]
    wrong = [(one.row["text"], one.told) for one in asked if not one.flow]
    assert len(wrong) <= len(asked) * MISSED, wrong


def test_what_only_tells_or_asks_begins_nothing() -> None:
    assert [(one.row["text"], one.told) for one in FOUND if not one.flow and not one.row["flow"]] == []


def test_the_form_says_what_the_sentence_says() -> None:
    fields = [right for one in FOUND for right in one.fields.values()]
    wrong = [(one.row["text"], one.told) for one in FOUND if not all(one.fields.values())]
    assert fields.count(False) <= len(fields) * MISSED, wrong


def figures(found: list[Seen]) -> Iterator[str]:
    """Pack by pack: sentences that begin the right flow, those that must begin none, and fields that are right."""
    for pack in (*PACKS, ""):
        own = [one for one in found if pack in ("", one.row["pack"])]
        asked = [one for one in own if one.row["flow"] or "among" in one.row]
        none = [one for one in own if one not in asked]
        fields = Counter(right for one in own for right in one.fields.values())
        yield (
            f"{pack or 'all':9} wanted {sum(one.flow for one in asked)}/{len(asked)}  "
            f"not asked {sum(one.flow for one in none)}/{len(none)}  fields {fields[True]}/{fields.total()}"
        )


if __name__ == "__main__":
    found = FOUND
    if "-v" in sys.argv:
        for one in found:
            if not one.flow:
                print(f"FLOW {one.row['pack']:8} {one.row['text']}  want {one.row['flow']}  got {one.told}")
            elif bad := {key: one.row["fields"][key] for key, right in one.fields.items() if not right}:
                print(f"FIELD {one.row['pack']:7} {one.row['text']}  want {bad}  got {one.told}")
    print("\n".join(figures(found)))
