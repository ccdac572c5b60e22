package dev.lockdown.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.graph.Labels.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A crowded graph")
class CrowdedGraphTest {

    /// @param step by which each next edge lies in the list of all that there could be
    static Graph of(int namespaces, int workloads, int edges, int step) {
        var groups = IntStream.range(0, namespaces).mapToObj(n -> new Group("namespace-" + n,
            IntStream.range(0, workloads / namespaces).mapToObj(w -> new Node(id(n, w), "workload-%s ×3".formatted(w))).toList())).toList();
        var names = groups.stream().flatMap(g -> g.nodes().stream()).map(Node::id).toList();
        var pairs = names.stream().flatMap(f -> names.stream().filter(t -> !t.equals(f)).map(t -> List.of(f, t))).toList();
        var lines = IntStream.range(0, edges).mapToObj(e -> {
            var ends = pairs.get(e * step % pairs.size());
            var status = Status.values()[e % 7 == 0 ? e % 4 + 2 : 0];
            return new Edge(ends.getFirst(), ends.getLast(), List.of("TCP/8080", "UDP/53"), status, List.of());
        }).toList();
        return new Graph(groups, lines);
    }

    private static String id(int namespace, int workload) {
        return "namespace-%s/workload-%s".formatted(namespace, workload);
    }

    @ParameterizedTest
    @CsvSource({"5, 30, 45, 19", "5, 30, 90, 7", "1, 12, 24, 5", "2, 4, 8, 1", "8, 64, 240, 13", "3, 9, 40, 1"})
    void has_no_label_on_another_or_on_a_node(int namespaces, int workloads, int edges, int step) {
        var drawing = Drawing.of(of(namespaces, workloads, edges, step));
        var areas = new ArrayList<Area>();
        for (var node : drawing.nodes())
            areas.add(new Area(node.x(), node.y(), node.x() + Drawing.NODE_WIDTH, node.y() + Drawing.NODE_HEIGHT));
        for (var line : drawing.lines()) {
            if (line.isQuiet()) continue;
            var area = new Labels.Spot(line.x(), line.y()).area(line.label());
            assertThat(areas).as(line.told()).noneMatch(area::touches);
            areas.add(area);
        }
        assertThat(drawing.lines()).filteredOn(l -> !l.status().sign().isEmpty()).isNotEmpty().noneMatch(Drawing.Line::isQuiet);
    }

    @Test
    void shows_most_of_its_labels_at_once() {
        assertThat(Drawing.of(of(5, 30, 45, 19)).lines()).filteredOn(l -> !l.isQuiet()).hasSizeGreaterThan(36);
    }
}
