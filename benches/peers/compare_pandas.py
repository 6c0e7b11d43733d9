"""Every measure for 43 forces and all periods, by pandas and numpy, from the same tidy files as ours.

Vectorised throughout: Python walks over files, measures and the few terms of a measure, never over forces, periods or rows.
Importing is not timed. Two readers are tried, pandas' own C parser and pyarrow's on every core; the caller takes the faster.

    compare_pandas.py time DEFINITIONS FIGURES READER           prints the seconds as JSON
    compare_pandas.py check DEFINITIONS FIGURES READER CELLS    holds every cell beside ours; fails on any difference
"""

import gzip
import io
import json
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

REPEATS = 5
Z95 = 1.959963984540054
SAME = 1e-9
DAY = np.timedelta64(1, "D")


# --- reading -----------------------------------------------------------------------------------------------------------------


@dataclass
class Release:
    """One tidy release: its rows with the text columns as categories."""

    released: tuple
    dimensions: list
    rows: pd.DataFrame


def load(definitions, figures, reader):
    """The releases that hold any series of any measure, oldest first."""
    wanted = {term["series"] for m in definitions["measures"] for term in m["numerator"] + m["denominator"]}
    releases = []
    for path in sorted(Path(figures, "observations").glob("*/*.json")):
        description = json.loads(path.read_text())
        if wanted.isdisjoint(description["series"]):
            continue
        words = ["series", "area", "period", *description["dimensions"]]
        rows = READERS[reader](path.with_suffix(".csv.gz"), words)
        # What does not apply adds nothing to a sum; any other absence leaves the sum unknown.
        absent = rows["value"].isna()
        rows["missing"] = absent & (rows["status"] != "[z]")
        rows["present"] = ~absent
        rows = rows.drop(columns="status")
        release = description["release"]
        releases.append(Release((release["released"] or "", release["id"]), description["dimensions"], rows))
    return sorted(releases, key=lambda release: release.released)


def read_c(path, words):
    types = {word: "category" for word in words} | {"value": "float64", "status": "category"}
    rows = pd.read_csv(path, engine="c", usecols=list(types), dtype=types, keep_default_na=False, na_values={"value": [""]})
    for word in words:
        # Categories that all look like numbers were read as numbers.
        rows[word] = rows[word].cat.rename_categories(rows[word].cat.categories.astype(str))
    return rows


def read_arrow(path, words):
    text = pa.dictionary(pa.int32(), pa.string())
    options = pc_csv.ConvertOptions(
        include_columns=[*words, "value", "status"],
        column_types={word: text for word in [*words, "status"]} | {"value": pa.float64()},
        null_values=[""],
        strings_can_be_null=False,
    )
    with gzip.open(path) as file:
        table = pc_csv.read_csv(io.BytesIO(file.read()), convert_options=options)
    return table.unify_dictionaries().to_pandas()


READERS = {"c": read_c, "pyarrow": read_arrow}


# --- summing -----------------------------------------------------------------------------------------------------------------


@dataclass
class Sums:
    """A term's sums: one row for each published period, one column for each force."""

    first: np.ndarray  # NaT for an instant
    last: np.ndarray
    total: np.ndarray
    missing: np.ndarray
    present: np.ndarray


def sums(release, term, forces):
    """A term's sums in one release; None when the release cannot answer."""
    rows = release.rows
    if term["series"] not in rows["series"].cat.categories:
        return None
    mask = rows["series"] == term["series"]
    for condition in term["conditions"]:
        name = condition["dimension"]
        if name not in release.dimensions or not any(rows[name].cat.categories):
            return None
        admitted = rows[name].isin(condition["labels"])
        mask &= ~admitted & (rows[name] != "") if condition["except"] else admitted
    if not mask.any():
        return None
    grouped = rows[mask].groupby(["period", "area"], observed=True, sort=False)[["value", "missing", "present"]].sum()
    wide = grouped.unstack("area")
    total, missing, present = (wide[name].reindex(columns=forces) for name in ["value", "missing", "present"])
    none = present.isna().to_numpy()
    return pd.DataFrame(
        np.hstack([total.fillna(0.0).to_numpy(), (missing.fillna(0).to_numpy() > 0) | none, present.fillna(0).to_numpy() > 0]),
        index=wide.index.astype(str),
    )


def answer(releases, term, forces):
    """A term's sums for every period, each from the newest release that has it."""
    found = [s for release in releases if (s := sums(release, term, forces)) is not None]
    if not found:
        return None
    newest = pd.concat(found)
    newest = newest[~newest.index.duplicated(keep="last")]
    days = newest.index.str.split("/", expand=True).to_frame(index=False)
    span = days.shape[1] > 1
    last = days[0].where(days[1].isna(), days[1]) if span else days[0]
    first = days[0].where(days[1].notna()) if span else pd.Series([None] * len(days), dtype=object)
    order = np.lexsort([first.fillna("").to_numpy(str), last.to_numpy(str)])
    n = len(forces)
    table = newest.to_numpy()[order].astype(float)
    return Sums(
        first=pd.to_datetime(first).to_numpy()[order].astype("datetime64[D]"),
        last=pd.to_datetime(last).to_numpy()[order].astype("datetime64[D]"),
        total=table[:, :n],
        missing=table[:, n : 2 * n] > 0,
        present=table[:, 2 * n :] > 0,
    )


def beginnings(last, months):
    """The first day of the span of so many months that ends on each of these days."""
    after = last + DAY
    month = after.astype("datetime64[M]")
    return (month - np.timedelta64(months, "M")).astype("datetime64[D]") + (after - month.astype("datetime64[D]"))


def tiles(s, last, months):
    """Which published periods make up each wanted one: a matrix of 0 and 1, and whether each can be made up at all."""
    matrix = np.zeros((len(last), len(s.last)))
    wanted = np.arange(len(last))
    if months == 0:
        instants = np.flatnonzero(np.isnat(s.first))
        if not len(instants):
            return matrix, np.zeros(len(last), bool)
        place = instants[np.minimum(np.searchsorted(s.last[instants], last), len(instants) - 1)]
        made = s.last[place] == last
        matrix[wanted[made], place[made]] = 1
        return matrix, made
    spans = np.flatnonzero(~np.isnat(s.first))
    begins = beginnings(last, months)
    made, left, end = np.zeros(len(last), bool), np.ones(len(last), bool), last.copy()
    if not len(spans):
        return matrix, made
    # Spans are sorted by last day and then by first: the first at or after (end, begins) is the longest that fits.
    key = s.last[spans].astype("int64") * 10**6 + s.first[spans].astype("int64")
    while left.any():
        place = np.searchsorted(key, end.astype("int64") * 10**6 + begins.astype("int64"))
        inside = np.minimum(place, len(spans) - 1)
        left &= (place < len(spans)) & (s.last[spans[inside]] == end)
        matrix[wanted[left], spans[inside[left]]] = 1
        reached = left & (s.first[spans[inside]] == begins)
        made |= reached
        left &= ~reached
        end = np.where(left, s.first[spans[inside]] - DAY, end)
    return matrix, made


def latest(s, last, months):
    """The period itself or, where there is none, the latest instant on or before its last day, as `tiles` says it."""
    matrix = np.zeros((len(last), len(s.last)))
    instants = np.flatnonzero(np.isnat(s.first))
    place = np.searchsorted(s.last[instants], last, side="right") - 1
    place = np.where(place >= 0, instants[place] if len(instants) else -1, -1)
    if months:
        same = (s.last == last[:, None]) & (s.first == beginnings(last, months)[:, None])
        place = np.where(same.any(axis=1), same.argmax(axis=1), place)
    made = place >= 0
    matrix[np.flatnonzero(made), place[made]] = 1
    return matrix, made


def part(terms, matrices):
    """Numerator or denominator: wanted periods by forces, NaN where there is no number."""
    total = sum(m @ s.total for s, m in zip(terms, matrices))
    missing = sum(m @ s.missing for s, m in zip(terms, matrices)) > 0
    present = sum(m @ s.present for s, m in zip(terms, matrices)) > 0
    return np.where(missing | ~present, np.nan, total)


# --- comparing ---------------------------------------------------------------------------------------------------------------


def measure_figures(releases, measure, definitions):
    """Every figure of a measure as arrays of periods by forces; None when there are none."""
    forces, counts = definitions["forces"], measure["count"]
    numerator = [answer(releases, term, forces) for term in measure["numerator"]]
    denominator = [answer(releases, term, forces) for term in measure["denominator"]]
    if any(s is None for s in numerator + denominator):
        return None
    last = np.unique(numerator[0].last)
    over = (lambda s: latest(s, last, measure["months"])) if measure["latest_denominator"] else (lambda s: tiles(s, last, measure["months"]))
    above = [tiles(s, last, measure["months"]) for s in numerator]
    below = [over(s) for s in denominator]
    whole = np.logical_and.reduce([made for _, made in above + below])
    if not whole.any():
        return None
    top = part(numerator, [m[whole] for m, _ in above])
    bottom = None if counts else part(denominator, [m[whole] for m, _ in below])
    return {"last": last[whole]} | compare(top, bottom, measure, definitions)


def compare(top, bottom, measure, definitions):
    """Value, average, d, z under both centrings, verdicts and interval."""
    empty = np.full(top.shape, np.nan)
    if bottom is None:
        average = np.nansum(top, axis=1)
        figures = {"numerator": top, "denominator": empty, "value": top, "average": np.broadcast_to(average[:, None], top.shape)}
        none = np.full(top.shape, "no-comparison", dtype="<U15")
        rest = {name: empty for name in ["d", "z_mean", "z_average", "low", "high"]}
        return figures | rest | {"verdict_mean": none, "verdict_average": none}
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = ~np.isnan(top) & ~np.isnan(bottom)
        value = np.where(bottom != 0, top * measure["per"] / bottom, np.nan)
        below = np.where(whole, bottom, 0).sum(axis=1)
        average = np.where(below != 0, np.where(whole, top, 0).sum(axis=1) * measure["per"] / below, np.nan)[:, None]
        have = ~np.isnan(value)
        n = have.sum(axis=1, keepdims=True)
        d = (value - average) / np.abs(average)
        mean = np.where(have, d, 0).sum(axis=1, keepdims=True) / n
        deviation = np.sqrt((np.where(have, d - mean, 0) ** 2).sum(axis=1, keepdims=True) / (n - 1))
        lowest = np.where(have, value, np.inf).min(axis=1, keepdims=True)
        highest = np.where(have, value, -np.inf).max(axis=1, keepdims=True)
        spread = highest - lowest > 8 * np.finfo(float).eps * np.maximum(np.abs(lowest), np.abs(highest))
        usable = np.isfinite(average) & (average != 0) & (n >= definitions["minimum_forces"]) & spread
        d = np.where(usable, d, np.nan)
        z_mean, z_average = (d - mean) / deviation, d / deviation
        low, high = interval(top, bottom, measure)
    return {
        "numerator": top,
        "denominator": bottom,
        "value": value,
        "average": np.broadcast_to(average, top.shape),
        "d": d,
        "z_mean": z_mean,
        "z_average": z_average,
        "verdict_mean": verdict(z_mean, definitions["threshold"]),
        "verdict_average": verdict(z_average, definitions["threshold"]),
        "low": low,
        "high": high,
    }


def verdict(z, threshold):
    return np.select([z > threshold, z < -threshold, np.isnan(z)], ["higher", "lower", "no-comparison"], "broadly-in-line")


def interval(top, bottom, measure):
    """Byar's interval for events, Wilson's for cases, in the measure's unit."""
    if measure["chance"] == "none":
        return np.full(top.shape, np.nan), np.full(top.shape, np.nan)
    events = np.where(top == np.floor(top), top, np.nan)
    if measure["chance"] == "events":
        scale = np.where(bottom > 0, measure["per"] / bottom, np.nan)
        return byar(events, -1, scale), byar(events + 1, 1, scale)
    usable = (bottom == np.floor(bottom)) & (bottom > 0) & (events <= bottom)
    square = Z95 * Z95
    centre = 2 * events + square
    reach = Z95 * np.sqrt(square + 4 * events * (bottom - events) / bottom)
    width = 2 * (bottom + square)
    low = np.where(events == 0, 0, np.maximum((centre - reach) / width, 0))
    high = np.where(events == bottom, 1, np.minimum((centre + reach) / width, 1))
    return np.where(usable, low * measure["per"], np.nan), np.where(usable, high * measure["per"], np.nan)


def byar(events, side, scale):
    root = 1 - 1 / (9 * events) + side * Z95 / (3 * np.sqrt(events))
    return np.where(events == 0, 0, np.maximum(events * root**3, 0)) * scale


def compute(releases, definitions):
    figures = {m["id"]: measure_figures(releases, m, definitions) for m in definitions["measures"]}
    return {id: found for id, found in figures.items() if found is not None}


# --- the two commands --------------------------------------------------------------------------------------------------------


def run(definitions, figures, reader, repeats=REPEATS):
    start = time.perf_counter()
    releases = load(definitions, figures, reader)
    loaded = time.perf_counter()
    found = compute(releases, definitions)
    whole = time.perf_counter() - start
    alone = []
    for _ in range(repeats):
        again = time.perf_counter()
        compute(releases, definitions)
        alone.append(time.perf_counter() - again)
    line = {
        "whole": whole,
        "load": loaded - start,
        "compute": float(np.median(alone)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows": sum(len(release.rows) for release in releases),
        "cells": sum(m["value"].size for m in found.values()),
    }
    print(json.dumps(line))


def check(definitions, figures, reader, cells):
    """Holds every number and verdict beside ours."""
    forces, frames = definitions["forces"], []
    for id, found in compute(load(definitions, figures, reader), definitions).items():
        last = np.repeat(found["last"].astype(str), len(forces))
        columns = {name: array.ravel() for name, array in found.items() if name != "last"}
        frames.append(pd.DataFrame({"measure": id, "last": last, "force": np.tile(forces, len(found["last"]))} | columns))
    key = ["measure", "last", "force"]
    theirs = pd.concat(frames).set_index(key).sort_index()
    ours = pd.read_csv(cells, keep_default_na=False, na_values={c: [""] for c in theirs.columns if "verdict" not in c})
    ours = ours.set_index(key).sort_index()
    if not ours.index.equals(theirs.index):
        sys.exit(f"the cells differ: {len(ours)} of ours, {len(theirs)} of pandas, {len(ours.index.intersection(theirs.index))} of both")
    for name in theirs.columns:
        left, right = ours[name], theirs[name]
        if "verdict" in name:
            differ = left != right
        else:
            near = (left - right).abs() <= SAME * np.maximum(1, np.maximum(left.abs(), right.abs()))
            differ = ~(near | (left.isna() & right.isna()))
        if differ.any():
            example = pd.DataFrame({"ours": left[differ], "pandas": right[differ]}).head()
            sys.exit(f"`{name}` differs in {differ.sum()} cells, such as\n{example}")
    print(json.dumps({"cells": len(ours), "measures": ours.index.get_level_values(0).nunique(), "periods": len(ours) // len(forces)}))


if __name__ == "__main__":
    command, definitions, *rest = sys.argv[1:]
    definitions = json.loads(Path(definitions).read_text())
    {"time": run, "check": check}[command](definitions, *rest)
