#!/usr/bin/env bash
# Runs a private pgBouncer in front of one PostgreSQL until the script's standard input is closed: on a Unix socket, as an
# ordinary user. The pooler is stopped by its own pid, and its folder is removed. Prints "ready" when the pooler answers.
#   private-pgbouncer.sh FOLDER SERVER_SOCKET_FOLDER session|transaction
set -euo pipefail
folder=$1 server=$2 mode=$3
program=$(command -v pgbouncer || ls /usr/sbin/pgbouncer 2>/dev/null) || { echo "pgbouncer is not installed" >&2; exit 69; }

mkdir -p "$folder/run"
cat >"$folder/pgbouncer.ini" <<END
[databases]
* = host=$server port=5432
[pgbouncer]
listen_addr =
unix_socket_dir = $folder/run
listen_port = 5432
auth_type = trust
auth_file = $folder/users
pool_mode = $mode
max_client_conn = 200
default_pool_size = 100
logfile = $folder/pgbouncer.log
END
echo '"paidonce" ""' >"$folder/users"
as_user=()
if [ "$(id -u)" -eq 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown -R "$user" "$folder"
  as_user=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --)
fi
"${as_user[@]}" "$program" "$folder/pgbouncer.ini" >/dev/null 2>&1 </dev/null &
pooler=$!
stop() {
  # The pooler has nothing to save, and may have been started with every other signal blocked, as children of the tests
  # are.
  kill -KILL "$pooler" 2>/dev/null || true
  wait "$pooler" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
for _ in $(seq 100); do
  if [ -S "$folder/run/.s.PGSQL.5432" ]; then echo "ready $pooler"; break; fi
  kill -0 "$pooler" 2>/dev/null || { cat "$folder/pgbouncer.log" >&2; exit 70; }
  sleep 0.1
done
# Wait until the starting process has ended or sends a line.
read -r || true
