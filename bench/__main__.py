"""`./nod bench NAME …`: finds the benches, runs one."""

import ast
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent


def benches() -> dict[str, str]:
    """What can be measured: the programs of this folder, each with the line that says what it measures."""
    found = {}
    for file in sorted(FOLDER.glob("[!_]*.py")):
        text = file.read_text("utf-8")
        if '__name__ == "__main__"' in text:
            found[file.stem] = (ast.get_docstring(ast.parse(text)) or "").partition("\n")[0]
    return found


def main(words: Sequence[str]) -> int:
    """Run a bench with its own options. 2 when there is none of that name; its own exit code otherwise."""
    known = benches()
    if words and words[0] in known:
        sys.argv = [f"nod bench {words[0]}", *words[1:]]
        runpy.run_module(f"bench.{words[0]}", run_name="__main__", alter_sys=False)
        return 0
    asked = words[:1] in (["-h"], ["--help"])
    lines = ["usage: nod bench NAME [--json] …", "", *(f"  {name:12}{what}" for name, what in known.items())]
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
