"""Writes what `run.sh` has measured as a table in Markdown: medians over the rounds, and how many times as long the peer takes.

    table.py FOLDER
"""

import json
import os
import platform
import statistics
import sys
from pathlib import Path

import numpy
import pandas
import pyarrow


def runs(folder, name):
    """The lines of one kind of run; none when it was left out."""
    path = Path(folder, f"{name}.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def median(lines, key):
    return statistics.median(line[key] for line in lines)


def time(seconds):
    """Three figures: "7.14 ms", "12.3 s"."""
    value, unit = (seconds * 1000, "ms") if seconds < 1 else (seconds, "s")
    return f"{value:#.3g}".rstrip(".") + f" {unit}"


def times(ours, theirs):
    ratio = theirs / ours
    return f"{ratio:.1f} times" if ratio < 20 else f"{ratio:.0f} times"


def memory(lines):
    return f"{max(line['memory'] for line in lines):,} MiB"


def hardware():
    info = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(": ")[1] for line in info if line.startswith("model name")), platform.processor())
    total = next(int(line.split()[1]) for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    load = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{model}, {os.cpu_count()} cores, {total // 1024 // 1024} GiB; load average at the end {load}."


def scales(folder):
    names = (path.stem.split("-")[1:] for path in Path(folder).glob("compare-*.jsonl"))
    return sorted({int(parts[0]) for parts in names})


def comparing(folder):
    checked = runs(folder, "check-c")[0]
    print("## Comparing\n")
    print(
        f"{checked['measures']} measures, 43 forces, every period: {checked['periods']} panels, {checked['cells']:,} cells with numerator, "
        "denominator, value, average, d, z under both centrings, both verdicts and interval. Ours and pandas agree on every cell: "
        "verdicts exactly, numbers to 1e-9.\n"
    )
    print("| Data | Rows | Work | Ours | Ours, one core | pandas, C reader | pandas, pyarrow reader | The faster peer takes |")
    print("|---|---:|---|---:|---:|---:|---:|---:|")
    for scale in scales(folder):
        ours, one = runs(folder, f"compare-{scale}"), runs(folder, f"compare-{scale}-one-core")
        peers = [runs(folder, f"pandas-{scale}-{reader}") for reader in ("c", "pyarrow")]
        for work, key in (("load and compute", "whole"), ("compute alone", "compute")):
            theirs = [median(lines, key) if lines else None for lines in peers]
            shown = [time(seconds) if seconds else "not run" for seconds in theirs]
            fastest = min(filter(None, theirs), default=None)
            ratio = times(median(ours, key), fastest) if fastest else ""
            print(f"| {scale} × | {ours[0]['rows']:,} | {work} | {time(median(ours, key))} | {time(median(one, key))} | {shown[0]} | {shown[1]} | {ratio} |")
        shown = [memory(lines) if lines else "not run" for lines in peers]
        print(f"| {scale} × | | peak memory | {memory(ours)} | {memory(one)} | {shown[0]} | {shown[1]} | |")
    growth(folder)


def growth(folder):
    """Seconds for each million rows, which stay the same where growth is linear."""
    print("\nFor each million rows, on one core:\n")
    print("| Data | Load and compute | Compute alone |\n|---|---:|---:|")
    for scale in scales(folder):
        one = runs(folder, f"compare-{scale}-one-core")
        millions = one[0]["rows"] / 1e6
        print(f"| {scale} × | {time(median(one, 'whole') / millions)} | {time(median(one, 'compute') / millions)} |")


def printing(folder):
    each, every = runs(folder, "print-each"), runs(folder, "print-all")
    weasyprint, chromium = runs(folder, "print-weasyprint"), runs(folder, "print-chromium")
    documents, ours = each[0]["documents"], median(each, "pdf")
    print("\n## Printing\n")
    print(f"The same {documents} data packs, spread evenly over the 43 forces; median for one document, one after another.\n")
    print("| Printer | One document | Takes |\n|---|---:|---:|")
    print(f"| Ours, data to HTML | {time(median(each, 'html'))} | |")
    print(f"| Ours, document to PDF/UA-1 | {time(ours)} | |")
    for name, lines in (
        (f"WeasyPrint {weasyprint[0]['version']}, HTML to PDF/UA-1", weasyprint),
        (f"Chromium {chromium[0]['version']}, HTML to tagged PDF", chromium),
    ):
        print(f"| {name} | {time(median(lines, 'pdf'))} | {times(ours, median(lines, 'pdf'))} |")
    whole = median(every, "whole")
    print(
        f"\nAll {every[0]['documents']} packs to HTML and PDF on {every[0]['threads']} threads: {time(whole)}, "
        f"{time(whole / every[0]['documents'])} a pack; peak memory {memory(every)}."
    )


def main(folder):
    print("# Benchmarks\n\n`make bench`, which runs `benches/run.sh`; medians of rounds in which ours and the peers take turns.\n")
    print(f"{hardware()} Python {platform.python_version()}, pandas {pandas.__version__}, numpy {numpy.__version__}, pyarrow {pyarrow.__version__}; importing is not timed.\n")
    comparing(folder)
    printing(folder)


if __name__ == "__main__":
    main(sys.argv[1])
