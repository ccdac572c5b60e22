package dev.lockdown.graph;

import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.graph.Layout.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A graph laid out: what is drawn where, and what is said of it. Whoever draws it needs to reckon nothing.
///
/// @param frames of the groups
/// @param lines in the order of drawing: what is marked lies on top of what is usual
public record Drawing(int width, int height, List<Frame> frames, List<Spot> nodes, List<Line> lines) {
    public static final int NODE_WIDTH = Layout.NODE_WIDTH;
    public static final int NODE_HEIGHT = Layout.NODE_HEIGHT;
    /// With more edges than these, only what is marked has its label without being pointed at.
    private static final int LABELLED = 80;
    private static final int BELOW = 8;
    private static final int LONGEST_LABEL = 24;

    public Drawing {
        frames = List.copyOf(frames);
        nodes = List.copyOf(nodes);
        lines = List.copyOf(lines);
    }

    public record Frame(String name, int x, int y, int width, int height) {}

    /// A node.
    ///
    /// @param label as much of it as there is room for
    /// @param told the whole, for who does not see the picture
    public record Spot(String label, String told, int x, int y) {}

    /// An edge.
    ///
    /// @param from the number of its node
    /// @param to the same of its other end
    /// @param path of SVG
    /// @param x of the middle of its label
    /// @param isQuiet whether the label is shown only when somebody points at the edge, since it would lie on others
    public record Line(int from, int to, Status status, String told, List<String> reasons, String path, String label, int x, int y,
            boolean isQuiet) {
        public Line {
            reasons = List.copyOf(reasons);
        }
    }

    public static Drawing of(Graph graph) {
        return new Maker(graph).draw();
    }

    static String sentence(Edge edge) {
        return edge.from() + " to " + edge.to() + " on " + String.join(", ", edge.labels()) + ": " + edge.status().word();
    }

    private static final class Maker {
        private final Graph graph;
        private final Layout layout;
        private final Labels labels;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, Ends> ends = new HashMap<>();
        private int detours;
        private int lowest;

        Maker(Graph graph) {
            this.graph = graph;
            this.layout = Layout.of(graph);
            this.labels = new Labels(layout);
            for (var edge : graph.edges()) {
                ends(edge.from()).add(edge);
                ends(edge.to()).add(edge);
            }
        }

        private Ends ends(String node) {
            return ends.computeIfAbsent(node, Ends::new);
        }

        /// The edges at a node, and the place of each among them.
        private static final class Ends {
            private final String node;
            private final Map<Edge, Integer> places = new IdentityHashMap<>();
            private int out;
            private int in;

            Ends(String node) {
                this.node = node;
            }

            void add(Edge edge) {
                if (places.putIfAbsent(edge, places.size()) != null) return;
                if (edge.from().equals(node)) out++;
                if (edge.to().equals(node)) in++;
            }

            /// How far from the middle of the node an edge ends, so that several do not lie on each other.
            int spread(Edge edge) {
                int room = Layout.NODE_HEIGHT - 8;
                return places.size() < 2 ? 0 : Objects.requireNonNull(places.get(edge)) * room / (places.size() - 1) - room / 2;
            }
        }

        Drawing draw() {
            var places =
                layout.places().values().stream().sorted(Comparator.comparing((Place p) -> p.x()).thenComparing(Place::y)).toList();
            var spots = new ArrayList<Spot>();
            for (var place : places) {
                numbers.put(place.node().id(), spots.size());
                spots.add(new Spot(shortened(place.node().label()), described(place.node().id()), place.x(), place.y()));
            }
            var edges = new ArrayList<>(graph.edges());
            edges.sort(Comparator.comparing((Edge e) -> !isUsual(e)));
            boolean labelled = edges.size() <= LABELLED;
            var lines = new ArrayList<Line>();
            // What is marked chooses its place first.
            for (var edge : edges.reversed()) lines.addFirst(line(edge, labelled || !isUsual(edge)));
            return new Drawing(layout.width(), Math.max(layout.height(), lowest + BELOW),
                layout.boxes().stream().map(b -> new Frame(b.group().name(), b.x(), b.y(), b.width(), b.height())).toList(), spots, lines);
        }

        private static boolean isUsual(Edge edge) {
            return edge.status().sign().isEmpty();
        }

        private Line line(Edge edge, boolean labelled) {
            var from = place(edge.from());
            var to = place(edge.to());
            int leaving = ends(edge.from()).spread(edge);
            int arriving = ends(edge.to()).spread(edge);
            var curve = Layout.isNext(from, to) ? Curve.between(from, to, leaving, arriving)
                : Curve.below(from, to, leaving, arriving, layout.below(from, to) + 12 + detours++ % 4 * 13);
            lowest = Math.max(lowest, curve.lowest());
            var text = (edge.status().sign() + " " + shortened(String.join(", ", edge.labels()))).strip();
            var spot = labelled ? labels.place(curve, text, !isUsual(edge)).orElse(null) : null;
            return new Line(number(edge.from()), number(edge.to()), edge.status(), sentence(edge), edge.reasons(), curve.path(), text,
                spot == null ? curve.xAt(50) : spot.x(), spot == null ? curve.yAt(50) : spot.y(), spot == null);
        }

        private int number(String node) {
            return Objects.requireNonNull(numbers.get(node));
        }

        private Place place(String node) {
            return Objects.requireNonNull(layout.places().get(node));
        }

        private String described(String node) {
            var at = ends(node);
            return node + ": reaches " + at.out + ", is reached by " + at.in;
        }

        private static String shortened(String text) {
            return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
        }
    }
}
