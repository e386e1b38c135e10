"""JSON lines in, JSON lines out: what `./nod understand` does."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson

from language.reading import understand


def answer(lines: Iterable[str]) -> Iterator[str]:
    """A line for each line that is not blank: the understanding and the row's `id`; `error` where none can be read."""
    for line in lines:
        if line.strip():
            yield orjson.dumps(_row(line)).decode()


def _row(line: str) -> dict[str, Any]:
    number = None
    try:
        row = orjson.loads(line)
        number = row.get("id") if isinstance(row, dict) else None
        return {"id": number, **understand(row["text"], datetime.fromisoformat(row["now"])).as_json()}
    except KeyError as error:
        return {"id": number, "error": f"the row has no {error}"}
    except (orjson.JSONDecodeError, TypeError, ValueError, AttributeError) as error:
        return {"id": number, "error": str(error)}
