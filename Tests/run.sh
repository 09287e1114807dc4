#!/usr/bin/env bash
# Runs the tests that are built. Says again at the end which failed, and what was skipped for want of what, above the runner's
# own count: the log is long, and they may be anywhere in it.
set -uo pipefail
log=.build/tests.log
swift test --skip-build "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
skipped=$(grep -aE '^➜ .* skipped: ' "$log" | sed -E 's/^.* skipped: "(.*)"$/\1/' | sort | uniq -c)
if [ -n "$skipped" ]; then
  echo; echo "skipped, tests or suites:"; echo "$skipped"
fi
if [ "$status" -ne 0 ]; then
  echo; echo "what failed (the whole log is in $log):"
  # An issue or a crash, and the lines below it up to the next event: its comment.
  awk '/^(◇|✔|✘|➜) / { shown = 0 } /recorded an issue|unexpected signal|Fatal error/ { shown = 40 } shown-- > 0' "$log" |
    cut -c1-600 | tail -200
fi
if [ -n "$skipped" ] || [ "$status" -ne 0 ]; then grep -a 'Test run with' "$log" | tail -1; fi
exit "$status"
