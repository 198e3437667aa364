"""Sums as a network: each hidden figure is a flow from one sum to another, and its bounds are what can flow."""

from collections import deque
from collections.abc import Mapping, Sequence

from goldthread.domain.disclosure.tables import Key

ANY = 10**9


class Network:
    """Nodes are sums, with one more for the world outside; each edge is a hidden figure and flows from tail to head."""

    def __init__(self, needs: Sequence[int], edges: Mapping[Key, tuple[int, int]], least: Mapping[Key, int]) -> None:
        self._needs = list(needs)
        self._edges = dict(edges)
        self._least = dict(least)
        self._flow = {key: least[key] for key in edges}
        self._out: list[list[tuple[Key, int, bool]]] = [[] for _ in needs]
        for key, (tail, head) in edges.items():
            self._out[tail].append((key, head, True))
            self._out[head].append((key, tail, False))

    def fill(self) -> bool:
        """Find flows that meet every sum. False where there are none."""
        short = list(self._needs)
        for key, (tail, head) in self._edges.items():
            short[head] -= self._flow[key]
            short[tail] += self._flow[key]
        for node in range(len(short)):
            while short[node] > 0:
                source = next((place for place, need in enumerate(short) if need < 0 and self._path(place, node)), None)
                if source is None:
                    return False
                sent = self._send(source, node, min(short[node], -short[source]), None)
                short[node] -= sent
                short[source] += sent
        return not any(short)

    def play(self, key: Key, enough: int) -> tuple[int, int]:
        """The least and the most that one figure can be; with `enough`, no wider than it need be looked for."""
        tail, head = self._edges[key]
        if tail == head:  # in no sum at all
            return self._least[key], ANY
        now, kept = self._flow[key], dict(self._flow)
        room = now - self._least[key]
        down = min(room, self._most(tail, head, enough or ANY, key)) if room else 0
        self._flow = dict(kept)
        wanted = max(0, enough - down) if enough else ANY
        up = self._most(head, tail, wanted, key) if wanted else 0
        self._flow = kept
        return now - down, now + up

    def _most(self, start: int, end: int, wanted: int, but: Key) -> int:
        sent = 0
        while sent < wanted:
            step = self._send(start, end, wanted - sent, but)
            if not step:
                break
            sent += step
        return sent

    def _send(self, start: int, end: int, most: int, but: Key | None) -> int:
        """Send as much as one path holds, up to `most`; 0 where there is none."""
        path = self._path(start, end, but)
        if not path:
            return 0
        amount = min([most, *(self._flow[key] - self._least[key] for key, along in path if not along)])
        for key, along in path:
            self._flow[key] += amount if along else -amount
        return amount

    def _path(self, start: int, end: int, but: Key | None = None) -> list[tuple[Key, bool]]:
        """The shortest way on which more can flow: along an edge always, against one only what flows there."""
        came: dict[int, tuple[int, Key, bool]] = {}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for key, other, along in self._out[node]:
                if key == but or other == start or other in came:
                    continue
                if not along and self._flow[key] <= self._least[key]:
                    continue
                came[other] = (node, key, along)
                if other == end:
                    queue.clear()
                    break
                queue.append(other)
        path, node = [], end
        while node != start:
            if node not in came:
                return []
            node, key, along = came[node]
            path.append((key, along))
        return path


def network_of(rows: Sequence[tuple[Mapping[Key, int], int]], least: Mapping[Key, int]) -> Network | None:
    """The network of some equations, or None where a figure stands in more than two of them, or they do not fit.

    An equation may be turned round; what is looked for is a turning in which every figure that stands in two of them
    stands with opposite signs.
    """
    where: dict[Key, list[int]] = {key: [] for key in least}
    for place, (factors, _) in enumerate(rows):
        for key in factors:
            where[key].append(place)
    if any(len(places) > 2 for places in where.values()):
        return None
    turned = _turning(rows, where)
    if turned is None:
        return None
    outside = len(rows)
    needs = [turn * rest for turn, (_, rest) in zip(turned, rows, strict=True)]
    edges = {}
    for key, places in where.items():
        ends = {turned[place] * rows[place][0][key]: place for place in places}
        edges[key] = (ends.get(-1, outside), ends.get(1, outside))
    return Network([*needs, -sum(needs)], edges, least)


def _turning(rows: Sequence[tuple[Mapping[Key, int], int]], where: Mapping[Key, list[int]]) -> list[int] | None:
    turned = [0] * len(rows)
    for first in range(len(rows)):
        if turned[first]:
            continue
        turned[first] = 1
        queue = deque([first])
        while queue:
            place = queue.popleft()
            for key, factor in rows[place][0].items():
                for other in where[key]:
                    if other == place:
                        continue
                    needed = -turned[place] * factor * rows[other][0][key]
                    if turned[other] == 0:
                        turned[other] = needed
                        queue.append(other)
                    elif turned[other] != needed:
                        return None
    return turned
