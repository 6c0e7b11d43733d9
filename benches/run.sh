#!/usr/bin/env bash
# `make bench`: what the program costs beside what else could do the same work. Takes about twenty minutes on two cores and ten
# gigabytes of memory and disk; SCALES="1 10" leaves out the largest data. Writes target/bench.md and prints it.
#
# Ours and the peers run in turn, round by round, so that a busy moment falls on both. Quote the table with the hardware and the
# load that it names. Needs Rust, Python with venv, Node with the packages of tests/browser, and Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

ROUNDS=${ROUNDS:-5}
SCALES=${SCALES:-1 10 100}
# Above this many times the data the peer is left out: at 100 times it needs ten gigabytes and some minutes.
PEER_LIMIT=${PEER_LIMIT:-100}
DOCUMENTS=${DOCUMENTS:-8}
work=target/bench
python=target/bench-venv/bin/python

[ -x "$python" ] || python3 -m venv target/bench-venv
"$python" -m pip install --quiet --requirement benches/requirements.txt
[ -d tests/browser/node_modules ] || (cd tests/browser && npm ci --silent)
cargo build --quiet --release --package benches
mkdir -p "$work"
rm -f "$work"/*.jsonl

compare=target/release/compare
print=target/release/print
pandas=benches/peers/compare_pandas.py

# No time is quoted unless both sides agree on every cell.
"$compare" define "$work/definitions.json"
"$compare" cells examples "$work/cells.csv"
for reader in c pyarrow; do
  "$python" "$pandas" check "$work/definitions.json" examples "$reader" "$work/cells.csv" > "$work/check-$reader.jsonl"
done

for scale in $SCALES; do
  figures=examples
  rounds=$ROUNDS
  if [ "$scale" != 1 ]; then
    figures=$work/x$scale
    [ -d "$figures" ] || "$compare" scale examples "$scale" "$figures"
    rounds=$((ROUNDS < 3 || scale > 10 ? 1 : 3))
  fi
  # A table that the program refuses for its size says so here, and its row is left out.
  RAYON_NUM_THREADS=1 "$compare" time "$figures" > /dev/null || continue
  for _ in $(seq "$rounds"); do
    "$compare" time "$figures" >> "$work/compare-$scale.jsonl"
    RAYON_NUM_THREADS=1 "$compare" time "$figures" >> "$work/compare-$scale-one-core.jsonl"
    if [ "$scale" -le "$PEER_LIMIT" ]; then
      for reader in c pyarrow; do
        "$python" "$pandas" time "$work/definitions.json" "$figures" "$reader" >> "$work/pandas-$scale-$reader.jsonl"
      done
    fi
  done
done

"$print" site "$work/site"
for _ in $(seq "$((ROUNDS < 3 ? ROUNDS : 3))"); do
  "$print" each "$DOCUMENTS" >> "$work/print-each.jsonl"
  "$python" benches/peers/print_weasyprint.py "$work/site" "$DOCUMENTS" >> "$work/print-weasyprint.jsonl"
  node benches/peers/print_chromium.mjs "$work/site" "$DOCUMENTS" >> "$work/print-chromium.jsonl"
  "$print" all >> "$work/print-all.jsonl"
done

"$python" benches/peers/table.py "$work" | tee target/bench.md
bash benches/ledger.sh
# Reading documents of 10 KB to 100 MB: no peer reads the same.
cargo run --quiet --locked --release --package reading --example sizes | tee target/reading.md
