#!/usr/bin/env python3
"""Ships an order once, however often it runs and wherever it is killed.

    PAIDONCE_URL=http://127.0.0.1:8080 PAIDONCE_TOKEN=… agent.py ORDER SHIPMENTS

SHIPMENTS is a file that stands for the parcel service: a line for each parcel, with the tracking id that it was sent under.
"""
import hashlib
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request

URL, TOKEN = os.environ["PAIDONCE_URL"], os.environ["PAIDONCE_TOKEN"]


def call(operation, **members):
    """Returns the status and the body of an answer."""
    request = urllib.request.Request(
        f"{URL}/v1/effects/{operation}", json.dumps(members).encode(),
        {"Authorization": f"Bearer {TOKEN}", "X-Actor": "ShippingAgent/1.0.0", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def shipped_under(shipments, tracking):
    """Asks the parcel service what became of a tracking id."""
    if not os.path.exists(shipments):
        return False
    with open(shipments) as parcels:
        return any(parcel.split()[0] == tracking for parcel in parcels)


def ship(shipments, tracking, order):
    with open(shipments, "a") as parcels:
        parcels.write(f"{tracking} {order}\n")


def crash_at(point):
    if os.environ.get("CRASH") == point:
        os.kill(os.getpid(), signal.SIGKILL)


def acquire(key, fingerprint):
    """Asks for the key until it is ours or the effect is done."""
    while True:
        status, answer = call("acquire", key=key, fingerprint=fingerprint, lease_seconds=2)
        if status != 409:
            return status, answer
        time.sleep(0.2)


def must(status, answer):
    """Returns the answer, or ends with what the service says against the request."""
    if status != 200:
        sys.exit(f"{answer['title']}: {answer['detail']}")
    return answer


def main(order, shipments):
    # The key is the business effect itself: the same order always has the same key.
    key = f"ship:{order}"
    fingerprint = hashlib.sha256(json.dumps({"order": order}, sort_keys=True).encode()).hexdigest()
    answer = must(*acquire(key, fingerprint))
    if answer["outcome"] == "replayed":
        print("shipped before")
        return
    owned = {"key": key, "epoch": answer["epoch"]}
    tracking = answer["tracking_id"]
    # An earlier owner of the key is gone, and may have prepared. Whether it shipped, only the parcel service knows.
    if not (answer["taken_over"] and shipped_under(shipments, tracking)):
        # The id is on record before anything is sent, so the next owner of the key asks the parcel service about it.
        must(*call("prepare", **owned, tracking_id=tracking))
        crash_at("prepared")
        ship(shipments, tracking, order)
    crash_at("shipped")
    must(*call("complete", **owned, body=json.dumps({"tracking_id": tracking})))
    print("shipped")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
