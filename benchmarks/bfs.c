/* One shortest path between two nodes of an undirected graph in compressed sparse rows, as a C programmer would write it: breadth-first
   from both ends, each time the side whose next level has fewer adjacency entries, marks that carry the number of the search so that
   nothing is ever cleared, and the parent beside the mark so that one cache line serves both. */
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

typedef struct { int32_t mark, parent; } Seen;

typedef struct {
    const int32_t *starts, *neighbors;
    Seen *seen;
    int32_t *queue[2];
    int32_t search;
} Graph;

Graph *bfs_open(const int32_t *starts, const int32_t *neighbors, int32_t nodes)
{
    Graph *graph = malloc(sizeof *graph);
    if (!graph) return NULL;
    *graph = (Graph){starts, neighbors, calloc(nodes, sizeof(Seen)), {malloc(4 * (size_t)nodes), malloc(4 * (size_t)nodes)}, 0};
    return graph;
}

void bfs_close(Graph *graph)
{
    free(graph->seen);
    free(graph->queue[0]);
    free(graph->queue[1]);
    free(graph);
}

/* Writes the path of nodes and returns its number of hops; -1 when there is none within max_hops. */
int32_t bfs_shortest(Graph *graph, int32_t start, int32_t end, int32_t max_hops, int32_t *path)
{
    const int32_t *restrict starts = graph->starts, *restrict neighbors = graph->neighbors;
    Seen *restrict seen = graph->seen;
    const int32_t ends[2] = {start, end}, first = 2 * ++graph->search;
    int32_t begin[2] = {0, 0}, tail[2] = {1, 1}, depth[2] = {0, 0};
    int64_t load[2];
    for (int side = 0; side < 2; side++) {
        graph->queue[side][0] = ends[side];
        seen[ends[side]] = (Seen){first + side, -1};
        load[side] = starts[ends[side] + 1] - starts[ends[side]];
    }
    while (depth[0] + depth[1] < max_hops && begin[0] < tail[0] && begin[1] < tail[1]) {
        const int side = load[0] > load[1];
        const int32_t own = first + side, other = first + 1 - side, level_end = tail[side];
        int32_t *restrict queue = graph->queue[side];
        int32_t write = level_end;
        int64_t entries = 0;
        for (int32_t read = begin[side]; read < level_end; read++) {
            const int32_t node = queue[read];
            for (int32_t entry = starts[node]; entry < starts[node + 1]; entry++) {
                const int32_t neighbor = neighbors[entry], mark = seen[neighbor].mark;
                if (mark < first) {
                    seen[neighbor] = (Seen){own, node};
                    queue[write++] = neighbor;
                    entries += starts[neighbor + 1] - starts[neighbor];
                } else if (mark == other) {
                    const int32_t hops = depth[0] + depth[1] + 1;
                    int32_t left = side ? neighbor : node, right = side ? node : neighbor;
                    for (int32_t at = depth[0]; at >= 0; at--, left = seen[left].parent) path[at] = left;
                    for (int32_t at = depth[0] + 1; at <= hops; at++, right = seen[right].parent) path[at] = right;
                    return hops;
                }
            }
        }
        begin[side] = level_end;
        tail[side] = write;
        load[side] = entries;
        depth[side]++;
    }
    return -1;
}

/* The same for many pairs, each timed here, in nanoseconds: what a caller in C would see. */
void bfs_timed(Graph *graph, const int32_t *pairs, int32_t count, int32_t max_hops, int64_t *nanoseconds, int32_t *path)
{
    struct timespec begun, ended;
    for (int32_t i = 0; i < count; i++) {
        clock_gettime(CLOCK_MONOTONIC, &begun);
        bfs_shortest(graph, pairs[2 * i], pairs[2 * i + 1], max_hops, path);
        clock_gettime(CLOCK_MONOTONIC, &ended);
        nanoseconds[i] = (ended.tv_sec - begun.tv_sec) * 1000000000LL + ended.tv_nsec - begun.tv_nsec;
    }
}
