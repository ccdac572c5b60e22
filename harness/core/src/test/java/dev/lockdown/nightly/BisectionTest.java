package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bisection")
class BisectionTest {
    private static List<MatrixCell> cells(int versions) {
        var list = IntStream.range(0, versions).mapToObj(i -> "\"3.%d.0\"".formatted(i)).collect(Collectors.joining(", "));
        return Matrix.read(Path.of("m.yaml"), "matrix: {cluster: [k3s], cni: [calico], version: [%s]}".formatted(list), "features").cells();
    }

    /// @param firstBad the place of the first version that fails
    private static Set<String> run(List<MatrixCell> cells, int firstBad) {
        var bisection = new Bisection(cells);
        var failing = new HashMap<String, Set<String>>();
        for (var next = bisection.next(failing); !next.isEmpty(); next = bisection.next(failing))
            for (var cell : next) failing.put(cell.name(), cells.indexOf(cell) < firstBad ? Set.of() : Set.of("scenario"));
        return failing.keySet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 15, 16, 31})
    void runs_the_first_bad_version_and_the_last_good_one_and_few_others(int firstBad) {
        var cells = cells(32);
        var run = run(cells, firstBad);
        assertThat(run).contains(cells.get(firstBad).name(), cells.get(firstBad - 1).name()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void runs_the_ends_alone_where_they_fail_in_the_same() {
        var cells = cells(10);
        assertThat(run(cells, 0)).containsExactlyInAnyOrder(cells.getFirst().name(), cells.getLast().name());
        assertThat(run(cells, 10)).containsExactlyInAnyOrder(cells.getFirst().name(), cells.getLast().name());
    }

    @Test
    void goes_by_the_numbers_of_versions() {
        var cells = cells(12);
        var rows = Bisection.rows(new HashSet<>(cells));
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst()).containsExactlyElementsOf(cells);
    }

    @Test
    void runs_every_cell_that_has_no_version() {
        var cells = Matrix.read(Path.of("m.yaml"), "matrix: {cluster: [embedded], deny: [drop, reject]}", "features").cells();
        assertThat(new Bisection(cells).next(Map.of())).containsExactlyInAnyOrderElementsOf(cells);
    }
}
