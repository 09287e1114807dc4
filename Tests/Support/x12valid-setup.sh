#!/usr/bin/env bash
# Puts pyx12, which knows the X12 guides independently of us, into a Python environment of its own: x12valid-setup.sh FOLDER
set -euo pipefail
folder=$1
wanted=pyx12==4.0.0
[ "$(cat "$folder/.ready" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/bin/x12valid" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 20 "$wanted"
echo "$wanted" > "$folder/.ready"
