"""Times our count beside its peers and its limits, in turn, and prints a table in Markdown.

    records_table.py DATA EXAMPLES ROUNDS STATED

DATA is what `generate` wrote, EXAMPLES the folder of the built examples. Before anything is timed the cells of every reader of every
form are compared, and with the counts that the generator says must come out.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from statistics import median

DATA, EXAMPLES, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
HERE = os.path.dirname(os.path.abspath(__file__))
STREET = ("Falls within,Month,Crime type", "force,month,crime-type")
STOPS = ("Date,Type,Gender,Age range,Officer-defined ethnicity", "month,search-type,gender,age-range,officer-defined-ethnicity")
PEERS = os.environ.get("PEERS", "duckdb polars pandas").split()
#         what is read                     path                 columns  limit       who reads it
FORMS = [
    ("CSV, a file a force and month", "csv", STREET, "newlines", PEERS),
    ("CSV, one file, shuffled", "shuffled.csv", STREET, "newlines", PEERS),
    ("gzip, a file a force and month", "gzip", STREET, "gunzip", PEERS),
    ("zip, one archive", "street.zip", STREET, "unzip", [e for e in PEERS if e != "duckdb"]),
    ("Parquet, clustered", "clustered.parquet", STREET, "columns", PEERS),
    ("Parquet, shuffled", "shuffled.parquet", STREET, "columns", PEERS),
    ("CSV, stops", "csv", STOPS, None, PEERS),
]
with open(os.path.join(HERE, "../../crates/records/vocabulary/forces.csv"), newline="") as file:
    SLUGS = {row["name"]: row["slug"] for row in csv.DictReader(file)}


def ours(path, by):
    kind = ["--kind", "stops"] if "gender" in by else ["--kind", "street"]
    return [os.path.join(EXAMPLES, "count"), path, "--by", by, *kind]


def peer(engine, path, columns, *out):
    return [sys.executable, os.path.join(HERE, "records_peer.py"), engine, path, columns, *out]


def run(command):
    """Seconds as the program tells them, of the clock and of processors, peak memory in MiB, standard output."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        status = subprocess.run(command, stdout=out, stderr=err).returncode
        out.seek(0), err.seek(0)
        told = err.read().decode()
        if status != 0:
            sys.exit(f"{' '.join(command)} failed:\n{told}")
        line = next(l for l in told.splitlines() if l.endswith(" s"))
        peak = next((int(l.split()[1]) for l in told.splitlines() if l.startswith("peak")), 0)
        # A peer tells the processor's time of its work without the start of Python; ours has next to no start.
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        processor = next((float(l.split()[1]) for l in told.splitlines() if l.startswith("processor")), whole)
        return float(line.split()[0]), processor, peak / 1024, out.read().decode()


def slugged(rows, columns):
    at = columns.split(",").index("Falls within") if "Falls within" in columns else None
    cells = Counter()
    for *labels, count in rows:
        if at is not None:
            labels[at] = SLUGS[labels[at]]
        cells[tuple(labels)] += int(count)
    return cells


def check():
    with open(os.path.join(DATA, "truth.csv"), newline="") as file:
        truth = Counter({tuple(r[:-1]): int(r[-1]) for r in list(csv.reader(file))[1:]})
    cells = 0
    for what, path, (columns, by), _, engines in FORMS:
        path = os.path.join(DATA, path)
        _, _, _, out = run(ours(path, by))
        mine = Counter({tuple(r[:-1]): int(r[-1]) for r in list(csv.reader(out.splitlines()))[1:]})
        if columns == STREET[0] and mine != truth:
            sys.exit(f"{what}: ours differs from what was generated")
        for engine in engines:
            with tempfile.NamedTemporaryFile("r", suffix=".csv", newline="") as file:
                run(peer(engine, path, columns, file.name))
                theirs = slugged(csv.reader(file), columns)
            if theirs != mine:
                different = [k for k in set(mine) | set(theirs) if mine[k] != theirs[k]]
                sys.exit(f"{what}: {engine} differs in {len(different)} cells, such as {different[0]}")
            cells += len(mine)
    return cells


def main():
    cells = check()
    print(f"Ours, the generator and every peer agree on all cells ({cells:,} compared).\n")
    titles = " | ".join({"duckdb": "DuckDB", "polars": "Polars", "pandas": "pandas"}[e] for e in PEERS)
    print(f"| rows | ours | {titles} | the best peer takes | limit | ours takes | processors: ours, lightest peer, limit | peak memory: ours, smallest peer |")
    print("|---|---:|" + "---:|" * len(PEERS) + "---:|---:|---:|---:|---:|")
    for what, path, (columns, by), limit, engines in FORMS:
        path = os.path.join(DATA, path)
        commands = {"ours": ours(path, by), **{e: peer(e, path, columns) for e in engines}}
        if limit:
            commands["limit"] = [os.path.join(EXAMPLES, "limits"), limit, path]
        times = {name: [] for name in commands}
        peaks = {name: [] for name in commands}
        processors = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                seconds, processor, peak, _ = run(command)
                processors[name].append(processor)
                times[name].append(seconds)
                peaks[name].append(peak)
        middle = {name: median(t) for name, t in times.items()}
        best = min(engines, key=lambda e: middle[e])
        work = {name: median(p) for name, p in processors.items()}
        lightest = min(engines, key=lambda e: work[e])
        shown = [f"{middle[e]:.2f} s" if e in middle else "–" for e in PEERS]
        floor = (f"{limit} {middle['limit']:.3f} s", f"{middle['ours'] / middle['limit']:.2f} ×") if limit else ("–", "–")
        least = min(median(peaks[e]) for e in engines)
        print(f"| {what} | {middle['ours']:.3f} s | {' | '.join(shown)} | {middle[best] / middle['ours']:.1f} × | {floor[0]} | {floor[1]} | {work['ours']:.2f} s, {work[lightest]:.2f} s ({work[lightest] / work['ours']:.1f} ×){', ' + format(work['limit'], '.2f') + ' s' if limit else ''} | {median(peaks['ours']):.0f} MiB, {least:.0f} MiB |", flush=True)


main()
