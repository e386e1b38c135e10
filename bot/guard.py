"""Stops when one of our packages was loaded from elsewhere: other distributions ship folders of the same names."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
OURS: Final = (
    "bench", "bot", "cards", "domain", "emulator", "handlers", "language", "scheduler", "store", "usecases",
)  # fmt: skip


def strangers() -> list[str]:
    """A line for each of our packages that would come from another place than this folder."""
    lines = []
    for name in OURS:
        spec = find_spec(name)
        origin = spec.origin if spec else None
        if origin is None or Path(origin).resolve() != ROOT / name / "__init__.py":
            lines.append(f"{name} comes from {origin}, not from {ROOT}: start with ./nod, without PYTHONSAFEPATH")
    return lines
