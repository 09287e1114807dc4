#!/usr/bin/env python3
"""Five trivial steps behind the naive guard: guard_steps.py URL COUNT THREADS REDIS_SOCKET.

The pattern many services have: a key in Redis says that a step is taken, and PostgreSQL keeps the result. It promises less
than the others: after a crash between the two the key stays PENDING, and the step is never run again.
"""
import os
import sys

import psycopg
import redis

from clock import when_told_in_threads

url, count, threads, socket = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
RESPONSE = "0123456789" * 60


def once(cache, connection, key, response):
    if not cache.set(key, "PENDING", nx=True):
        return
    connection.execute("INSERT INTO results (key, response) VALUES (%s, %s)", (key, response))
    cache.set(key, response)


def work(thread):
    cache = redis.Redis(unix_socket_path=socket)
    with psycopg.connect(url, autocommit=True, prepare_threshold=0) as connection:
        for run in range(thread, count, threads):
            for number in range(5):
                once(cache, connection, f"{os.getpid()}-{run}-step-{number}", RESPONSE)


when_told_in_threads(work, threads)
