#!/usr/bin/env python3
"""Five trivial durable steps in absurd: absurd_steps.py URL COUNT THREADS. The tasks are queued before the clock starts."""
import sys

import psycopg
from absurd_sdk import Absurd

from clock import when_told_in_threads

url, count, concurrency = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
RESPONSE = "0123456789" * 60
queue = Absurd(url)
queue.create_queue()
for run in range(count):
    queue.spawn("five", {"run": run}, queue="default")


def work(_):
    worker = Absurd(url)

    @worker.register_task(name="five")
    def five(params, context):
        for number in range(5):
            context.run_step(f"step-{number}")(lambda: RESPONSE)
        return params["run"]

    while True:
        worker.work_batch(batch_size=20)
        with psycopg.connect(url) as connection:
            left = connection.execute(
                "SELECT count(*) FROM absurd.t_default WHERE state NOT IN ('completed', 'failed')"
            ).fetchone()[0]
        if not left:
            return


when_told_in_threads(work, concurrency)
