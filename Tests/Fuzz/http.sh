#!/usr/bin/env bash
# http.sh [EXAMPLES]: runs schemathesis (PyPI) over the OpenAPI document against a running service, with all its checks: no
# answer of 500 or more, none that is not in the document, and none to a request that the document forbids. EXAMPLES are
# those of each operation; 150 make about 5,000 requests. One worker: with two, Python's parser fails now and then.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$PWD/.build/debug/claims
tools=$PWD/.build/schemathesis
[ -x "$tools/bin/schemathesis" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet schemathesis; }
demo=$PWD/Fixtures/claims/demo.837
folder=$(mktemp -d)
cd "$folder"
"$program" serve --port 0 --enroll PPO --received 2026-04-01 >said.txt 2>errors.txt &
service=$!
trap 'kill $service 2>/dev/null || true; wait $service 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 100); do grep -q token said.txt && break; sleep 0.1; done
url=$(grep -o 'http://[0-9.:]*' said.txt | head -1)
token=$(grep -o 'paidonce_[0-9a-f]*' said.txt)
curl --silent --show-error --fail --output /dev/null -H "Authorization: Bearer $token" -H 'Idempotency-Key: demo' \
  --data-binary "@$demo" "$url/v1/claims"
# What JSON Schema cannot say may be refused: that a body is a claim file, that each line and each payer is named once, that
# a cursor is of the page before, that a text has no control character, that an instant exists, and that an act on many
# claims has what goes with it. A claim that cannot be read is an outcome, and not a request that is refused.
cat >schemathesis.toml <<'SETTINGS'
request-timeout = 75
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
[[operations]]
include-name-regex = "POST /v1/claims$|/(price|release|accept|other-payer|search|count|bulk|preview|acknowledgments|predict|holds|dead|proposals|suspense|keys|remittances|show|key|.submit)$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "422"]
[[operations]]
include-name-regex = "POST /v1/(claims|keys/predict)$"
checks.negative_data_rejection.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "413", "415", "422", "429"]
SETTINGS
"$tools/bin/schemathesis" --config-file schemathesis.toml run "$url/openapi.json" -H "Authorization: Bearer $token" \
  --checks all --max-response-time 70 --max-examples "${1:-150}" --seed "${SEED:-1}" --workers 1
# The store is as it should be after all of it.
kill $service && wait $service || true
"$program" verify
