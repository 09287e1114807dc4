#!/usr/bin/env python3
"""Five trivial jobs a run in procrastinate: procrastinate_steps.py URL COUNT CONCURRENCY; COUNT 0 makes the tables.

procrastinate queues jobs. It does not make the steps inside a job durable and stores no results, so a run whose every step
survives a crash is a chain of five jobs: each hands its 600-byte response to the next as an argument, and the last one ends
the run. The first job of every run is queued before the clock starts.
"""
import asyncio
import logging
import os
import sys

from procrastinate import App, PsycopgConnector

from clock import when_told

url, count, concurrency = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
logging.disable(logging.CRITICAL)
RESPONSE = "0123456789" * 60
app = App(connector=PsycopgConnector(conninfo=url, min_size=concurrency, max_size=concurrency))
# Each process has a queue of its own, so that it knows when its runs are done.
queue = f"bench-{os.getpid()}"
done = 0


@app.task(name="step", queue=queue)
async def step(run, number, response):
    global done
    if number < 5:
        await step.configure(queue=queue).defer_async(run=run, number=number + 1, response=RESPONSE)
    else:
        done += 1


async def runs():
    while done < count:
        await app.run_worker_async(
            queues=[queue], wait=False, concurrency=concurrency, listen_notify=False, install_signal_handlers=False)


async def main():
    async with app.open_async():
        if count == 0:
            await app.schema_manager.apply_schema_async()
            return
        await step.batch_defer_async(*[{"run": run, "number": 1, "response": ""} for run in range(count)])
        loop = asyncio.get_running_loop()
        started = asyncio.Event()
        ended = asyncio.Event()

        def wait_for_runs():
            loop.call_soon_threadsafe(started.set)
            asyncio.run_coroutine_threadsafe(ended.wait(), loop).result()

        told = asyncio.create_task(asyncio.to_thread(when_told, wait_for_runs))
        await started.wait()
        await runs()
        ended.set()
        await told


asyncio.run(main())
