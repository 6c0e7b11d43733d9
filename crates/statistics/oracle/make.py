"""Expected values for the formulas of `statistics`, computed by other people's code.

Made with Python 3.11.7, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0.
Run `python make.py` in this folder to write `oracle.csv` again; the same versions give the same bytes.

Columns: the function, its arguments and its results, both as numbers parted by spaces. Lists come last among the
arguments. Results have 17 significant digits. Where a library has the method (Wilson, chi-square, least squares,
quantiles, winsorising) the library is asked; where none has it (Byar, XmR, the log interval of a rate ratio) the
formula is written out here with numpy, apart from the Rust.
"""

import csv
import sys

import numpy as np
from scipy import optimize, stats
from scipy.stats import mstats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint

Z95 = stats.norm.ppf(0.975)
Z998 = stats.norm.ppf(0.999)
TAILS = {"95": (0.025, Z95), "99.8": (0.001, Z998)}
ROWS = []


def row(function, arguments, results):
    def text(numbers):
        return " ".join(repr(n) if isinstance(n, int) else f"{float(n):.17g}" for n in numbers)

    ROWS.append((function, text(arguments), text(results)))


def byar_ends(count, z):
    lower = 0.0 if count == 0 else max(0.0, count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3)
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * (count + 1) ** 0.5)) ** 3
    return lower, upper


def intervals():
    for _, (tail, z) in TAILS.items():
        for events, total in [(0, 7), (1, 29), (7, 7), (15, 148), (52, 60), (156, 180), (12345, 98765), (999999, 1000000)]:
            row("wilson", [events, total, z], proportion_confint(events, total, alpha=2 * tail, method="wilson"))
        for events, exposure, per in [(0, 500, 1000), (1, 2008.67, 1000), (10, 1150, 1000), (470, 2008.67, 1000), (85321, 1184365, 1000)]:
            row("byar", [events, float(exposure), per, z], [end * per / exposure for end in byar_ends(events, z)])


def chi_squares():
    for a, m, b, n in [(569, 600, 568, 600), (9490, 10000, 9470, 10000), (94900, 100000, 94700, 100000), (3, 20, 11, 25), (1, 40, 0, 3)]:
        table = [[a, m - a], [b, n - b]]
        plain = stats.chi2_contingency(table, correction=False)
        yates = stats.chi2_contingency(table, correction=True)
        row("chi_square", [a, m, b, n], [plain.statistic, plain.pvalue])
        row("chi_square_yates", [a, m, b, n], [yates.statistic, yates.pvalue])
    for p, q, n in [(94.9, 94.7, 600), (94.9, 94.7, 10000), (94.9, 94.7, 100000)]:
        table = np.array([[p * n, (100 - p) * n], [q * n, (100 - q) * n]]) / 100
        result = stats.chi2_contingency(table, correction=False)
        row("chi_square_percentages", [p, q, n], [result.statistic, result.pvalue])


def funnels():
    """Limits by root finding on the library's own interval, and the exact interpolated limits of Spiegelhalter (2005)."""
    for average, total in [(0.87, 60), (0.5, 400), (0.12, 1000), (0.32, 2008), (0.02, 50000)]:
        results = []
        for tail, z in TAILS.values():
            def end(share, side):
                return proportion_confint(share * total, total, alpha=2 * tail, method="wilson")[side] - average

            # Outside these brackets the interval cannot reach the average at all: the limit is then 0 or 1.
            results.append(optimize.brentq(end, 0, average, args=(1,), xtol=1e-15, rtol=1e-14) if end(0, 1) < 0 else 0.0)
            results.append(optimize.brentq(end, average, 1, args=(0,), xtol=1e-15, rtol=1e-14) if end(1, 0) > 0 else 1.0)
        row("proportion_limits", [average, total], results)
        row("proportion_limits_exact", [average, total], [
            interpolated(stats.binom(total, average), tail, side) / total for tail, _ in TAILS.values() for side in (0, 1)
        ])
    for average, exposure, per in [(5.2, 1150.0, 1000), (234.0, 2008.67, 1000), (61.0, 1373.0, 1000), (72.0, 1184365.0, 1000), (2.0, 1000.0, 1000)]:
        expected = average * exposure / per
        results = []
        for _, z in TAILS.values():
            top = 10 * expected + 100
            results.append(optimize.brentq(lambda c: byar_ends(c, z)[1] - expected, 0, expected, xtol=1e-13, rtol=1e-14) if byar_ends(0, z)[1] < expected else 0.0)
            results.append(optimize.brentq(lambda c: byar_ends(c, z)[0] - expected, expected, top, xtol=1e-13, rtol=1e-14))
        row("rate_limits", [average, exposure, per], [count * per / exposure for count in results])
        row("rate_limits_exact", [average, exposure, per], [
            interpolated(stats.poisson(expected), tail, side) * per / exposure for tail, _ in TAILS.values() for side in (0, 1)
        ])


def interpolated(law, tail, side):
    p = tail if side == 0 else 1 - tail
    r = law.ppf(p)
    return max(0.0, r - (law.cdf(r) - p) / (law.cdf(r) - law.cdf(r - 1)))


def dispersion(rng):
    for count in (10, 25, 43):
        scores = rng.normal(0.3, 2.0, count)
        drawn_in = mstats.winsorize(scores, limits=(0.1, 0.1))
        row("over_dispersion", scores, [np.mean(np.asarray(drawn_in) ** 2)])


def standings(rng):
    for count in (10, 43):
        rates = rng.gamma(4.0, 5.0, count)
        average = float(np.average(rates, weights=rng.uniform(1, 9, count)))
        differences = rates / average - 1
        for ddof in (0, 1):
            z_mean = stats.zscore(differences, ddof=ddof)
            z_average = differences / np.std(differences, ddof=ddof)
            row("standing", [ddof, average, *rates], [np.mean(differences), np.std(differences, ddof=ddof), *z_mean, *z_average])


def ratios():
    for a, m, b, n in [(100, 20000, 900, 900000), (1, 350, 12, 41000), (5021, 61234, 17654, 1034567)]:
        for tail, z in TAILS.values():
            ratio = (a / m) / (b / n)
            spread = z * np.sqrt(1 / a + 1 / b)
            row("rate_ratio", [a, m, b, n, z], [ratio, *np.exp(np.log(ratio) + np.array([-spread, spread]))])
            # For rare events Katz's interval, which statsmodels has, comes close; the Rust test allows a few percent.
            katz = Table2x2(np.array([[a, m - a], [b, n - b]])).riskratio_confint(alpha=2 * tail)
            row("rate_ratio_katz", [a, m, b, n, z], [ratio, *katz])


def trends(rng):
    for _ in range(4):
        values = [int(v) for v in rng.integers(1_000_000, 1_200_000, 5)]
        slope, intercept = np.polyfit(np.arange(5) - 2, values, 1)
        row("next_year", values, [intercept + 3 * slope, slope])


def control_charts(rng):
    for count, baseline in [(6, 6), (24, 24), (30, 12)]:
        values = np.round(rng.normal(80, 9, count), 3)
        basis = values[:baseline]
        mean, moving = np.mean(basis), np.mean(np.abs(np.diff(basis)))
        row("xmr", [baseline, *values], [mean, moving, mean - 2.66 * moving, mean + 2.66 * moving, 3.267 * moving])


def main():
    rng = np.random.default_rng(1829)
    intervals()
    chi_squares()
    funnels()
    dispersion(rng)
    standings(rng)
    ratios()
    trends(rng)
    control_charts(rng)
    with open("oracle.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["function", "arguments", "results"])
        writer.writerows(ROWS)


if __name__ == "__main__":
    sys.exit(main())
