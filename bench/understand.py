"""How often one message is understood as its label says, and how long that takes, beside reading its row as JSON.

`--jionlp` measures the times of messages beside jionlp's, which gets an environment of its own on first use."""

import argparse
import json
import string
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bench.environment import python_with
from language import understand

ROWS: Final = Path(__file__).parent.parent / "tests" / "language" / "utterances.jsonl"
EXACT: Final = ("kind", "leave_type", "start", "end", "half", "amount", "punch", "must_ask", "must_reject")
FIELDS: Final = (*EXACT, "duration", "missing", "place", "reason")
WITHOUT_SLOTS: Final = {"must_reject": ("must_reject",), "multiple": ("kind", "must_ask", "must_reject")}
JIONLP: Final = "jionlp>=1.5,<1.6"
BASELINE: Final = Path(__file__).parent / "baselines" / "jio.py"
_IMPORT: Final = (
    "from time import perf_counter as now; from datetime import datetime; began = now();"
    "from language import understand;"
    "understand('明天请年假', datetime(2026, 11, 23, 10)); print(now() - began)"
)
_IN_MINUTES: Final = {"hour": 60, "minute": 1}
_ROUNDS: Final = 5

Values = Mapping[str, Any]


def wrong_fields(row: Values, found: Values) -> tuple[str, ...]:
    """The labelled fields that were not understood as the label says; the labels' notes say what is equal."""
    return tuple(name for name in _labelled(row) if not _equal(name, row[name], found[name]))


def _labelled(row: Values) -> tuple[str, ...]:
    if row["must_reject"]:
        return WITHOUT_SLOTS["must_reject"]
    return WITHOUT_SLOTS["multiple"] if "multiple" in row["ask_why"] else FIELDS


def _equal(name: str, label: Any, found: Any) -> bool:
    if name == "missing":
        return set(label) == set(found)
    if name == "duration":
        return _length(label) == _length(found)
    return _alike(label, found) if name in ("place", "reason") else bool(label == found)


def _length(said: Values | None) -> tuple[float, str] | None:
    """Hours and minutes are one unit."""
    if said is None:
        return None
    minutes = _IN_MINUTES.get(said["unit"])
    return (said["value"] * minutes, "minute") if minutes else (said["value"], said["unit"])


def _alike(label: str | None, found: str | None) -> bool:
    """One contains the other and is at most twice as long."""
    if label is None or found is None:
        return label is found
    short, long = sorted((_letters(label), _letters(found)), key=len)
    return short in long and 2 * len(short) >= len(long)


def _letters(text: str) -> str:
    return "".join(
        c
        for c in unicodedata.normalize("NFKC", text)
        if c not in string.whitespace + string.punctuation and not unicodedata.category(c).startswith(("P", "Z"))
    )


def read(file: Path) -> list[Values]:
    """The rows of a labelled file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def understood(row: Values) -> Values:
    """What is understood of the row's text at the row's moment."""
    return understand(row["text"], datetime.fromisoformat(row["now"])).as_json()


def _report(rows: list[Values], found: list[Values]) -> Iterator[str]:
    wrong = [wrong_fields(row, answer) for row, answer in zip(rows, found, strict=True)]
    yield f"strict            {_share(sum(not fields for fields in wrong), len(rows))}"
    yield from _flag("must_reject", rows, found)
    yield from _flag("must_ask", rows, found)
    false = sum(row["must_reject"] and not answer["must_reject"] for row, answer in zip(rows, found, strict=True))
    yield f"false requests    {false}"
    yield "\nby kind"
    yield from _shares([row["kind"] for row in rows], [row["kind"] for row, w in zip(rows, wrong, strict=True) if w])
    yield "\nby field"
    yield from _shares((name for row in rows for name in _labelled(row)), (name for fields in wrong for name in fields))


def _flag(name: str, rows: list[Values], found: list[Values]) -> Iterator[str]:
    hits = sum(row[name] and answer[name] for row, answer in zip(rows, found, strict=True))
    said, labelled = sum(answer[name] for answer in found), sum(row[name] for row in rows)
    yield f"{name:18}precision {_share(hits, said)}, recall {_share(hits, labelled)}"


def _shares(all_names: Iterable[str], wrong_names: Iterable[str]) -> Iterator[str]:
    wrong = Counter(wrong_names)
    for name, count in Counter(all_names).items():
        yield f"  {name:16}{_share(count - wrong[name], count)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:7.1%} ({part} of {whole})" if whole else "      – (none)"


def _mistakes(rows: list[Values], found: list[Values]) -> Iterator[str]:
    for row, answer in zip(rows, found, strict=True):
        fields = wrong_fields(row, answer)
        if fields:
            told = "; ".join(f"{name} {row[name]!r} read as {answer[name]!r}" for name in fields)
            yield f"  {row['id']} {row['text']}\n      {told}"


def _seconds(work: Callable[[], object]) -> float:
    """The best of some rounds: the others were disturbed."""
    return min(_timed(work) for _ in range(_ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _speed(rows: list[Values]) -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    ours = _seconds(lambda: [understood(row) for row in rows]) / len(rows)
    baseline = _seconds(lambda: [json.loads(line) for line in lines]) / len(rows)
    return f"time              {ours * 1e6:.0f} µs a message, {ours / baseline:.0f} × reading its row as JSON"


def _each(row: Values) -> float:
    return min(_timed(lambda: understood(row)) for _ in range(3))


def _beside(rows: list[Values], found: list[Values]) -> Iterator[str]:
    """Right times and speed beside jionlp, on the rows that have a time; both are asked each message three times."""
    timed = [(row, answer) for row, answer in zip(rows, found, strict=True) if row["start"]]
    lines = "\n".join(json.dumps({"text": row["text"], "now": row["now"]}) for row, _ in timed)
    command = [python_with("jionlp", JIONLP), str(BASELINE)]
    said = subprocess.run(command, input=lines, check=True, stdout=subprocess.PIPE, text=True).stdout
    theirs = json.loads(said)
    right = [_timely(row, answer) for row, answer in timed]
    their_right = [_timely(row, answer) for (row, _), answer in zip(timed, theirs["answers"], strict=True)]
    seconds = sorted(_each(row) for row, _ in timed)
    their_seconds = sorted(answer["seconds"] for answer in theirs["answers"])
    yield f"{'':24}{'Nod':>10}{'jionlp':>10}{'times':>8}"
    yield _compared("right start and end", sum(right), sum(their_right), len(timed))
    for name, place in (("median µs", 0.5), ("p99 µs", 0.99), ("longest µs", 1.0)):
        at = min(int(place * len(timed)), len(timed) - 1)
        ours, their = seconds[at] * 1e6, their_seconds[at] * 1e6
        yield f"{name:24}{ours:>10.0f}{their:>10.0f}{their / ours:>8.1f}"
    own = float(subprocess.run([sys.executable, "-c", _IMPORT], check=True, stdout=subprocess.PIPE, text=True).stdout)
    there = theirs["import"] + theirs["first"]
    yield f"{'import, first call ms':24}{own * 1e3:>10.0f}{there * 1e3:>10.0f}{there / own:>8.1f}"


def _timely(row: Values, answer: Values) -> bool:
    return (row["start"], row["end"]) == (answer["start"], answer["end"])


def _compared(name: str, ours: int, theirs: int, of: int) -> str:
    return f"{name:24}{ours / of:>10.1%}{theirs / of:>10.1%}{ours / max(theirs, 1):>8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ROWS, help="labelled messages, one JSON object a line")
    parser.add_argument("--jionlp", action="store_true", help="measure the times of messages beside jionlp's")
    parser.add_argument("--wrong", action="store_true", help="list the messages that are not understood")
    options = parser.parse_args()
    rows = read(options.file)
    found = [understood(row) for row in rows]
    print("\n".join(_report(rows, found)), _speed(rows), sep="\n\n")
    if options.jionlp:
        print("", *_beside(rows, found), sep="\n")
    if options.wrong:
        print("\nwrong", *_mistakes(rows, found), sep="\n")


if __name__ == "__main__":
    main()
