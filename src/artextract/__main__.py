"""`python -m artextract` and the console script."""

from __future__ import annotations

import gc
import os
import signal
import sys


def main() -> int:
    """Run the command line; the exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # no traceback while modules are still being imported
    gc.set_threshold(20_000)  # see batch.child.ALLOCATIONS
    from artextract.cli import main as command

    return command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
