#!/usr/bin/env bash
# Installs what draws the forms in a Python environment of its own: setup.sh FOLDER
set -euo pipefail
folder=$1
wanted="reportlab==5.1.0 pillow==13.0.0 numpy==2.4.6"
[ "$(cat "$folder/.ready" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/bin/python" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 20 $wanted
echo "$wanted" > "$folder/.ready"
