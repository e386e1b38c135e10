"""`python -m emulator --organization FILE --port P`."""

import asyncio
import sys

from emulator.options import read_options
from emulator.server import serve


def main() -> None:
    """Run until asked to stop."""
    options = read_options()
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
