#!/bin/sh
# libfuzzer.sh SECONDS: builds the X12 tokenizer and the JSON scanners with libFuzzer, which traces the code that each
# input reaches, and runs them. Requires a toolchain with -sanitize=fuzzer. Inputs that crash are kept in
# .build/libfuzzer.
set -eu
cd "$(dirname "$0")/../.."
out=.build/libfuzzer
mkdir -p "$out/corpus"
flags="-O -swift-version 6 -package-name paidonce -parse-as-library -sanitize=fuzzer -enable-upcoming-feature InternalImportsByDefault"
formats=Sources/ClaimFormats
swiftc $flags -emit-module -emit-module-path "$out/StrictText.swiftmodule" -module-name StrictText \
  -emit-library -static -o "$out/libStrictText.a" Sources/StrictText/*.swift
swiftc $flags -I "$out" -L "$out" -lStrictText -module-name Target -o "$out/target" Tests/Fuzz/LibFuzzer/Target.swift \
  $formats/X12/Bytes/*.swift $formats/JSON/JSONRecordScanner.swift $formats/JSON/JSONLimits.swift \
  $formats/Input/ByteWindow.swift $formats/Input/ClaimBytes.swift $formats/Input/InputError.swift $formats/Input/MemoryBytes.swift
for file in Fixtures/claims/*.x12 Fixtures/claims/*.837; do { printf '\000'; cat "$file"; } > "$out/corpus/$(basename "$file")"; done
for file in Fixtures/claims/*.json Fixtures/claims/*.ndjson; do
  { printf '\001'; cat "$file"; } > "$out/corpus/scan-$(basename "$file")"
  { printf '\002'; cat "$file"; } > "$out/corpus/check-$(basename "$file")"
done
exec "$out/target" -max_total_time="$1" -timeout=10 -rss_limit_mb=500 -max_len=8192 -artifact_prefix="$out/" -print_final_stats=1 "$out/corpus"
