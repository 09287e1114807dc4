#!/bin/sh
# Writes the man pages of a program into a folder, a page a command: claims-process.1 is what `man claims process` looks for.
# The tool of the package that reads the command line makes them from the program's help.
#   man.sh GENERATE-MANUAL PROGRAM FOLDER [--date=YYYY-MM-DD]
set -eu
tool=$1
program=$2
folder=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder/made"
"$tool" "$program" --multi-page --output-directory "$folder/made" "$@"
for page in "$folder"/made/*.1; do
  name=$(basename "$page" .1 | tr . -)
  # Names of pages have hyphens, examples keep their lines, and an empty line is a paragraph.
  awk '
    /^  / {
      if (!literal) print ".Bd -literal -offset indent -compact"
      literal = 1
      sub(/^  /, "")
      sub(/^[.'\'']/, "\\\\\\&&")
      print
      next
    }
    literal { print ".Ed"; literal = 0 }
    $1 == ".Xr" || $1 == ".Dt" { gsub(/\./, "-", $2) }
    /^$/ { $0 = ".Pp" }
    { print }
    END { if (literal) print ".Ed" }' "$page" >"$folder/$name.1"
done
rm -rf "$folder/made"
