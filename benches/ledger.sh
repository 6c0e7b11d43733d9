#!/usr/bin/env bash
# What the ledger costs beside the bare driver, on SQLite and, where it is installed, on a private PostgreSQL server. Takes
# about five minutes and two gigabytes of disk; EVENTS="10000 100000" leaves out the largest. Writes target/ledger.md and
# prints it. Ours and the peer run in turn; quote the table with the load that it names.
set -euo pipefail
cd "$(dirname "$0")/.."

ROUNDS=${ROUNDS:-3}
SECONDS_EACH=${SECONDS_EACH:-5}
EVENTS=${EVENTS:-10000 100000 1000000}
target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d "${BENCH_DIR:-/tmp}/ledger-bench.XXXXXX")
chmod 755 "$work"
results=$target/ledger-bench.jsonl
mkdir -p "$target"
: > "$results"

as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1 || true)
[ -n "$programs" ] || programs=$(dirname "$(command -v postgres || echo /none/none)")
postgres=
stop() {
  [ -z "$postgres" ] || as "$programs/pg_ctl" stop -s -m fast -D "$work/data" || true
  rm -rf "$work"
}
trap stop EXIT
if [ -x "$programs/initdb" ]; then
  mkdir "$work/data" && { [ "$(id -u)" != 0 ] || chown 65534:65534 "$work/data"; }
  (cd / && as "$programs/initdb" --username=peelian --auth=trust --encoding=UTF8 --locale=C --pgdata "$work/data" > /dev/null)
  port=${PORT:-54329}
  (cd / && as "$programs/pg_ctl" start -s -w -D "$work/data" -l "$work/data/log" -o "-k $work/data -h 127.0.0.1 -p $port")
  postgres=postgres://peelian@127.0.0.1:$port
else
  echo "PostgreSQL is not installed; its rows are left out" >&2
fi

cargo build --quiet --locked --release -p ledger --bench beside_bare
bench=$(ls -t "$target"/release/deps/beside_bare-* | grep -v '\.d$' | head -1)

fresh() { # an empty store of this engine and name
  if [ "$1" = sqlite ]; then echo "$work/$2.db"; else
    "$programs/createdb" -h 127.0.0.1 -p "$port" -U peelian "$2" && echo "$postgres/$2"
  fi
}
note() { # engine, name of the run, size, what was printed
  printf '{"engine": "%s", "run": "%s", "size": %s, "said": %s}\n' "$@" >> "$results"
}

for engine in sqlite ${postgres:+postgresql}; do
  for writers in 1 8; do
    for round in $(seq "$ROUNDS"); do
      for kind in bare ours; do
        note "$engine" "append-$kind" "$writers" \
          "$("$bench" append "$kind" "$(fresh "$engine" "a${kind}_${writers}_$round")" "$writers" "$SECONDS_EACH")"
      done
    done
  done
  for events in $EVENTS; do
    store=$(fresh "$engine" "replay_$events")
    "$bench" fill "$store" "$events" > /dev/null
    for round in $(seq "$ROUNDS"); do
      for kind in bare ours; do
        note "$engine" "replay-$kind" "$events" "$("$bench" replay "$kind" "$store")"
      done
    done
  done
done
python3 benches/peers/ledger_table.py "$results" | tee "$target/ledger.md"
