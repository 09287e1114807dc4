#!/bin/sh
# Runs a build, prints a line of progress now and then, and of what went wrong only the errors; the whole log is kept.
#   quietly.sh swift build --product claims
set -u
log=.build/make.log
status=.build/make.status
mkdir -p .build
rm -f "$status"
(
  "$@" >"$log" 2>&1 &
  trap 'kill $! 2>/dev/null' TERM
  wait $!
  echo $? >"$status"
) &
trap 'kill $! 2>/dev/null; exit 130' INT TERM

seconds=0
while [ ! -s "$status" ]; do
  sleep 1
  seconds=$((seconds + 1))
  if [ $((seconds % 20)) -eq 0 ]; then
    step=$(grep -o '^\[[0-9]*/[0-9]*\]' "$log" | tail -1)
    echo "  $seconds s ${step:-resolving packages}"
  fi
done

code=$(cat "$status")
if [ "$code" -ne 0 ]; then
  grep -E 'error:|fatal' "$log" | sort -u | head -40
  tail -3 "$log"
  echo "make: $* failed with status $code; the whole log is in $log"
fi
exit "$code"
