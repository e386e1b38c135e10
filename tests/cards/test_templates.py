"""The company's own template: its variables are the ones that rich cards fill."""

from pathlib import Path

import orjson

import cards
from cards.approval import approver_card
from tests.cards import samples as s


def test_every_variable_of_the_template_is_filled() -> None:
    (variables,) = orjson.loads((Path(cards.__file__).parent / "rich_template.json").read_bytes()).values()
    card = approver_card(s.FILED, s.LEAVE, "1", "bob", s.frame("rich"))
    assert set(variables.values()) <= set(card.params)
    assert set(card.params) - set(variables.values()) == {"case", "kind", "status", "version"}
