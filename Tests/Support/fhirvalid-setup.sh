#!/usr/bin/env bash
# Installs fhir.resources, an independent model of FHIR, in its own Python environment: fhirvalid-setup.sh FOLDER
set -euo pipefail
folder=$1
wanted=fhir.resources==8.1.0
[ "$(cat "$folder/.ready" 2>/dev/null)" = "$wanted" ] && [ -x "$folder/bin/python" ] && exit 0
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --timeout 20 "$wanted"
echo "$wanted" > "$folder/.ready"
