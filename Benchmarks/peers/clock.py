"""The start of a peer's clock. All processes of a peer get ready first, and run when the benchmark sends them a line."""
import sys
import threading


def when_told(work):
    """Runs the work when the benchmark says so, and tells it when the work is done."""
    print("ready", flush=True)
    sys.stdin.readline()
    work()
    print("done", flush=True)


def when_told_in_threads(work, count):
    """Runs the work in so many threads; each is given its number."""
    def work_all():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    when_told(work_all)
