#!/usr/bin/env bash
# Runs a private Redis until the script's standard input is closed: on a Unix socket, as an ordinary user, with nothing
# kept on disk. The server is stopped by its own pid. Prints "ready" when the server answers.
#   private-redis.sh FOLDER
set -euo pipefail
folder=$1
command -v redis-server >/dev/null || { echo "redis-server is not installed" >&2; exit 69; }

mkdir -p "$folder"
as_user=()
if [ "$(id -u)" -eq 0 ]; then
  user=$(id -un redis 2>/dev/null || echo nobody)
  chown "$user" "$folder"
  as_user=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --)
fi
cd "$folder"

"${as_user[@]}" redis-server --port 0 --unixsocket "$folder/redis.sock" --unixsocketperm 777 --save "" \
  --appendonly no --dir "$folder" >server.log 2>&1 </dev/null &
server=$!
stop() {
  # The server has nothing to save, and may have been started with every other signal blocked.
  kill -KILL "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
for _ in $(seq 100); do
  if [ "$(redis-cli -s "$folder/redis.sock" ping 2>/dev/null)" = PONG ]; then echo ready; break; fi
  kill -0 "$server" 2>/dev/null || { cat server.log >&2; exit 70; }
  sleep 0.1
done
# Wait until the starting process has ended or sends a line.
read -r || true
