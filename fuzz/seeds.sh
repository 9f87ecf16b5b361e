#!/usr/bin/env bash
# Writes starting inputs for all targets into fuzz/corpus, from the rings in cases/ and examples/ and from what the
# program itself writes; so it is built first.
set -euo pipefail
cd "$(dirname "$0")/.."
ringworks=$PWD/target/release/ringworks
[ -x "$ringworks" ] || { echo "build the program first: ./x build" >&2; exit 2; }
mkdir -p fuzz/corpus/{toml,csv,xlsx,ring,epcis,record}
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
for ring in base base-full; do
    rm -f "fuzz/corpus/xlsx/$ring.xlsx"
    "$ringworks" --quiet export "cases/$ring" "fuzz/corpus/xlsx/$ring.xlsx"
done
if [ -n "${RINGWORKS_DATA:-}" ]; then
    find "$RINGWORKS_DATA/epcis" -name '*.jsonld' -size -32k -exec cp -n {} fuzz/corpus/epcis/ \;
fi
n=0
while read -r line; do
    n=$((n + 1))
    printf '%s' "$line" > "fuzz/corpus/record/line$n"
done <<'LINES'
ship s1,s2 consignment=C1 to=ministry seal=7 by=anna at=2026-03-01T10:00+01:00 id=e1
receive s1 consignment=C1 from=maker seal=7 count=2 condition=damaged by=ben place=gate
install s2 into=s1 lots=motor:L7:4;cell:B1:0.5 by=anna private=price:120;colour:red
settle s1 outcome=with:ministry by=ben
correct s1 wrong=yard/3 reason=slip by=anna for=maker
inspect s1 result=failed by=anna
LINES
# Records, packs, bundles and checkpoints.
room=$(mktemp -d)
mkdir "$room/a"
"$ringworks" --quiet ledger open "$room/a" --node yard --organisation maker --ring kite
printf '%s\n' 'start s1,s2 item=kite by=anna private=price:120' 'install into=s1 lots=motor:L7:4 by=anna' \
    'inspect s1,s2 result=passed by=anna' 'release s1,s2 by=anna' \
    'ship s1,s2 consignment=C1 to=ministry seal=7 by=anna' | "$ringworks" --quiet ledger append "$room/a" > /dev/null
"$ringworks" --quiet ledger export "$room/a" --log fuzz/corpus/record/pack --private
"$ringworks" ledger export "$room/a" --bundle yard/1 --private > fuzz/corpus/record/bundle
"$ringworks" --quiet ledger checkpoint "$room/a" > fuzz/corpus/record/checkpoint
"$ringworks" ledger export "$room/a" > fuzz/corpus/epcis/ours
for n in 0 1 2 5; do
    python3 -c "import sqlite3, sys; row = sqlite3.connect(sys.argv[1]).execute('select bytes from log order by key limit 1 offset ' + sys.argv[2]).fetchone(); sys.stdout.buffer.write(row[0])" \
        "$room/a/ledger/ledger.db" "$n" > "fuzz/corpus/record/record$n"
done
rm -r "$room"
echo "seeds written to fuzz/corpus"
