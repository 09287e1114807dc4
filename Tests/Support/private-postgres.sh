#!/usr/bin/env bash
# Runs a private PostgreSQL until the script's standard input is closed: on a Unix socket, as an ordinary user. The server
# is stopped by its own pid, and its folder is removed. Prints "ready" when the server answers.
#   private-postgres.sh FOLDER [setting=value ...]
set -euo pipefail
folder=$1
shift
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb)") || { echo "PostgreSQL is not installed" >&2; exit 69; }

mkdir -p "$folder/run"
as_user=()
if [ "$(id -u)" -eq 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown -R "$user" "$folder"
  as_user=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --)
fi
cd "$folder"

if [ ! -f data/PG_VERSION ]; then
  "${as_user[@]}" "$bin/initdb" -D data -U paidonce --auth=trust --encoding=UTF8 --locale=C --no-sync >initdb.log 2>&1 \
    || { cat initdb.log >&2; exit 70; }
fi
settings=()
for setting in "$@"; do settings+=(-c "$setting"); done
"${as_user[@]}" "$bin/postgres" -D data -k "$folder/run" -c listen_addresses= -c max_connections=300 \
  -c max_locks_per_transaction=256 -c jit=off "${settings[@]}" >>server.log 2>&1 </dev/null &
server=$!
stop() {
  # A test may have suspended the server with SIGSTOP.
  kill -CONT "$server" 2>/dev/null || true
  kill -INT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
for _ in $(seq 300); do
  if "$bin/pg_isready" -q -h "$folder/run"; then echo ready; break; fi
  kill -0 "$server" 2>/dev/null || { cat server.log >&2; exit 70; }
  sleep 0.1
done
# Wait until the starting process has ended or sends a line.
read -r || true
