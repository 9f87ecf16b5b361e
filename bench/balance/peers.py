"""Side by side: this balancer, DIDP's CABS and CP-SAT on a stratified sample of Otto, Otto and Scholl (2013).

    python -m venv VENV && VENV/bin/pip install didppy ortools
    RINGWORKS_DATA=DIR VENV/bin/python peers.py BENCH_BALANCE SECONDS OUT.csv [SIZE...]

Five instances of each size (20, 50, 100, 1000) and each distribution of task times, by the order of
sha256("2013:name"), so that nobody chose them; SIZE names some of the sizes only. One thread and SECONDS (whole) of CPU time for each run, in a process of
its own; a peer that has not ended by then is ended by the kernel and counts with the best it had told. Its own clock, which
is wall time, gets forty times as much, so that a busy machine does not end it early.

Models: CABS with the SALBP-1 model published with DIDP (Kuroiwa and Beck 2023, "Domain-independent dynamic
programming: generic state space search for combinatorial optimization", ICAPS 33): remaining tasks and room left, LB1
to LB3 as dual bounds. CP-SAT with one Boolean per task and station in its window for n <= 100; for n = 1000, where
these are too many, one interval per task on a line of stations, none across a border.
"""

import csv
import hashlib
import math
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SEED = "2013"
SIZES = ("20", "50", "100", "1000")
EACH = 5


def read(path):
    """Times, arcs (tasks from 0) and cycle time of an .alb file."""
    sections, name = {}, None
    for line in path.read_text(errors="replace").splitlines():
        line = line.strip()
        if line.startswith("<"):
            name = line.strip("<>")
            sections[name] = []
        elif line and name:
            sections[name].append(line)
    times = [int(row.split()[1]) for row in sections["task times"]]
    arcs = [tuple(int(t) - 1 for t in row.split(",")) for row in sections["precedence relations"]]
    return times, arcs, int(sections["cycle time"][0])


def sample(folder):
    """(size, name, distribution) of the instances drawn."""
    drawn = []
    for size in sys.argv[4:] or SIZES:
        with open(folder / f"details_n{size}.csv", newline="") as file:
            rows = list(csv.reader(file))[1:]
        strata = {}
        for row in rows:
            strata.setdefault(row[3], []).append(row[0])
        for kind in sorted(strata):
            order = sorted(strata[kind], key=lambda n: hashlib.sha256(f"{SEED}:{n}".encode()).hexdigest())
            drawn += [(size, name, kind) for name in order[:EACH]]
    return drawn


def cabs(times, arcs, c, seconds, tell):
    import didppy as dp

    n = len(times)
    before = [[] for _ in times]
    for a, b in arcs:
        before[b].append(a)
    model = dp.Model()
    task = model.add_object_type(number=n)
    left = model.add_set_var(object_type=task, target=range(n))
    room = model.add_int_resource_var(target=0, less_is_better=False)
    time_of = model.add_int_table(times)
    ready = [(left & model.create_set_const(object_type=task, value=before[i])).is_empty() for i in range(n)]
    model.add_base_case([left.is_empty()])
    for i in range(n):
        model.add_transition(
            dp.Transition(
                name=str(i),
                cost=dp.IntExpr.state_cost(),
                effects=[(left, left.remove(i)), (room, room - times[i])],
                preconditions=[left.contains(i), room >= times[i], ready[i]],
            )
        )
    model.add_transition(
        dp.Transition(
            name="open",
            cost=1 + dp.IntExpr.state_cost(),
            effects=[(room, c)],
            preconditions=[~left.contains(i) | (room < times[i]) | ~ready[i] for i in range(n)],
        ),
        forced=True,
    )
    model.add_dual_bound(math.ceil((time_of[left] - room) / c))
    above = model.add_int_table([1 if 2 * t > c else 0 for t in times])
    half = model.add_float_table([0.5 if 2 * t == c else 0 for t in times])
    model.add_dual_bound(above[left] + math.ceil(half[left]) - (2 * room >= c).if_then_else(1, 0))
    third = model.add_float_table(
        [1.0 if 3 * t > 2 * c else 2 / 3 - 1e-7 if 3 * t == 2 * c else 0.5 if 3 * t > c else 1 / 3 - 1e-7 if 3 * t == c else 0.0 for t in times]
    )
    model.add_dual_bound(math.ceil(third[left]) - (3 * room >= c).if_then_else(1, 0))
    solver = dp.CABS(model, quiet=True, time_limit=40 * seconds, threads=1)
    while True:
        found, ended = solver.search_next()
        tell((found.cost, found.best_bound, found.is_optimal))
        if ended:
            return


def cpsat(times, arcs, c, seconds, tell):
    from ortools.sat.python import cp_model

    n = len(times)
    after, before = [set() for _ in times], [set() for _ in times]
    for a, b in arcs:
        after[a].add(b)
        before[b].add(a)
    order, open_ = [], [len(b) for b in before]
    ready = [i for i in range(n) if open_[i] == 0]
    while ready:
        i = ready.pop()
        order.append(i)
        for j in after[i]:
            open_[j] -= 1
            if open_[j] == 0:
                ready.append(j)
    for i in reversed(order):
        after[i] = after[i].union(*(after[j] for j in after[i]))
    for i in order:
        before[i] = before[i].union(*(before[j] for j in before[i]))
    stations, room = 0, 0
    for i in order:
        if times[i] > room:
            stations, room = stations + 1, c
        room -= times[i]
    first = [math.ceil((sum(times[j] for j in before[i]) + times[i]) / c) - 1 for i in range(n)]
    last = [stations - math.ceil((sum(times[j] for j in after[i]) + times[i]) / c) for i in range(n)]
    model = cp_model.CpModel()
    used = model.new_int_var(math.ceil(sum(times) / c), stations, "stations")
    place = [model.new_int_var(first[i], last[i], f"s{i}") for i in range(n)]
    for a, b in arcs:
        model.add(place[a] <= place[b])
    for i in range(n):
        model.add(place[i] < used)
    if n <= 100:
        at = [{s: model.new_bool_var("") for s in range(first[i], last[i] + 1)} for i in range(n)]
        for i in range(n):
            model.add_exactly_one(at[i].values())
            model.add(place[i] == sum(s * x for s, x in at[i].items()))
        for s in range(stations):
            model.add(sum(times[i] * at[i][s] for i in range(n) if s in at[i]) <= c)
    else:
        begin = [model.new_int_var(0, stations * c, "") for _ in range(n)]
        for i in range(n):
            model.add(begin[i] >= c * place[i])
            model.add(begin[i] + times[i] <= c * place[i] + c)
        model.add_no_overlap([model.new_fixed_size_interval_var(begin[i], times[i], "") for i in range(n)])
        for a, b in arcs:
            model.add(begin[a] + times[a] <= begin[b])
    model.minimize(used)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 40 * seconds

    class Tell(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            tell((round(self.objective_value), round(self.best_objective_bound), False))

    status = solver.solve(model, Tell())
    value = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    tell((value, round(solver.best_objective_bound), status == cp_model.OPTIMAL))


def child(solver, path, seconds, pipe):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    def tell(answer):
        use = resource.getrusage(resource.RUSAGE_SELF)
        pipe.send((*answer, use.ru_utime + use.ru_stime, use.ru_maxrss // 1024))

    solver(*read(path), seconds, tell)


def peer(solver, path, seconds):
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=child, args=(solver, path, seconds, there))
    process.start()
    there.close()
    answer = (None, None, False, 0.0, 0)
    while True:
        try:
            answer = here.recv()
        except EOFError:
            break
    process.join()
    value, bound, proven, cpu, memory = answer
    return value, bound, proven, cpu if proven else float(seconds), memory


def ours(binary, size, name, kind, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(f"{name}:{kind.replace(' ', '-')}\n")
        file.flush()
        run = subprocess.run([binary, f"otto{size}", str(seconds), f"@{file.name}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    cells = run.stdout.splitlines()[1].split(",")
    # The peak that the program read of itself: `ru_maxrss` would still hold the Python that forked it.
    return int(cells[2]), int(cells[3]), cells[1] == "Optimal", float(cells[6]), int(cells[10])


def main():
    # Here, so that no run pays for loading them.
    import didppy  # noqa: F401
    from ortools.sat.python import cp_model  # noqa: F401

    binary, seconds, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    folder = Path(os.environ["RINGWORKS_DATA"]) / "line-balancing/otto2013"
    table = {}
    with open(out, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["n", "instance", "distribution", "solver", "stations", "bound", "proven", "cpu_s", "memory_mb"])
        for size, name, kind in sample(folder):
            path = folder / f"n{size}" / f"{name}.alb"
            answers = {
                "ringworks": ours(binary, size, name, kind, seconds),
                "cabs": peer(cabs, path, seconds),
                "cp-sat": peer(cpsat, path, seconds),
            }
            values = [a[0] for a in answers.values() if a[2]]
            assert len(set(values)) <= 1, f"{name}: two proofs that differ: {answers}"
            for solver, (value, bound, proven, cpu, memory) in answers.items():
                writer.writerow([size, name, kind, solver, value, bound, int(proven), f"{cpu:.3f}", memory])
                row = table.setdefault((size, re.sub(r"\W+", " ", kind).strip(), solver), [0, 0, 0.0, 0])
                row[0] += 1
                row[1] += proven
                row[2] += cpu
                row[3] = max(row[3], memory)
            file.flush()
    for (size, kind, solver), (count, proven, cpu, memory) in table.items():
        print(f"n={size} {kind}: {solver} proves {proven} of {count}, mean {cpu / count:.2f} CPU s, at most {memory} MB")


if __name__ == "__main__":
    main()
