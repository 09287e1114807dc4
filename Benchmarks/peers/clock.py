"""The start of a peer's clock. All processes of a peer get ready first, and run when the benchmark sends them a line."""
import sys


def when_told(work):
    """Runs the work when the benchmark says so, and tells it when the work is done."""
    print("ready", flush=True)
    sys.stdin.readline()
    work()
    print("done", flush=True)
