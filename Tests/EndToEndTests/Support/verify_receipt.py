#!/usr/bin/env python3
"""Verifies a receipt with OpenSSL, which knows nothing of PaidOnce: verify_receipt.py RECEIPT JWKS.

Prints what the receipt states, as JSON. Exits with 1 if no key of the set has signed it.
"""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile

# A SubjectPublicKeyInfo (RFC 8410) up to the 32 bytes of an Ed25519 key.
PREFIX = bytes.fromhex("302a300506032b6570032100")


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def main(receipt, jwks):
    header, payload, signature = pathlib.Path(receipt).read_text().strip().split(".")
    keys = {key["kid"]: key for key in json.loads(pathlib.Path(jwks).read_text())["keys"]}
    key = keys[json.loads(decoded(header))["kid"]]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "key").write_bytes(PREFIX + decoded(key["x"]))
        (folder / "signed").write_bytes(f"{header}.{payload}".encode())
        (folder / "signature").write_bytes(decoded(signature))
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", folder / "key"]
        command += ["-in", folder / "signed", "-sigfile", folder / "signature"]
        if subprocess.run(command, capture_output=True).returncode:
            sys.exit(1)
    print(decoded(payload).decode())


main(*sys.argv[1:])
