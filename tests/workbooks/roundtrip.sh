#!/bin/sh
# Opens every .ods and .xlsx file in a folder with LibreOffice and compares each table, cell by cell, with the CSV file of its dataset.
#
#   tests/workbooks/roundtrip.sh FOLDER
#
# The CSV file is beside the workbook and is named by the sheet itself: the line above a table ends "the same as the file NAME.csv."
# Exit: 0 all agree, or LibreOffice is missing (77 if REQUIRE=1); 1 something differs; 2 wrong use. Nothing is left behind.
set -eu

if [ $# -ne 1 ] || [ ! -d "$1" ]; then
    echo "usage: $0 FOLDER, which holds .ods and .xlsx files with their CSV files beside them" >&2
    exit 2
fi
if ! command -v soffice >/dev/null 2>&1; then
    echo "skipped: LibreOffice is not installed (apt-get install libreoffice-calc-nogui)"
    if [ "${REQUIRE:-}" = 1 ]; then exit 77; fi
    exit 0
fi

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
trap 'exit 130' INT TERM

here=$(dirname "$0")
python3 "$here/compare.py" stage "$1" "$temporary"

# One call converts all files. The filter's tokens: comma, double quote, UTF-8, first line 1, no column formats, en-GB, quote only where
# needed, detect no numbers, values as they are and not as shown, no formulas, spaces kept, every sheet (-1).
# https://help.libreoffice.org/latest/en-GB/text/shared/guide/csv_params.html
if ! soffice "-env:UserInstallation=file://$temporary/profile" --headless --norestore \
    --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,2057,false,false,false,false,false,-1' \
    --outdir "$temporary/csv" "$temporary"/staged/* >"$temporary/log" 2>&1; then
    cat "$temporary/log" >&2
    echo "LibreOffice could not convert the files" >&2
    exit 1
fi
python3 "$here/compare.py" compare "$1" "$temporary"
