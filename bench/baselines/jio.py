"""The times of messages as jionlp reads them, in an environment that has it.

`python bench/baselines/jio.py`: rows with `text` and `now` as JSON lines come in; one line as JSON goes out: `import`
and `first` in seconds, and for each row `start`, `end` (None: nothing found) and `seconds`, the best of three."""

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

ROUNDS = 3


def read(parse: Callable[..., dict[str, Any]], text: str, now: datetime) -> tuple[str | None, str | None]:
    """Start and end in the form of our labels."""
    try:
        found = parse(text, time_base=now.timestamp())
    except ValueError:  # how it says that there is no time
        return None, None
    if found.get("type") not in ("time_point", "time_span"):
        return None, None
    try:
        first, last = (datetime.fromisoformat(moment) for moment in found["time"])
    except ValueError:  # an open end: inf
        return None, None
    if first.time().isoformat() == "00:00:00" and last.time().isoformat() == "23:59:59":
        return first.date().isoformat(), last.date().isoformat()
    last += timedelta(seconds=last.second == 59)
    return first.isoformat(timespec="minutes"), last.isoformat(timespec="minutes")


def main() -> None:
    rows = [json.loads(line) for line in sys.stdin]
    out = sys.stdout
    with contextlib.redirect_stdout(io.StringIO()):  # it prints a banner
        began = time.perf_counter()
        import jionlp

        imported = time.perf_counter() - began
        began = time.perf_counter()
        read(jionlp.parse_time, "明天", datetime.fromisoformat(rows[0]["now"]))
        first = time.perf_counter() - began
        answers = []
        for row in rows:
            now = datetime.fromisoformat(row["now"])
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                start, end = read(jionlp.parse_time, row["text"], now)
                times.append(time.perf_counter() - began)
            answers.append({"start": start, "end": end, "seconds": min(times)})
    json.dump({"import": imported, "first": first, "answers": answers}, out)


if __name__ == "__main__":
    main()
