#!/usr/bin/env python3
"""Five trivial durable steps in DBOS Transact: peers_dbos.py URL COUNT THREADS. Prints the runs and the seconds."""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig

url, count, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
DBOS(config=DBOSConfig(name="bench", system_database_url=url, log_level="ERROR", console_log_level="ERROR"))
RESPONSE = "0123456789" * 60


@DBOS.step()
def step(number):
    return RESPONSE


@DBOS.workflow()
def five(run):
    for number in range(5):
        step(number)
    return run


DBOS.launch()
five("warm")
began = time.monotonic()
with ThreadPoolExecutor(threads) as pool:
    list(pool.map(lambda run: five(f"run-{run}"), range(count)))
print(count, time.monotonic() - began, flush=True)
DBOS.destroy()
