"""Writes what `serve.sh` has measured as tables in Markdown.

    serve_table.py RESULTS.jsonl
"""

import json
import os
import statistics
import sys
from pathlib import Path

QUICK = 10.0  # milliseconds
lines = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
served = [line for line in lines if line["connections"]]

print(f"Load average at the end {', '.join(f'{load:.1f}' for load in os.getloadavg())}; generator and server on a core each.\n")
print("| page | server | events | requests a second, at most | at most with p99 under 10 ms | p99 there | memory |")
print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
best = {}
for page in dict.fromkeys(line["page"] for line in served):
    for what, events in dict.fromkeys((line["what"], line["events"]) for line in served if line["page"] == page):
        runs = [line for line in served if (line["page"], line["what"], line["events"]) == (page, what, events)]
        errors = sum(line["said"]["errors"] for line in runs)
        quick = [line for line in runs if line["said"]["p99"] < QUICK]
        top = max(line["said"]["rate"] for line in runs)
        best.setdefault((page, what), []).append(top)
        held = max(quick, key=lambda line: line["said"]["rate"], default=None)
        shown = f"{held['said']['rate']:,.0f} | {held['said']['p99']:.1f} ms" if held else "none | "
        memory = max(line["kib"] for line in runs) / 1024
        failed = f" ({errors} failed)" if errors else ""
        print(f"| {page} | {what} | {events or ''} | {top:,.0f}{failed} | {shown} | {memory:,.0f} MiB |")

print("\n| page | ours / Datasette | ours / one page from memory | slowest ours / fastest ours over the numbers of events |")
print("| --- | ---: | ---: | ---: |")
for page in dict.fromkeys(line["page"] for line in served):
    ours = best[page, "peelian"]
    ratio = lambda peer: f"{ours[0] / best[page, peer][0]:,.2f}" if (page, peer) in best else ""
    print(f"| {page} | {ratio('Datasette')} | {ratio('one page from memory')} | {min(ours) / max(ours):.2f} |")

print("\n| static site | pages | seconds | pages a second |")
print("| --- | ---: | ---: | ---: |")
for what in ("static site", "Hugo"):
    said = [line["said"] for line in lines if line["what"] == what]
    if said:
        seconds = statistics.median(one["seconds"] for one in said)
        print(f"| {what} | {said[0]['pages']:,} | {seconds:.2f} | {said[0]['pages'] / seconds:,.0f} |")
