package dev.lockdown.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// Ends of flows in groups, and what goes between them.
///
/// ```java
/// var graph = new Graph(List.of(new Group("shop", List.of(new Node("shop/web", "web ×3"), new Node("shop/db", "db")))),
///     List.of(new Edge("shop/web", "shop/db", List.of("TCP/5432"), Status.OPENED, List.of("by shop/db ingress[0]"))));
/// GraphHtml.fragment(graph);
/// ```
public record Graph(List<Group> groups, List<Edge> edges) {
    public Graph {
        groups = List.copyOf(groups);
        edges = List.copyOf(edges);
        var known = new HashSet<String>();
        for (var group : groups)
            for (var node : group.nodes())
                if (!known.add(node.id())) throw new IllegalArgumentException("node \"%s\" is there twice".formatted(node.id()));
        for (var edge : edges)
            if (!known.contains(edge.from()) || !known.contains(edge.to()))
                throw new IllegalArgumentException("%s to %s has an end that is no node".formatted(edge.from(), edge.to()));
    }

    /// @param name of the namespace, or what else is drawn together
    public record Group(String name, List<Node> nodes) {
        public Group {
            nodes = List.copyOf(nodes);
        }
    }

    /// @param id by which edges name it, and what it is called where its group is not seen
    /// @param label within its group
    public record Node(String id, String label) {}

    /// @param labels short, one for each port
    /// @param reasons lines that are shown on demand
    public record Edge(String from, String to, List<String> labels, Status status, List<String> reasons) {
        public Edge {
            labels = List.copyOf(labels);
            reasons = List.copyOf(reasons);
        }
    }

    /// What an edge says. Each has a sign and a line of its own, since colours are not seen by all.
    public enum Status {
        ALLOWED("allowed", "", ""),
        /// To some backends of a Service and not to others.
        SOME("allowed to some", "±", "8 3"),
        /// The API leaves it to the implementation.
        OPEN_QUESTION("left open by the API", "?", "2 4"),
        /// A change opened it.
        OPENED("opened", "+", ""),
        /// A change shut it.
        SHUT("shut", "−", "7 5"),
        /// What was seen is not what the policies demand.
        DIFFERS("not as expected", "≠", "10 3 2 3"),
        /// It was tried and could not be decided.
        UNDECIDED("undecided", "!", "1 4"),
        /// Somebody needs it, and it does not work.
        BROKEN("broken", "✗", "6 4"),
        /// It was broken, and works again.
        HEALED("healed", "✓", ""),
        /// Somebody needs it, and nobody could try it.
        UNPROVEN("not proven", "?", "1 6"),
        /// It works, and nobody needs it.
        UNNEEDED("open, and nobody needs it", "+", "14 4");

        private final String word;
        private final String sign;
        private final String dashes;

        Status(String word, String sign, String dashes) {
            this.word = word;
            this.sign = sign;
            this.dashes = dashes;
        }

        public String word() {
            return word;
        }

        /// One character, or none for what is usual.
        public String sign() {
            return sign;
        }

        /// The pattern of its line, as SVG has it; empty for a whole one.
        public String dashes() {
            return dashes;
        }

        /// The class that styles it.
        public String style() {
            return "is-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
