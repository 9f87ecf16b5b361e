#!/usr/bin/env bash
# Builds the fuzz targets with coverage on the stable compiler and runs each for SECONDS_EACH (60) seconds.
# `cargo +nightly fuzz run TARGET` does the same with the address sanitizer on.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${SECONDS_EACH:-60}
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table --cfg fuzzing"
host=$(rustc -vV | sed -n 's/^host: //p')
cargo build --release --target "$host"
for target in "${@:-toml csv xlsx ring epcis record}"; do
    for name in $target; do
        mkdir -p "corpus/$name" "artifacts/$name"
        "${CARGO_TARGET_DIR:-target}/$host/release/$name" "corpus/$name" -artifact_prefix="artifacts/$name/" \
            -max_total_time="$seconds" -max_len=65536 -timeout=5 -rss_limit_mb=512 -print_final_stats=1 2>&1 |
            grep -E "DONE|stat::|panicked|SUMMARY|Test unit written"
    done
done
