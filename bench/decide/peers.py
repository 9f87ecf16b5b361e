"""Sobol' indices of Ishigami's and the G function: Ringworks beside SALib, in turns, at the same number of evaluations.

pip install SALib; then: python peers.py PATH/TO/bench-decide
Prints a table of mean absolute errors over seeds, the share of 95 % intervals that hold the closed form, and CPU seconds
without the evaluations themselves.
"""

import json
import subprocess
import sys
import time

import numpy as np
from SALib.analyze import sobol as analyze
from SALib.sample import sobol as sample

A = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
SEEDS = range(20)


def ishigami(u):
    x = (2 * u - 1) * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g(u):
    return np.prod((np.abs(4 * u - 2) + A) / (1 + A), axis=1)


def closed(name):
    if name == "g":
        v = 1 / (3 * (1 + A) ** 2)
        all_ = np.prod(1 + v)
        return v / (all_ - 1), v * all_ / (1 + v) / (all_ - 1)
    v1 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    v2, v13 = 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return np.array([v1, v2, 0]) / v, np.array([v1 + v13, v2, v13]) / v


def salib(name, n, seed):
    first, total = closed(name)
    d = len(first)
    problem = {"num_vars": d, "names": [f"x{i}" for i in range(d)], "bounds": [[0, 1]] * d}
    begun = time.process_time()
    points = sample.sample(problem, n, calc_second_order=False, seed=seed)
    sampled = time.process_time()
    results = (g if name == "g" else ishigami)(points)
    evaluated = time.process_time()
    found = analyze.analyze(problem, results, calc_second_order=False, num_resamples=200, seed=seed)
    ended = time.process_time()
    inside = np.sum(np.abs(found["S1"] - first) <= found["S1_conf"] + 1e-12)
    inside += np.sum(np.abs(found["ST"] - total) <= found["ST_conf"] + 1e-12)
    return {
        "first": float(np.mean(np.abs(found["S1"] - first))),
        "total": float(np.mean(np.abs(found["ST"] - total))),
        "inside": int(inside),
        "of": 2 * d,
        "cpu": ended - evaluated + sampled - begun,
        "evaluations": len(results),
    }


def ours(program, name, n, seed):
    return json.loads(subprocess.check_output([program, "indices", name, str(n), str(seed)]))


def main(program):
    salib("ishigami", 64, 0)  # what Python imports late is not timed
    print("| function | evaluations | error first | error total | intervals hold | CPU s | beside SALib: error first | total | time |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in ["ishigami", "g"]:
        for n in [64, 256, 1024, 4096]:
            sums = {"ringworks": {}, "SALib": {}}
            for seed in SEEDS:
                for who, run in [("ringworks", lambda: ours(program, name, n, seed)), ("SALib", lambda: salib(name, n, seed))]:
                    for key, value in run().items():
                        sums[who][key] = sums[who].get(key, 0) + value
            a, b = sums["ringworks"], sums["SALib"]
            assert a["evaluations"] == b["evaluations"], "equal cost"
            k = len(SEEDS)
            for who, s in sums.items():
                ratio = ""
                if who == "ringworks":
                    ratio = f"{a['first'] / b['first']:.2f} | {a['total'] / b['total']:.2f} | 1/{b['cpu'] / a['cpu']:.0f}"
                else:
                    ratio = " | | "
                print(
                    f"| {name}, {who} | {s['evaluations'] // k} | {s['first'] / k:.4f} | {s['total'] / k:.4f} | "
                    f"{100 * s['inside'] / s['of']:.0f} % | {s['cpu'] / k:.4f} | {ratio} |"
                )


main(sys.argv[1])
