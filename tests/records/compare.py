"""Counts the published files of data.police.uk with `peelian count`, DuckDB and Polars, and compares every cell.

    compare.py PROGRAM POLICE_UK [SUMMARY.md]

PROGRAM is `peelian` or the library's example `count`; POLICE_UK the folder with street, outcomes and stop_and_search. With a third
argument the counts by force and month are written there. Exit: 0 when all agree, 1 when a cell differs.
"""

import csv
import glob
import os
import subprocess
import sys
import tempfile
from collections import Counter

import duckdb
import polars as pl

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "../../crates/records/vocabulary/forces.csv"), newline="") as file:
    SLUGS = {row["name"]: row["slug"] for row in csv.DictReader(file)}

# What is counted by, and the columns of the published files: each line is one comparison.
COUNTS = [
    ("street", "force,month,crime-type", ["Falls within", "Month", "Crime type"]),
    ("street", "force,month,crime-type,outcome", ["Falls within", "Month", "Crime type", "Last outcome category"]),
    ("street", "lsoa", ["LSOA code"]),
    ("outcomes", "force,month,outcome", ["Falls within", "Month", "Outcome type"]),
    ("outcomes", "lsoa,outcome", ["LSOA code", "Outcome type"]),
    ("stop_and_search", "force,month,self-defined-ethnicity,officer-defined-ethnicity", ["file", "Date", "Self-defined ethnicity", "Officer-defined ethnicity"]),
    ("stop_and_search", "search-type,object-of-search,legislation,outcome", ["Type", "Object of search", "Legislation", "Outcome"]),
    ("stop_and_search", "gender,age-range", ["Gender", "Age range"]),
]


def ours(program, folder, by):
    run = subprocess.run([*program, folder, "--by", by], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(program)} failed:\n{run.stderr}")
    rows = list(csv.reader(run.stdout.splitlines()))
    return Counter({tuple(row[:-1]): int(row[-1]) for row in rows[1:]})


def force_of(path):
    """The force that a file of stops is named after."""
    return os.path.basename(path)[8:].split("-stop-and-search")[0]


def from_duckdb(files, columns):
    def value(column):
        if column == "file":
            return "filename"
        return "coalesce(left(\"Date\", 7), '')" if column == "Date" else f"coalesce(\"{column}\", '')"

    table = f"read_csv({files}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"', filename=true)"
    places = ", ".join(str(i + 1) for i in range(len(columns)))
    return duckdb.sql(f"select {', '.join(map(value, columns))}, count(*) from {table} group by {places}").fetchall()


def from_polars(files, columns):
    def value(column):
        if column == "file":
            return pl.col("file")
        return (pl.col("Date").str.slice(0, 7) if column == "Date" else pl.col(column)).fill_null("")

    table = pl.scan_csv(files, infer_schema=False, include_file_paths="file")
    return table.select(map(value, columns)).group_by(columns).agg(pl.len()).collect().rows()


def named(rows, columns):
    """The same cells under our names of forces."""
    cells = Counter()
    for *labels, count in rows:
        if columns[0] == "Falls within":
            labels[0] = SLUGS[labels[0]]
        elif columns[0] == "file":
            labels[0] = force_of(labels[0])
        cells[tuple(labels)] += count
    return cells


def summary(path, program, police_uk):
    lines = [
        "# Record-level files counted",
        "",
        "What `peelian count` makes of the files of data.police.uk that the project is developed with: a part of the national archive,",
        "so no total here is one of England and Wales. Every cell was compared with DuckDB and Polars, which read the same files",
        "(`tests/records/compare.py`, which also wrote this page).",
        "",
        "Contains public sector information licensed under the [Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).",
        "Source: data.police.uk (Home Office): street-level crime, outcomes, stop and search.",
    ]
    titles = [("street", "Street-level crimes"), ("outcomes", "Outcomes"), ("stop_and_search", "Stops and searches")]
    for folder, title in titles:
        cells = ours(program, os.path.join(police_uk, folder), "force,month")
        months = sorted({month for _, month in cells})
        lines += ["", f"## {title}", "", f"{sum(cells.values()):,} rows.", ""]
        if folder == "stop_and_search":
            lines += [
                "A month is that of the published time, which is Universal Time, while a file holds a month of British time: in summer the",
                "first hour of a month stands under the one before. So the small numbers beside months without a file.",
                "",
            ]
        for from_ in range(0, len(months), 9):
            some = months[from_ : from_ + 9]
            forces = sorted({f for f, month in cells if month in some})
            lines += ["| force | " + " | ".join(some) + " |", "|---|" + "---:|" * len(some)]
            lines += ["| " + force + " | " + " | ".join(f"{cells[force, m]:,}" if cells[force, m] else "" for m in some) + " |" for force in forces]
            lines.append("")
    with open(path, "w") as out:
        out.write("\n".join(lines).rstrip() + "\n")


def as_parquet(program, police_uk):
    """Counts the street files as other programs write them in Parquet; whether a cell differs from those of the CSV files."""
    by = "force,month,crime-type"
    folder = os.path.join(police_uk, "street")
    files = sorted(glob.glob(os.path.join(folder, "*.csv.gz")))
    mine = ours(program, folder, by)
    failed = False
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "street.parquet")
        table = f"read_csv({files}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
        written = [
            ("DuckDB, Snappy", lambda: duckdb.sql(f"copy (select * from {table}) to '{path}' (format parquet, compression snappy)")),
            ("DuckDB, Zstandard", lambda: duckdb.sql(f"copy (select * from {table}) to '{path}' (format parquet, compression zstd)")),
            ("Polars", lambda: pl.scan_csv(files, infer_schema=False).collect().write_parquet(path)),
        ]
        for name, write in written:
            write()
            theirs = ours(program, path, by)
            failed |= mine != theirs
            print(f"street by {by}, as Parquet by {name}: {len(theirs):,} cells, {'all equal' if mine == theirs else 'some DIFFER'}")
    return failed


def main():
    program, police_uk = sys.argv[1].split(), sys.argv[2]
    failed = False
    for folder, by, columns in COUNTS:
        files = sorted(glob.glob(os.path.join(police_uk, folder, "*.csv.gz")))
        mine = ours(program, os.path.join(police_uk, folder), by)
        for engine, read in [("DuckDB", from_duckdb), ("Polars", from_polars)]:
            theirs = named(read(files, columns), columns)
            different = sorted(k for k in set(mine) | set(theirs) if mine[k] != theirs[k])
            failed |= bool(different)
            print(f"{folder} by {by}: {len(mine):,} cells, {sum(mine.values()):,} rows; {engine}: {len(different)} differ")
            for key in different[:5]:
                print(f"  {key}: {mine[key]} and {theirs[key]}")
    failed |= as_parquet(program, police_uk)
    if len(sys.argv) > 3:
        summary(sys.argv[3], program, police_uk)
    sys.exit(failed)


main()
