#!/usr/bin/env bash
# What a page costs to serve: the force page and the compare page under load on loopback, beside Datasette showing the same table from
# SQLite and beside one page from memory by the bare library. Generator and server have a core each. Then the same at more events, and the
# whole static site beside Hugo on the same page bodies. Needs wrk, Hugo (both in Debian), Python with venv. Writes target/serve.md.
set -euo pipefail
cd "$(dirname "$0")/.."

SECONDS_EACH=${SECONDS_EACH:-5}
EVENTS=${EVENTS:-1000 100000 1000000}
CONNECTIONS=${CONNECTIONS:-1 2 4 8 16 32 64 128}
target=${CARGO_TARGET_DIR:-target}
python=target/bench-venv/bin/python
work=$(mktemp -d "${BENCH_DIR:-/tmp}/serve-bench.XXXXXX")
results=target/serve-bench.jsonl
server=
stop() { [ -z "$server" ] || kill "$server" 2> /dev/null || true; [ -z "$server" ] || wait "$server" 2> /dev/null || true; server=; }
trap 'stop; rm -rf "$work"' EXIT
mkdir -p target && : > "$results"

[ -x "$python" ] || python3 -m venv target/bench-venv
"$python" -m pip install --quiet --requirement benches/requirements.txt
# PROFILE=dev takes what `make test` has built: it says less well of ours and needs no second build of everything.
profile=${PROFILE:-release}
cargo build --quiet --locked --profile "$profile" --workspace
built=$target/$([ "$profile" = dev ] && echo debug || echo "$profile")
peelian=$built/peelian

until_up() { for _ in $(seq 600); do curl -sf -o /dev/null "$1" && return; sleep 0.1; done; echo "$1 does not answer" >&2; return 1; }
memory() { ps -o rss= -p "$1" | tr -d ' '; }
note() { printf '{"what": "%s", "page": "%s", "events": %s, "connections": %s, "kib": %s, "said": %s}\n' "$@" >> "$results"; }
cat > "$work/report.lua" <<'LUA'
done = function(summary, latency)
  io.write(string.format('JSON {"rate": %.1f, "p50": %.3f, "p99": %.3f, "errors": %d}\n', summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
LUA
load() { # what, page, events, address, process
  taskset -c 1 wrk -t1 -c4 -d1s -s "$work/report.lua" "$4" > /dev/null
  for connections in $CONNECTIONS; do
    said=$(taskset -c 1 wrk -t1 -c"$connections" -d"${SECONDS_EACH}s" -s "$work/report.lua" "$4" | sed -n 's/^JSON //p')
    note "$1" "$2" "$3" "$connections" "$(memory "$5")" "$said"
  done
}

"$peelian" demo --no-serve --format html,csv --dir "$work/demo" 2> /dev/null
printf '\n[serve]\nrequests-per-second = 0\nlog-requests = false\n' >> "$work/demo/peelian.toml"
force=forces/hertfordshire.html
compare=compare/officers-per-1000-population.html

# The same tables as those pages show, in SQLite.
"$python" benches/peers/serve_tables.py "$peelian" "$work/demo" "$work/tables.db"

serve() { taskset -c 0 "$@" > /dev/null 2>&1 & server=$!; }
for events in demo $EVENTS; do
  if [ "$events" != demo ]; then "$python" benches/peers/serve_events.py "$peelian" "$work/demo" "$events"; fi
  count=$("$peelian" --dir "$work/demo" ledger head | sed -n 's/.*"seq": *\([0-9]*\).*/\1/p')
  serve "$peelian" --dir "$work/demo" serve --listen 127.0.0.1:8191
  until_up http://127.0.0.1:8191/healthz
  load peelian force "$count" "http://127.0.0.1:8191/$force" "$server"
  load peelian compare "$count" "http://127.0.0.1:8191/$compare" "$server"
  curl -s "http://127.0.0.1:8191/$force" > "$work/force.html"
  curl -s "http://127.0.0.1:8191/$compare" > "$work/compare.html"
  stop
done
for page in force compare; do
  serve "$built/one-page" 127.0.0.1:8192 "$work/$page.html"
  until_up http://127.0.0.1:8192/
  load "one page from memory" "$page" 0 http://127.0.0.1:8192/ "$server"
  stop
done
serve "$python" -m datasette "$work/tables.db" --host 127.0.0.1 --port 8193 --setting num_sql_threads 1
until_up http://127.0.0.1:8193/
load Datasette force 0 "http://127.0.0.1:8193/tables/judgments?force=hertfordshire" "$server"
load Datasette compare 0 "http://127.0.0.1:8193/tables/compare?_size=100" "$server"
stop

# The static site, made and written by one core; Hugo wraps bodies that are made already.
mkdir -p "$work/hugo/layouts/_default" "$work/hugo/content"
printf 'baseURL = "http://localhost/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n[markup.goldmark.renderer]\nunsafe = true\n' > "$work/hugo/hugo.toml"
printf '<!DOCTYPE html><html lang="en-GB"><head><title>{{ .Title }}</title></head><body><main>{{ .Content }}</main></body></html>' | tee "$work/hugo/layouts/_default/single.html" > "$work/hugo/layouts/_default/list.html"
for _ in 1 2 3; do
  rm -rf "$work/static" "$work/hugo/public"
  said=$(taskset -c 0 "$built/site" "$work/demo" "$work/static" "$work/hugo/content")
  note "static site" all 0 0 0 "$said"
  since=$(date +%s.%N)
  (cd "$work/hugo" && GOMAXPROCS=1 taskset -c 0 hugo --quiet)
  pages=$(find "$work/hugo/public" -name '*.html' | wc -l)
  note Hugo all 0 0 0 "{\"pages\": $pages, \"seconds\": $(echo "$(date +%s.%N) - $since" | bc)}"
done
"$python" benches/peers/serve_table.py "$results" | tee target/serve.md
