"""The next shortest paths when some are known: Lawler's partition of all other paths, one search for each part.

The paths known so far form a tree of beginnings. Every other path leaves that tree at exactly one node: it shares a beginning with some
known path and then takes a hop that no known path with that beginning takes (J. Y. Yen, Management Science 17, 1971; E. L. Lawler,
Management Science 18, 1972). So the least paths of each part are found by one search from both ends that keeps off the beginning
and off the hops taken, and the least of all parts are next. Each search costs what a shortest path costs, so the time grows with the
number of paths, not with that of walks that lead nowhere.

Stamps in ``marks`` are those of ``plain_kernel``; ``base + 3 * span`` bars a node and ``base + 3 * span + 1`` a first hop, so
that a search takes ``4 * span`` stamps (``span = max_hops + 1``).
"""

from __future__ import annotations

from typing import NamedTuple

from graph.kernels.arrays import DONE, MET, STOPPED, Flags, Found, Int32s, Int64s, Job
from graph.kernels.compiled import compiled
from graph.paths.search.plain_kernel import count_from_start, count_to_end, cross, expand, gather_to_end, write_shortest

FREE = -1
"""What a mark is set back to; below every base."""


class KnownPaths(NamedTuple):
    """The paths known so far, in the order of their nodes' numbers, and their lengths in hops."""

    paths: Int32s
    hops: Int64s


class Next(NamedTuple):
    """Where the next paths are written: ``paths`` has a place for each that is still wanted, ``part`` for those of one part. ``layers``,
    ``steps`` and ``taken`` are work space."""

    paths: Int32s
    part: Int32s
    layers: Int64s
    steps: Int64s
    taken: Flags


@compiled
def first_level(job: Job, base: int, span: int, node: int, end: int) -> tuple[int, int, int]:
    """Walks the first hops from ``node``, barred ones apart. Returns whether one leads to the end, how many nodes they reach (in
    ``queue_a``, stamped ``base + 1``) and their adjacency entries."""
    starts, neighbors, codes, kinds = job.adjacency
    allowed, marks, queue = job.allowed, job.scratch.marks, job.scratch.queue_a
    job.budget[0] -= starts[node + 1] - starts[node]
    tail, load = 0, 0
    direct = 0
    for entry in range(starts[node], starts[node + 1]):
        neighbor = neighbors[entry]
        if not (allowed.every_code or allowed.codes[codes[entry]]):
            continue
        if neighbor == end:
            if marks[end] != base + 3 * span + 1:
                direct = 1
        elif marks[neighbor] < base and allowed.kinds[kinds[neighbor]]:
            degree = starts[neighbor + 1] - starts[neighbor]
            if degree > allowed.degree:
                job.budget[2] = 1
                continue
            marks[neighbor] = base + 1
            queue[tail] = neighbor
            tail += 1
            load += degree
    return direct, tail, load


@compiled
def meet(job: Job, base: int, span: int, ends: tuple[int, int], level: tuple[int, int], max_hops: int) -> Found:
    """As ``graph.paths.search.plain_kernel.search``, from the ``level`` (its end, its entries) one hop after the start."""
    marks, queue_a, queue_b, starts = job.scratch.marks, job.scratch.queue_a, job.scratch.queue_b, job.adjacency.starts
    end = ends[1]
    marks[end] = base + span
    queue_b[0] = end
    begin_a, end_a, begin_b, end_b = 0, level[0], 0, 1
    load_a, load_b = level[1], starts[end + 1] - starts[end]
    depth_a, depth_b = 1, 0
    while depth_a + depth_b < max_hops and begin_a < end_a and begin_b < end_b:
        forward = load_a <= load_b
        if forward:
            stamps = (base, base + depth_a + 1, base + span, base + 2 * span)
            status, tail, load, near, far = expand(job, queue_a, (begin_a, end_a), stamps, 0)
        else:
            stamps = (base, base + span + depth_b + 1, base, base + span)
            status, tail, load, near, far = expand(job, queue_b, (begin_b, end_b), stamps, 1)
        if status != DONE:
            left, right = (near, far) if forward else (far, near)
            return Found(status, depth_a + depth_b + 1, False, depth_a, begin_a, end_a, depth_b, begin_b, end_b, left, right)
        if forward:
            begin_a, end_a, load_a, depth_a = end_a, tail, load, depth_a + 1
        else:
            begin_b, end_b, load_b, depth_b = end_b, tail, load, depth_b + 1
    return Found(DONE, 0, begin_a < end_a and begin_b < end_b, depth_a, begin_a, end_a, depth_b, begin_b, end_b, -1, -1)


@compiled
def begin_part(job: Job, stamp: int, known: KnownPaths, at: tuple[int, int], taken: Flags) -> bool:
    """Bars the beginning of a known path up to a place (``at``) with ``stamp``, and the hops that known paths take after it with the next
    one. False when an earlier path has the same beginning, whose part this is then."""
    marks = job.scratch.marks
    path, place = at
    for other in range(len(known.hops)):
        same = known.hops[other] > place
        for position in range(place + 1):
            if same and known.paths[other, position] != known.paths[path, position]:
                same = False
        taken[other] = same
        if same and other < path:
            return False
    for other in range(len(known.hops)):
        if taken[other]:
            marks[known.paths[other, place + 1]] = stamp + 1
    for position in range(place + 1):
        marks[known.paths[path, position]] = stamp
    return True


@compiled
def free_hops(job: Job, known: KnownPaths, place: int, taken: Flags) -> None:
    """Lets the nodes that ``begin_part`` barred as first hops be reached by other ways."""
    for other in range(len(known.hops)):
        if taken[other]:
            job.scratch.marks[known.paths[other, place + 1]] = FREE


@compiled
def write_part(job: Job, base: int, span: int, start: int, found: Found, out: Next) -> int:
    """Writes the shortest paths of a part, from the node where it begins, into ``out.part``. Returns how many, or -1 when stopped."""
    job.scratch.marks[start] = base
    crossing = cross(job, base, found, span)
    out.layers[0], out.layers[1] = 0, crossing
    if crossing < 0 or not gather_to_end(job, base, found, span, out.layers):
        return -1
    count_to_end(job, base, found, span, out.layers)
    if not count_from_start(job, base, found, span, crossing):
        return -1
    wanted = min(len(out.part), job.scratch.ways[start])
    written = write_shortest(job, base + 2 * span, start, out.part[:wanted, : found.hops + 1], out.steps[:, : found.hops + 1])
    return written if written == wanted else -1


@compiled
def less(one: Int32s, other: Int32s, length: int) -> bool:
    """Whether one path comes before another of the same length."""
    for position in range(length):
        if one[position] != other[position]:
            return bool(one[position] < other[position])
    return False


@compiled
def keep(known: KnownPaths, at: tuple[int, int], written: int, hops: int, count: int, out: Next) -> int:
    """Puts the paths of the part that begins ``at`` a place of a known path among those kept, which stay in order; what comes after the
    last place falls out. Returns how many are kept."""
    path, place = at
    row = out.paths[len(out.paths) - 1].copy()
    for number in range(written):
        row[:place] = known.paths[path, :place]
        row[place : hops + 1] = out.part[number, : hops + 1 - place]
        position = count
        while position > 0 and less(row, out.paths[position - 1], hops + 1):
            position -= 1
        if position == len(out.paths):
            break
        count = min(count + 1, len(out.paths))
        for after in range(count - 1, position, -1):
            out.paths[after, : hops + 1] = out.paths[after - 1, : hops + 1]
        out.paths[position, : hops + 1] = row[: hops + 1]
    return count


@compiled
def next_paths(job: Job, base: int, ends: tuple[int, int], max_hops: int, known: KnownPaths, out: Next) -> tuple[int, int, int]:
    """The shortest paths that are not known. Returns the status, their number of hops (0 = there is none within ``max_hops``) and how many
    were written into ``out.paths``: the first ones in order. ``base`` begins ``4 * span`` stamps for each hop of each known path."""
    span = max_hops + 1
    least, count = 0, 0
    for path in range(len(known.hops)):
        for place in range(known.hops[path]):
            if job.budget[0] < 0 or job.budget[1] != 0:
                return STOPPED, least, count
            most = (least if least else max_hops) - place
            if most < 1:
                break
            if not begin_part(job, base + 3 * span, known, (path, place), out.taken):
                continue
            start = known.paths[path, place]
            direct, tail, load = first_level(job, base, span, start, ends[1])
            free_hops(job, known, place, out.taken)
            hops, written = 1, 1
            if direct:
                out.part[0, 0], out.part[0, 1] = start, ends[1]
            else:
                found = meet(job, base, span, (start, ends[1]), (tail, load), most)
                if found.status == STOPPED:
                    return STOPPED, least, count
                hops, written = found.hops, 0
                if found.status == MET:
                    written = write_part(job, base, span, start, found, out)
                    if written < 0:
                        return STOPPED, least, count
            base += 4 * span
            if written and (least == 0 or place + hops < least):
                least, count = place + hops, 0
            if written:
                count = keep(known, (path, place), written, place + hops, count, out)
    return DONE, least, count
