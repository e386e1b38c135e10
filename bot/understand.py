"""`./nod understand`: standard input to standard output."""

import argparse
import sys

from language.batch import answer


def main(args: argparse.Namespace) -> int:
    """One answer a line, as soon as it is known."""
    for line in answer(sys.stdin):
        print(line, flush=True)
    return 0
