#!/usr/bin/env bash
# Installs what draws the forms in a Python environment of its own: setup.sh FOLDER
exec "$(dirname "$0")/../Support/python-environment.sh" "$1" reportlab==5.1.0 pillow==13.0.0 numpy==2.4.6
