#!/usr/bin/env bash
# Writes starting inputs for all targets into fuzz/corpus, from the rings in cases/ and examples/.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p fuzz/corpus/{toml,csv,xlsx,ring}
n=0
for ring in cases/base cases/base-full cases/broken/* examples/pilot; do
    [ -d "$ring" ] || continue
    n=$((n + 1))
    : > "fuzz/corpus/ring/$n"
    for file in "$ring"/*.toml "$ring"/*.csv; do
        [ -f "$file" ] || continue
        { basename "$file"; cat "$file"; printf '\xfe'; } >> "fuzz/corpus/ring/$n"
    done
    if [ -f "$ring/ring.toml" ]; then cp "$ring/ring.toml" "fuzz/corpus/toml/$n"; fi
done
which=0
for file in cases/base-full/*.csv; do
    { printf "\\x$(printf '%02x' "$which")"; cat "$file"; } > "fuzz/corpus/csv/$(basename "$file" .csv)"
    which=$((which + 1))
done
cargo run -q -p ringworks-io --example convert -- cases/base-full fuzz/corpus/xlsx/base-full.xlsx
cargo run -q -p ringworks-io --example convert -- cases/base fuzz/corpus/xlsx/base.xlsx
echo "seeds written to fuzz/corpus"
