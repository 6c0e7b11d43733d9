"""The tables of the force page and the compare page, in SQLite for Datasette.

    serve_tables.py PROGRAM FOLDER OUT.db
"""

import csv
import io
import sqlite3
import subprocess
import sys

program, folder, out = sys.argv[1:]
compared = subprocess.run(
    [program, "--dir", folder, "compare", "officers-per-1000-population", "--format", "csv"],
    check=True, capture_output=True, text=True,
).stdout
rows = list(csv.reader(io.StringIO(compared)))
store = sqlite3.connect(out)
columns = ", ".join(f'"{name}"' for name in rows[0])
store.execute(f"create table compare ({columns}, primary key (force))")
store.executemany(f"insert into compare values ({', '.join('?' * len(rows[0]))})", rows[1:])

judgments = csv.reader(open(f"{folder}/site/data/judgments.csv", newline="", encoding="utf-8-sig"))
header = next(judgments)
store.execute(f"create table judgments ({', '.join(chr(34) + name + chr(34) for name in header)})")
store.executemany(f"insert into judgments values ({', '.join('?' * len(header))})", judgments)
store.execute("create index of_force on judgments (force)")
store.commit()
