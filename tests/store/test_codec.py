"""What an older version wrote is read as it was meant; detail rows come back as they were."""

import pytest

from domain.approvals.events import Filled
from domain.approvals.values import Value
from store.codec import event_from, kind_of, payload_of, to_ms
from tests.cards import samples as s


@pytest.mark.parametrize(
    "values",
    [
        {"reason": "x", "days": 1, "amount": 45.5, "cc": ["amy", "bob"], "empty": []},
        {"details": [{"item": "打车", "price": 45.5, "count": 1}, {"item": "午餐"}], "amount": 0.1},
    ],
)
def test_values_come_back_as_they_were(values: dict[str, Value]) -> None:
    event = Filled(by="amy", at=s.MONDAY, values=values)
    assert event_from(kind_of(event), "amy", to_ms(event.at), payload_of(event).decode()) == event


def test_an_event_from_before_there_were_rows_is_read() -> None:
    event = event_from(
        "filled", "amy", to_ms(s.MONDAY), '{"values":{"attachments":["a.pdf"],"amount":12,"reason":"x"}}'
    )
    assert event == Filled(by="amy", at=s.MONDAY, values={"attachments": ["a.pdf"], "amount": 12, "reason": "x"})
