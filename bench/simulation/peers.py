"""The saturated line of 20 stations, 4 spaces, exponential, through the public command, beside other simulators.

    peers.py RINGWORKS ROUNDS [NEXOSIM_PEER] [SIMPY_PYTHON LINE_SIMPY.py]

Rounds are interleaved: each runs every program once, so that a loaded machine is loaded for all. Ours is charged all CPU
seconds of its process, start and tables included; the peers what they say their run took. Every answer is asserted to
lie within 1 % of 0.7155 (2 % for short peer runs) before its time counts. Prints medians and ratios of medians.
"""
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LINE = os.path.join(HERE, "..", "..", "cases", "lines", "saturated-20.toml")
THROUGHPUT = 0.7155


def ours(program, replications, length, *more):
    command = [program, "simulate", LINE, "--threads", "1", "--warm-up", "1000", "--length", str(length),
               "--replications", str(replications), "--format", "json", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    said = json.loads(text)
    mean = said["measures"][0]["mean"]
    assert abs(mean / THROUGHPUT - 1) < 0.01, mean
    return said["station_visits"] / (usage.ru_utime + usage.ru_stime)


def peer(command):
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    _, _, visits, seconds, mean, _ = text.strip().split(",")
    assert abs(float(mean) / THROUGHPUT - 1) < 0.02, text
    return float(visits) / float(seconds)


def widths():
    """The widths this processor has, as Linux tells them."""
    with open("/proc/cpuinfo") as file:
        flags = next(line for line in file if line.startswith("flags")).split()
    return [width for width, flag in (("avx512", "avx512f"), ("avx2", "avx2"), ("sse2", "sse2")) if flag in flags]


def main():
    program, rounds = sys.argv[1], int(sys.argv[2])
    runs = {f"recursion {width}": lambda width=width: ours(program, 256, 50_000, "--simd", width)
            for width in widths()}
    runs["recursion, one replication"] = lambda: ours(program, 1, 4_000_000)
    runs["events"] = lambda: ours(program, 1, 150_000, "--events")
    if len(sys.argv) > 3:
        runs["NeXosim"] = lambda: peer([sys.argv[3], "line", "50000", "20", "4", "1"])
    if len(sys.argv) > 5:
        runs["SimPy"] = lambda: peer([sys.argv[4], sys.argv[5], "10000", "20", "4", "1"])
    speeds = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            speeds[name].append(run())
    medians = {name: statistics.median(all) for name, all in speeds.items()}
    for name, all in speeds.items():
        against = "  ".join(f"{medians[name] / medians[other]:9.1f} x {other}"
                            for other in ("events", "NeXosim", "SimPy") if other in medians and other != name)
        print(f"{name:28} {medians[name] / 1e6:9.3f} M visits/CPU s  ({min(all) / 1e6:.3f} to {max(all) / 1e6:.3f})  {against}")


main()
