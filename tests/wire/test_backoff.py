"""How often the gateway is asked while it refuses."""

from hypothesis import given
from hypothesis import strategies as st

from bot.wire.backoff import Backoff


def pauses(seconds: float, *, each_try: float = 0.0) -> list[tuple[float, float]]:
    """When each try of a lasting trouble failed, and how long the pause after it was."""
    backoff, now, found = Backoff(), 100.0, []
    while now < 100 + seconds:
        found.append((now - 100, pause := backoff.pause(now)))
        now += pause + each_try
    return found


def test_the_first_try_comes_at_once() -> None:
    assert all(pauses(1)[0][1] <= 0.02 for _ in range(50))


def test_whoever_was_refused_for_ten_seconds_is_back_within_half_a_second() -> None:
    assert all(pause <= 0.4 for at, pause in pauses(10) if at < 10)


def test_a_trouble_that_lasts_is_met_with_patience() -> None:
    found = pauses(600)
    assert max(pause for _, pause in found) > 15
    assert all(pause <= 30 for _, pause in found)
    assert len(found) < 150


def test_the_tries_of_many_clients_spread() -> None:
    assert len({round(pauses(5)[-1][0], 3) for _ in range(20)}) > 10


@given(lived=st.floats(0, 0.9))
def test_a_connection_that_ends_at_once_is_the_same_trouble(lived: float) -> None:
    backoff = Backoff()
    for now in range(5):
        backoff.pause(float(now))
        backoff.lived(lived)
    assert backoff.tries == 5
    backoff.lived(1.5)
    assert backoff.pause(9.0) <= 0.02
