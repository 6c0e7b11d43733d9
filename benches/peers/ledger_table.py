"""Writes what `ledger.sh` has measured as tables in Markdown: medians over the rounds, and ours against the bare driver.

    ledger_table.py RESULTS.jsonl
"""

import json
import os
import statistics
import sys
from pathlib import Path

lines = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]


def runs(engine, run, size):
    return [line["said"] for line in lines if (line["engine"], line["run"], line["size"]) == (engine, run, size)]


def median(said, key):
    return statistics.median(one[key] for one in said)


def sizes(engine, run):
    return sorted({line["size"] for line in lines if (line["engine"], line["run"]) == (engine, run)})


engines = list(dict.fromkeys(line["engine"] for line in lines))
print(f"Load average at the end {', '.join(f'{load:.1f}' for load in os.getloadavg())}; medians, and the range of the rounds.\n")
print("| database | writers | bare INSERT | ours | ours / bare |")
print("| --- | ---: | ---: | ---: | ---: |")
for engine in engines:
    for writers in sizes(engine, "append-ours"):
        bare, ours = (runs(engine, f"append-{kind}", writers) for kind in ("bare", "ours"))
        shown = [
            f"{median(said, 'per_second'):,.0f}/s ({min(one['per_second'] for one in said):,.0f}–{max(one['per_second'] for one in said):,.0f})"
            for said in (bare, ours)
        ]
        failed = sum(one["failed"] for one in bare + ours)
        ratio = median(ours, "per_second") / median(bare, "per_second")
        print(f"| {engine} | {writers} | {shown[0]} | {shown[1]} | {ratio:.2f}{f' ({failed} failed)' if failed else ''} |")
print("\n| database | events | bare rows | ours | ours takes | of processor time | memory, bare | memory, ours |")
print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
for engine in engines:
    for events in sizes(engine, "replay-ours"):
        bare, ours = (runs(engine, f"replay-{kind}", events) for kind in ("bare", "ours"))
        seconds = [median(said, "seconds") for said in (bare, ours)]
        processor = [median(said, "processor") for said in (bare, ours)]
        used = f"{processor[0]:.2f} s, {processor[1]:.2f} s: {processor[1] / processor[0]:.1f} times" if processor[0] else "too little"
        memory = [max(one["memory"] for one in said) for said in (bare, ours)]
        print(
            f"| {engine} | {events:,} | {seconds[0]:.3g} s | {seconds[1]:.3g} s | {seconds[1] / seconds[0]:.2f} times | {used} | {memory[0]} MiB | {memory[1]} MiB |"
        )
