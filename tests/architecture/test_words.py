"""Nothing in the files depends on the machine they were written on, or speaks with strangers."""

import re
from typing import Final

from tests.architecture.sources import ROOT, files

ADDRESS: Final = re.compile(r"(?:https?|wss?)://([A-Za-z0-9.-]+)")
HOME: Final = re.compile(r"(?<![\w./~-])/(?:root|home|Users|work|opt|mnt|tmp)/[\w.-]+")
HOSTS: Final = re.compile(
    r"localhost|127\.0\.0\.1|0\.0\.0\.0|(.*\.)?example(\.com)?"  # this machine, and names that lead nowhere
    r"|(.*\.)?dingtalk\.com"  # the platform
    r"|www\.w3\.org|json-schema\.org|(www\.)?omg\.org|bpmn\.io|www\.apache\.org"  # names of formats and licences
    r"|www\.adobe\.com|openfontlicense\.org"  # in the licence of the fonts
)
LOCKS: Final = ("requirements.lock", "requirements-dev.lock")
_PICTURES: Final = {".png", ".ico", ".otf", ".woff2", ".gz", ".db", ".mo"}


def _texts() -> list[tuple[str, str]]:
    named = [(file.relative_to(ROOT).as_posix(), file) for file in files() if file.suffix not in _PICTURES]
    return [(name, file.read_text("utf-8")) for name, file in named]


def test_addresses_are_the_platform_s_or_nobody_s() -> None:
    found = [
        f"{name}: {host}" for name, text in _texts() for host in ADDRESS.findall(text) if not HOSTS.fullmatch(host)
    ]
    assert not found, "\n".join(found)


def test_no_file_knows_a_folder_of_somebody_s_machine() -> None:
    found = [f"{name}: {folder}" for name, text in _texts() for folder in HOME.findall(text)]
    assert not found, "\n".join(found)


def test_locks_hold_names_versions_and_hashes_only() -> None:
    line = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[^\s]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in LOCKS:
        strange = [row for row in (ROOT / lock).read_text("utf-8").splitlines() if not line.fullmatch(row)]
        assert not strange, lock


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    """The launcher relies on it: who has the tools needs no second installation."""
    runtime, development = ((ROOT / lock).read_text("utf-8") for lock in LOCKS)
    assert _pins(runtime) <= _pins(development)


def _pins(lock: str) -> set[str]:
    return {row.split()[0] for row in lock.splitlines() if not row.startswith(" ")}
