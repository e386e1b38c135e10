"""`python -m emulator --organization FILE --port P`."""

import asyncio
import sys

from emulator.options import Options, read_options
from emulator.organization import WrongFile
from emulator.server import serve


def main() -> None:
    """Run until asked to stop; what is wrong at the start is said in a line."""
    try:
        _run(read_options())
    except (OSError, WrongFile) as error:
        sys.exit(f"emulator: {error}")


def _run(options: Options) -> None:
    if sys.platform != "win32":
        try:
            import uvloop
        except ImportError:
            pass
        else:
            uvloop.run(serve(options))
            return
    asyncio.run(serve(options))


if __name__ == "__main__":
    main()
