#!/usr/bin/env bash
# Makes a store of each dialect with a program, for later programs to open (StoredVersionTests). A version's stores are made
# once, when it is released, and never again.
#   Tests/Versions/make.sh claims 0.1.0
set -euo pipefail
program=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
out=$root/Tests/Versions/$2
work=$(mktemp -d)
# PostgreSQL runs as a user of its own.
chmod 0755 "$work"
trap 'kill "$bank" 2>/dev/null || true; rm -rf "$work"' EXIT
bank=
mkdir -p "$out"

# What a payer does in its first week: claims, a check run, an appeal, a note; and a claim that is still in the queue.
fill() {
  local status=0
  "$program" process demo.837 --received 2026-04-01 "$@" || status=$?
  [ "$status" -eq 65 ]
  "$program" process institutional.x12 --received 2026-04-01 --enroll PPO "$@"
  "$program" remit run --out "$work/remittances" --payer "$root/Fixtures/payer/payer.yaml" "$1" "$2"
  "$program" adjust DEMO-012 --cause appeal --waive timely-filing --reason 'proof of timely filing' "$@"
  "$program" submit claim.json --received 2026-04-01 "$1" "$2"
}

cd "$work"
cp "$root"/Fixtures/claims/{demo.837,institutional.x12,claim.json} .
fill --store sqlite:claims.db
# Where the bank's books were says nothing to anybody else.
sqlite3 claims.db "UPDATE bank_link SET address = 'file:/var/lib/paidonce/claims.bank.db'"
for name in claims claims.bank; do
  sqlite3 "$name.db" "VACUUM INTO '$work/$name.small'"
  gzip -9 -n -c "$name.small" >"$out/$name.sqlite.gz"
done

mkfifo ready hold
"$root/Tests/Support/private-postgres.sh" "$work/server" <hold >ready &
exec 9>hold
head -n 1 ready
"$program" gateway --port 0 --db "$work/postgres.bank.db" >gateway.log 2>&1 &
bank=$!
until grep -q listening gateway.log; do sleep 0.1; done
url=$(grep -o 'http://[^,]*' gateway.log | head -1)
address="postgres:///postgres?host=$work/server/run&user=paidonce"
fill --store "$address" --gateway "$url"
kill "$bank"
# Statements alone: commands of psql mean nothing to the driver of the tests.
pg_dump -h "$work/server/run" -U paidonce --schema=paidonce --no-owner --inserts postgres | grep -v '^\\' \
  | gzip -9 -n >"$out/claims.sql.gz"
sqlite3 postgres.bank.db "VACUUM INTO '$work/bank.small'"
gzip -9 -n -c bank.small >"$out/claims.sql.bank.sqlite.gz"
exec 9>&-
wait
ls -l "$out"
