"""The process stops when a package of ours is somebody else's."""

import os
import subprocess
import sys
from pathlib import Path

from bot.guard import OURS, ROOT, strangers


def test_here_all_packages_are_ours() -> None:
    assert strangers() == []


def test_a_package_from_elsewhere_stops_the_process(tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "__init__.py").write_text('"""A game of cards."""\n')
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))), "PYTHONSAFEPATH": "1"}
    line = [sys.executable, "-m", "bot", "flows", "list"]
    said = subprocess.run(line, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert said.stdout == ""
    assert said.stderr.startswith(f"cards comes from {tmp_path / 'cards'}")
    assert len(said.stderr.splitlines()) == 1


def test_a_package_inside_the_environment_in_our_folder_is_not_ours(tmp_path: Path) -> None:
    """The environment lies below the repository, so being below it says nothing."""
    inside = tmp_path / ".venv" / "site-packages"
    names = [tmp_path / name for name in OURS if name != "cards"] + [inside / "cards"]
    for folder in names:
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text('"""A copy."""\n')
    (tmp_path / "bot" / "guard.py").write_text((ROOT / "bot" / "guard.py").read_text("utf-8"))
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(inside)))}
    line = [sys.executable, "-P", "-c", "from bot.guard import strangers; print(*strangers(), sep='\\n')"]
    said = subprocess.run(line, cwd=tmp_path, env=settings, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("cards comes from")
    assert len(said.stdout.splitlines()) == 1
