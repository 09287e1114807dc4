#!/usr/bin/env bash
# Installs packages of PyPI, once, in a Python environment of their own: python-environment.sh FOLDER REQUIREMENT...
set -euo pipefail
folder=$1
shift
[ "$(cat "$folder/.ready" 2>/dev/null)" = "$*" ] && [ -x "$folder/bin/python" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 20 "$@"
echo "$*" > "$folder/.ready"
