"""Fills the ledger of the demo up to a number of events with what nobody outside sees: accounts.

    serve_events.py PROGRAM FOLDER EVENTS
"""

import json
import subprocess
import sys
from pathlib import Path

# A file of commands has a limit, which is about 19,000 of these.
AT_ONCE = 16_000
program, folder, wanted = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])


def run(*arguments):
    return subprocess.run([program, "--dir", folder, *arguments], check=True, capture_output=True, text=True).stdout


while (there := json.loads(run("ledger", "head"))["seq"]) < wanted:
    numbers = range(there, min(wanted, there + AT_ONCE))
    step = "- {{ as: ada, at: 2026-01-01T00:00:00Z, do: account/open, on: load-{0}, with: {{ name: Load {0} }} }}\n"
    (folder / "load.yaml").write_text("".join(step.format(number) for number in numbers))
    run("act", str(folder / "load.yaml"))
