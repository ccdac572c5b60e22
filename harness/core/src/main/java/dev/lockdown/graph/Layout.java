package dev.lockdown.graph;

import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where everything stands, the same for the same graph: groups as boxes in rows, whoever sends more stands further left and higher.
record Layout(List<Box> boxes, Map<String, Place> places, int width, int height) {
    static final int NODE_WIDTH = 196;
    static final int NODE_HEIGHT = 30;
    private static final int NODE_GAP = 16;
    /// Between two columns of nodes, where edges and their labels go.
    private static final int COLUMN_GAP = 140;
    private static final int PAD = 14;
    private static final int HEAD = 32;
    private static final int ROW_GAP = 40;
    private static final int MARGIN = 16;
    /// For edges that leave and arrive on the same side.
    private static final int SIDE = 120;
    /// Room below for edges that go around what stands between their ends.
    private static final int DETOUR = 72;
    private static final int MOST_COLUMNS = 4;
    private static final int TALLEST = 3;

    record Box(Group group, int x, int y, int width, int height) {}

    /// @param x of the left upper corner
    record Place(Node node, int x, int y) {
        int middle() {
            return y + NODE_HEIGHT / 2;
        }

        int right() {
            return x + NODE_WIDTH;
        }
    }

    static Layout of(Graph graph) {
        var balance = new HashMap<String, Integer>();
        graph.edges().forEach(e -> {
            balance.merge(e.from(), 1, Integer::sum);
            balance.merge(e.to(), -1, Integer::sum);
        });
        var groups = graph.groups().stream().filter(g -> !g.nodes().isEmpty())
            .sorted(Comparator.comparingInt((Group g) -> -g.nodes().stream().mapToInt(n -> balance.getOrDefault(n.id(), 0)).sum())
                .thenComparing(Group::name))
            .toList();
        var boxes = new ArrayList<Box>();
        var places = new HashMap<String, Place>();
        int x = MARGIN;
        int y = MARGIN;
        int used = 0;
        int bottom = y;
        int right = x;
        for (var group : groups) {
            int columns = columns(group);
            if (used > 0 && used + columns > MOST_COLUMNS) {
                x = MARGIN;
                y = bottom + ROW_GAP;
                used = 0;
            }
            var box = place(group, columns, x, y, balance, places);
            boxes.add(box);
            used += columns;
            x += box.width() + COLUMN_GAP - 2 * PAD;
            bottom = Math.max(bottom, y + box.height());
            right = Math.max(right, box.x() + box.width());
        }
        boolean around = graph.edges().stream().anyMatch(e -> !isNext(at(places, e.from()), at(places, e.to())));
        return new Layout(boxes, places, right + SIDE, bottom + (around ? DETOUR : MARGIN));
    }

    private static Place at(Map<String, Place> places, String node) {
        return Objects.requireNonNull(places.get(node));
    }

    /// Whether nothing stands between two nodes: they are in one column or in neighbouring ones.
    static boolean isNext(Place from, Place to) {
        return Math.abs(from.x - to.x) <= NODE_WIDTH + COLUMN_GAP;
    }

    /// The lower edge of all that stands between two nodes in their row, ends included.
    int below(Place from, Place to) {
        int left = Math.min(from.x, to.x);
        int right = Math.max(from.right(), to.right());
        int top = Math.max(from.y, to.y);
        return boxes.stream().filter(b -> b.x < right && b.x + b.width > left && b.y <= top).mapToInt(b -> b.y + b.height).max()
            .orElse(top);
    }

    private static int columns(Group group) {
        return Math.min(MOST_COLUMNS, group.nodes().size() <= TALLEST ? 1 : group.nodes().size() <= 4 * TALLEST ? 2 : 3);
    }

    private static Box place(Group group, int columns, int x, int y, Map<String, Integer> balance, Map<String, Place> places) {
        var nodes = group.nodes().stream()
            .sorted(Comparator.comparingInt((Node n) -> -balance.getOrDefault(n.id(), 0)).thenComparing(Node::label)).toList();
        int tallest = 0;
        for (int column = 0; column < columns; column++) {
            var here = nodes.subList(nodes.size() * column / columns, nodes.size() * (column + 1) / columns);
            // Every second column stands half a step lower, so that edges to the next but one do not run along a row.
            int top = y + HEAD + column % 2 * (NODE_HEIGHT + NODE_GAP) / 2;
            for (var node : here) {
                places.put(node.id(), new Place(node, x + PAD + column * (NODE_WIDTH + COLUMN_GAP), top));
                top += NODE_HEIGHT + NODE_GAP;
            }
            tallest = Math.max(tallest, top - NODE_GAP);
        }
        return new Box(group, x, y, 2 * PAD + columns * NODE_WIDTH + (columns - 1) * COLUMN_GAP, tallest + PAD - y);
    }
}
