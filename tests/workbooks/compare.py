"""The two halves of roundtrip.sh around LibreOffice. Python's standard library alone.

    compare.py stage FOLDER TEMPORARY      copies the workbooks under names that cannot clash (0000.ods, 0001.xlsx)
    compare.py compare FOLDER TEMPORARY    compares what LibreOffice made of them with the CSV files in FOLDER

What must agree: the headings one for one with the columns of the CSV; every number as a double, every other cell as words. An absent
value is an empty field with its symbol in `<name>_status` in the CSV and the symbol itself in the workbook; the marks of a number are in
a status column of the workbook only where some number of the column has one.
"""

import csv
import math
import re
import shutil
import sys
from pathlib import Path

ABOVE_TABLE = re.compile(r"This sheet contains one table, the same as the file (.+\.csv)\.")
FORMULA = tuple("=+-@\t\r\n")


def workbooks(folder):
    """Every workbook below the folder, in a fixed order."""
    return sorted(path for path in Path(folder).rglob("*") if path.suffix in (".ods", ".xlsx"))


def stage(folder, temporary):
    found = workbooks(folder)
    if not found:
        sys.exit(f"{folder} holds no .ods and no .xlsx file")
    staged = Path(temporary, "staged")
    staged.mkdir()
    for number, path in enumerate(found):
        shutil.copyfile(path, staged / f"{number:04}{path.suffix}")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def unguarded(words):
    """The words without the apostrophe that keeps a spreadsheet from running them."""
    if words.startswith("'") and words.lstrip("'").startswith(FORMULA):
        return words[1:]
    return words


def same(expected, found, is_number):
    if not is_number:
        return expected == found
    try:
        # LibreOffice writes 15 significant digits of a double, rounded by a rule of its own: one unit of the fifteenth may differ.
        return expected == found or math.isclose(float(expected), float(found), rel_tol=1e-14, abs_tol=0)
    except ValueError:
        return False


def is_decimal(text):
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def expected_table(rows):
    """The columns of the CSV as a workbook has them: for each its values, whether it is a status, whether it is of numbers."""
    header, body = rows[0], rows[1:]
    columns = []
    for index, name in enumerate(header):
        values = [row[index] for row in body]
        if index > 0 and name == f"{header[index - 1]}_status":
            before = columns[-1]
            beside = before["values"]
            # The symbol of an absent value stands in its place; the marks of a number stand beside it.
            before["values"] = [value or status for value, status in zip(beside, values)]
            marks = [status if value else "" for value, status in zip(beside, values)]
            if any(marks):
                columns.append({"name": name, "values": marks, "numbers": False})
        else:
            numbers = all(is_decimal(value) for value in values if value) and any(values)
            values = values if numbers else [unguarded(value) for value in values]
            columns.append({"name": name, "values": values, "numbers": numbers})
    return columns


def compare_sheet(rows, csv_path):
    """Every difference between a sheet's table and its CSV file, in words."""
    columns = expected_table(read(csv_path))
    header, body = rows[0], rows[1:]
    if len(header) != len(columns):
        return [f"{len(header)} columns where {csv_path.name} makes {len(columns)}: {header}"]
    differences = []
    for heading, column in zip(header, columns):
        if not heading:
            differences.append(f"the column of `{column['name']}` has no heading")
        if column["name"].endswith("_status") and not heading.endswith(": status"):
            differences.append(f"the column of `{column['name']}` is headed `{heading}`")
    expected_rows = max((len(column["values"]) for column in columns), default=0)
    if len(body) != expected_rows:
        differences.append(f"{len(body)} rows where {csv_path.name} has {expected_rows}")
    for number, row in enumerate(body[:expected_rows]):
        for found, column in zip(row, columns):
            expected = column["values"][number]
            if not same(expected, found, column["numbers"]):
                differences.append(f"row {number + 1}, `{column['name']}`: {found!r} where {csv_path.name} has {expected!r}")
    return differences


def compare(folder, temporary):
    agreed, faults = 0, []
    for number, path in enumerate(workbooks(folder)):
        sheets = [read(sheet) for sheet in sorted(Path(temporary, "csv").glob(f"{number:04}-*.csv"))]
        tables = []
        for rows in sheets:
            for index, row in enumerate(rows):
                if row and (named := ABOVE_TABLE.fullmatch(row[0])):
                    tables.append((named[1], rows[index + 1 :]))
                    break
        # Beside its tables a workbook has a cover and contents, and notes when a heading names one.
        if not tables or not 2 <= len(sheets) - len(tables) <= 3:
            faults.append(f"{path}: {len(sheets)} sheets, {len(tables)} of them with a table that names its file")
        for name, rows in tables:
            csv_path = path.parent / name
            if not csv_path.exists():
                faults.append(f"{path}: {name} is not beside it")
                continue
            differences = compare_sheet(rows, csv_path)
            faults.extend(f"{path}: {difference}" for difference in differences)
            agreed += not differences
    for fault in faults[:50]:
        print(fault)
    if len(faults) > 50:
        print(f"... and {len(faults) - 50} more")
    print(f"{agreed} sheets agree with their CSV files; {len(faults)} differences")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["stage", folder, temporary]:
            stage(folder, temporary)
        case ["compare", folder, temporary]:
            compare(folder, temporary)
        case _:
            sys.exit(__doc__)
