"""Places safety stock on trees with stockpyl and with bench-plan, turn by turn: the same cost, and both times.

    python bench/plan/stockpyl_trees.py PATH/TO/bench-plan RATE FILE...

Stage files as `bench-plan stock` reads them; holding costs RATE of the value all stages so far have added.
"""
import subprocess
import sys
import time

from stockpyl.gsm_tree import optimize_committed_service_times
from stockpyl.supply_chain_network import SupplyChainNetwork
from stockpyl.supply_chain_node import SupplyChainNode
from stockpyl.demand_source import DemandSource


def tree(path, rate):
    rows = [line.split(",") for line in open(path).read().splitlines()[1:] if line.strip()]
    ids = {row[0]: at for at, row in enumerate(rows)}
    ups = {row[0]: [row[at] for at in range(8, len(row), 2) if row[at]] for row in rows}
    added = {row[0]: float(row[3]) for row in rows}

    def value(name):
        return added[name] + sum(value(up) for up in ups[name])

    network = SupplyChainNetwork()
    for row in rows:
        node = SupplyChainNode(index=ids[row[0]])
        node.processing_time = int(row[1])
        node.local_holding_cost = rate * value(row[0])
        if row[2]:
            node.external_outbound_cst = int(row[2])
        if len(row) > 6 and row[6]:
            node.demand_source = DemandSource(type="N", mean=float(row[5]), standard_deviation=float(row[6]))
            node.demand_bound_constant = float(row[7])
        network.add_node(node)
    for name in ids:
        for up in ups[name]:
            network.add_edge(ids[up], ids[name])
    return network


def main():
    bench, rate = sys.argv[1], sys.argv[2]
    for path in sys.argv[3:]:
        network = tree(path, float(rate))
        took = []
        for _ in range(3):
            start = time.process_time()
            _, cost = optimize_committed_service_times(network)
            took.append(time.process_time() - start)
        told = subprocess.run([bench, "stock", "--rate", rate, "--repeat", "20000", path], capture_output=True, text=True, check=True)
        ours = told.stdout.splitlines()[1].split()
        assert abs(float(ours[3]) - cost) <= 0.01 + 1e-9 * cost, (path, ours, cost)
        print(f"{ours[0]:<28} cost {cost:14.2f}, stockpyl {min(took):9.5f} s, bench-plan {ours[-1]} s CPU")


main()
