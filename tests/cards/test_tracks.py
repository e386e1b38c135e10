"""A card's name says whose it is and what it shows, and nothing about the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.tracks import Tracked, owned_by, read, track, words_track

NUMBER = "QJ-20261123-007"


@pytest.mark.parametrize(("role", "step"), [("a", None), ("c", None), ("s1", "1"), ("s12", "12")])
def test_a_name_is_read_as_it_was_made(role: str, step: str | None) -> None:
    name = track(NUMBER, role, "amy")
    found = read(name)
    assert found == Tracked(case=NUMBER, role=role, step=step, owner=name.rpartition(".")[2])


@given(st.text(max_size=64), st.text(max_size=64))
def test_a_name_belongs_to_one_person(person: str, other: str) -> None:
    name = track(NUMBER, "s1", person)
    assert owned_by(name, person)
    assert owned_by(name, other) == (person == other)


@given(st.text(max_size=200))
def test_names_are_short_and_tell_no_userid(person: str) -> None:
    for name in (track("ABCDEF-20261123-123456789", "s12345678", person), words_track("said:1", person)):
        assert len(name) <= 64
        assert name.isascii()
        assert len(person) < 13 or person not in name


@pytest.mark.parametrize(
    "name",
    ["", "w.0123456789abcdef", NUMBER, f"{NUMBER}.a", f"{NUMBER}.x.0123456789ab", f"{NUMBER}.s.0123456789ab",
     f"{NUMBER}.a.0123456789ab\n", f" {NUMBER}.a.0123456789ab", f"{NUMBER}.a.0123456789AB",
     "QJ-2026-007.a.0123456789ab"],
)  # fmt: skip
def test_what_is_no_case_s_card_is_not_read(name: str) -> None:
    assert read(name) is None


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(name: str) -> None:
    found = read(name)
    assert found is None or name == f"{found.case}.{found.role}.{found.owner}"


def test_words_are_the_same_for_the_same_cause_and_person_only() -> None:
    assert words_track("m:1", "amy") == words_track("m:1", "amy")
    assert len({words_track(*one) for one in (("m:1", "amy"), ("m:2", "amy"), ("m:1", "bob"), ("m:1a", "my"))}) == 4
