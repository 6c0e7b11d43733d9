"""Counts record-level files with DuckDB, Polars or pandas, as a user of each would write it.

    records_peer.py ENGINE PATH COLUMN,COLUMN,... [OUT]

PATH is a file or a folder, a column is named as the publisher does, and `Date` is cut to its month. The seconds that the work took,
without starting Python and loading the engine, go to standard error; the cells to OUT. Every value is read as text and a missing
one is the empty text, as in the files.
"""

import csv
import glob
import io
import sys
import time
import zipfile


def files(path):
    """The files below a folder whose kind the columns tell, or the file."""
    if path.endswith((".csv", ".gz", ".zip", ".parquet")):
        return [path]
    ending = "*-stop-and-search.csv*" if "Gender" in COLUMNS else "*-outcomes.csv*" if "Outcome type" in COLUMNS else "*-street.csv*"
    return sorted(glob.glob(f"{path}/**/{ending}", recursive=True))


def duckdb_cells(path):
    import duckdb

    def work():
        names = [f"coalesce({'left' if c == 'Date' else ''}(\"{c}\"{', 7' if c == 'Date' else ''}), '')" for c in COLUMNS]
        if path.endswith(".parquet"):
            table = f"'{path}'"
        else:
            table = f"read_csv({files(path)}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
        places = ", ".join(str(i + 1) for i in range(len(names)))
        return duckdb.sql(f"select {', '.join(names)}, count(*) from {table} group by {places}").fetchall()

    return work


def polars_cells(path):
    import polars as pl

    def grouped(frame):
        keys = [(pl.col(c).str.slice(0, 7) if c == "Date" else pl.col(c)).fill_null("") for c in COLUMNS]
        return frame.select(keys).group_by(COLUMNS).agg(pl.len())

    def work():
        if path.endswith(".parquet"):
            return grouped(pl.scan_parquet(path)).collect(engine="streaming").rows()
        if path.endswith(".zip"):
            archive = zipfile.ZipFile(path)
            tables = [grouped(pl.read_csv(archive.read(n), columns=COLUMNS, infer_schema=False)) for n in archive.namelist()]
            return pl.concat(tables).group_by(COLUMNS).agg(pl.col("len").sum()).rows()
        return grouped(pl.scan_csv(files(path), infer_schema=False)).collect(engine="streaming").rows()

    return work


def pandas_cells(path):
    import pandas as pd

    def read(source, compression="infer"):
        table = pd.read_csv(source, usecols=COLUMNS, dtype=str, keep_default_na=False, compression=compression)
        return counted(table)

    def counted(table):
        if "Date" in COLUMNS:
            table["Date"] = table["Date"].str.slice(0, 7)
        return table.groupby(COLUMNS, sort=False).size()

    def work():
        if path.endswith(".parquet"):
            parts = [counted(pd.read_parquet(path, columns=COLUMNS).fillna(""))]
        elif path.endswith(".zip"):
            archive = zipfile.ZipFile(path)
            parts = [read(io.BytesIO(archive.read(n)), None) for n in archive.namelist()]
        else:
            parts = [read(f) for f in files(path)]
        total = pd.concat(parts).groupby(level=list(range(len(COLUMNS)))).sum() if len(COLUMNS) > 1 else pd.concat(parts).groupby(level=0).sum()
        return [(*(k if isinstance(k, tuple) else (k,)), n) for k, n in total.items()]

    return work


engine, path, COLUMNS = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
work = {"duckdb": duckdb_cells, "polars": polars_cells, "pandas": pandas_cells}[engine](path)
start, processor = time.perf_counter(), time.process_time()
rows = work()
print(f"{time.perf_counter() - start:.6f} s", file=sys.stderr)
print(f"processor {time.process_time() - processor:.6f}", file=sys.stderr)
with open("/proc/self/status") as status:
    print("peak", next(line for line in status if line.startswith("VmHWM:"))[6:].strip(), file=sys.stderr)
if len(sys.argv) > 4:
    with open(sys.argv[4], "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(sorted(rows))
