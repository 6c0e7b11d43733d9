"""WeasyPrint printing some of the data packs' pages to PDF/UA-1, one after another.

Importing is not timed, and neither is writing the file.

    print_weasyprint.py SITE NUMBER    prints the seconds as JSON
"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import weasyprint


def pages(site, number):
    """The same pages as ours: spread evenly over the forces."""
    every = sorted(Path(site).glob("*/*/data-pack.html"))
    return [every[place * len(every) // number] for place in range(number)]


def main(site, number):
    seconds, size = [], 0
    for page in pages(site, int(number)):
        start = time.perf_counter()
        pdf = weasyprint.HTML(filename=page).write_pdf(pdf_variant="pdf/ua-1")
        seconds.append(time.perf_counter() - start)
        size = len(pdf)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = {"pdf": statistics.median(seconds), "documents": len(seconds), "bytes": size, "memory": memory}
    print(json.dumps(line | {"version": weasyprint.__version__}))


if __name__ == "__main__":
    main(*sys.argv[1:])
