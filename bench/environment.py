"""Environments of their own for what we are measured beside: no dependency of the product."""

import subprocess
import sys
import venv

from bench import databases


def python_with(name: str, *requirements: str) -> str:
    """The interpreter of the environment in .nod/bench/NAME that has these packages; made on first use."""
    home = databases.FOLDER / name
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made = home / "made"
    if not made.exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        made.touch()
    return str(python)
