"""Dual values of a cheapest flow: they prove it cheapest, and they say which arcs every cheapest flow shares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xlpy.assignment.network import Network
from xlpy.assignment.problem import Whole


def potentials(network: Network, cost: Whole, flow: Whole) -> Whole:
    """Return a potential per node under which no residual arc has a negative reduced cost.

    They are shortest distances in the residual graph (Bellman and Ford, only from what changed in the round before).
    For a flow that is not cheapest there are none: raises ValueError.
    """
    forward, back = np.flatnonzero(flow < network.high), np.flatnonzero(flow > network.low)
    start = np.concatenate([network.tail[forward], network.head[back]])
    order = np.argsort(start, kind="stable")
    end = np.concatenate([network.head[forward], network.tail[back]])[order]
    length = np.concatenate([cost[forward], -cost[back]])[order]
    nodes = network.source + 2
    first = np.concatenate([[0], np.cumsum(np.bincount(start, minlength=nodes))])
    distance = np.zeros(nodes, dtype=np.int64)
    changed = np.arange(nodes)
    for _ in range(nodes + 1):
        if not len(changed):
            return distance
        arcs, owner = _arcs_from(first, changed)
        reached, before = end[arcs], distance.copy()
        np.minimum.at(distance, reached, before[owner] + length[arcs])
        changed = np.flatnonzero(distance < before)
    raise ValueError("the flow is not a cheapest one")


def _arcs_from(first: Whole, nodes: Whole) -> tuple[Whole, Whole]:
    """The arcs that leave these nodes, and for each of them its node."""
    counts = first[nodes + 1] - first[nodes]
    ends = np.cumsum(counts)
    within = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts)
    return np.repeat(first[nodes], counts) + within, np.repeat(nodes, counts)


def reduced(network: Network, cost: Whole, potential: Whole) -> Whole:
    """Return the reduced cost of every arc."""
    return np.asarray(cost + potential[network.tail] - potential[network.head])


def tightened(network: Network, cost: Whole, flow: Whole, potential: Whole) -> Network:
    """Return the network whose flows, of the same amount, are exactly the cheapest flows of this one.

    By complementary slackness an arc of positive reduced cost is empty in each of them, one of negative is full.
    """
    settled = reduced(network, cost, potential) != 0
    return replace(network, low=np.where(settled, flow, network.low), high=np.where(settled, flow, network.high))
