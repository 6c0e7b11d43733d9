#!/usr/bin/env bash
# `make bench-records`: counting record-level files beside DuckDB, Polars and pandas, and beside what no count can be faster than.
# ROWS street rows (10 million) and STOPS stops (1 million) are generated once, 0.8 GB a million; ROUNDS rounds (5) in turn.
# PEERS="duckdb polars" leaves out pandas, which takes most of the time. Writes target/bench-records.md and prints it. LINEAR="1 10" also counts so many times the CSV, ours alone.
set -euo pipefail
cd "$(dirname "$0")/.."

ROWS=${ROWS:-10000000}
STOPS=${STOPS:-1000000}
ROUNDS=${ROUNDS:-5}
LINEAR=${LINEAR:-}
target=${CARGO_TARGET_DIR:-target}
work=${WORK:-target/bench-records}
venv=target/bench-records-venv
examples=$target/release/examples

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --requirement benches/records-requirements.txt
cargo build --quiet --locked --release --package records --examples
data=$work/$ROWS-$STOPS
if [ ! -f "$data/truth.csv" ]; then
  "$examples/generate" "$data" --rows "$ROWS" --stops "$STOPS" --months 24 --seed 7 --dirt lawful
fi

{
  echo "$(date -u +%F), $(nproc) cores of $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), load average before: $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "$ROWS street rows and $STOPS stops asked for, medians of $ROUNDS rounds, files in the page cache."
  echo
  "$venv/bin/python" benches/peers/records_table.py "$data" "$examples" "$ROUNDS"
  echo
  echo "Load average after: $(cut -d' ' -f1-3 /proc/loadavg)."
  # The same file again and again: 100 million rows without 22 GB of them.
  for times in $LINEAR; do
    many=$work/linear-$times
    mkdir -p "$many"
    for one in $(seq "$times"); do ln -sf "$(realpath "$data")/shuffled.csv" "$many/$one.csv"; done
    for _ in 1 2 3; do
      echo "$times times the rows: $("$examples/count" "$many" 2>&1 > /dev/null | grep -E ' s$|peak|rows' | tr '\n' ' ')"
    done
  done
} | tee target/bench-records.md
