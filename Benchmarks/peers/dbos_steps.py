#!/usr/bin/env python3
"""Five trivial durable steps in DBOS Transact: dbos_steps.py URL COUNT THREADS."""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from dbos import DBOS, DBOSConfig

from clock import when_told

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


def work():
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda run: five(f"{os.getpid()}-{run}"), range(count)))


DBOS.launch()
five("warm")
when_told(work)
DBOS.destroy()
