#!/usr/bin/env python3
"""Five trivial steps by Powertools for AWS Lambda's idempotency utility: powertools_steps.py URL COUNT THREADS REDIS_SOCKET.

Each step is a function that the utility calls once for a key. The responses are in Redis alone, which here keeps nothing on
disk: this is the utility at its fastest, and no step of it survives the server. PostgreSQL (URL) is not used.
"""
import os
import sys

import redis
from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.persistence.cache import CachePersistenceLayer

from clock import when_told_in_threads

count, threads, socket = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
RESPONSE = "0123456789" * 60


class Invocation:
    """What Lambda tells a function; without it the utility warns at every call."""

    @staticmethod
    def get_remaining_time_in_millis():
        return 60_000


config = IdempotencyConfig()
config.register_lambda_context(Invocation())
layer = CachePersistenceLayer(client=redis.Redis(unix_socket_path=socket, decode_responses=True))


@idempotent_function(data_keyword_argument="call", persistence_store=layer, config=config)
def step(call):
    return RESPONSE


def work(thread):
    for run in range(thread, count, threads):
        for number in range(5):
            step(call={"run": f"{os.getpid()}-{run}", "step": number})


when_told_in_threads(work, threads)
