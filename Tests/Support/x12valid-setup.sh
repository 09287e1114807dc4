#!/usr/bin/env bash
# Installs pyx12, an independent implementation of the X12 guides, in its own Python environment: x12valid-setup.sh FOLDER
set -euo pipefail
folder=$1
wanted=pyx12==4.0.0
[ "$(cat "$folder/.ready" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/bin/x12valid" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 20 "$wanted"
echo "$wanted" > "$folder/.ready"
