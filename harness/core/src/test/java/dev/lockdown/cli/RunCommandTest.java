package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("What run is asked to do")
class RunCommandTest {
    private static final Path HOME = Path.of("/clone");

    @Test
    void is_the_clones_features_on_the_embedded_cluster_by_default() {
        var options = options(Map.of());
        assertThat(options.selections()).containsExactly("/clone/features");
        assertThat(options.cluster().choice()).isEqualTo(new ClusterChoice.Embedded());
        assertThat(options.reports()).isEqualTo(Path.of("/clone/reports"));
    }

    @Test
    void is_the_clones_features_where_only_tags_are_named() {
        assertThat(options(Map.of(), "@dns").selections()).containsExactly("/clone/features", "@dns");
    }

    @Test
    void is_what_was_named() {
        assertThat(options(Map.of(), "mine.feature:3", "@dns").selections()).containsExactly("mine.feature:3", "@dns");
    }

    @Test
    void takes_the_cluster_of_the_environment() {
        assertThat(options(Map.of("LOCKDOWN_CLUSTER", "k3s")).cluster().choice()).isEqualTo(new ClusterChoice.K3s(null, null));
    }

    @Test
    void takes_the_cluster_that_was_typed_before_that_of_the_environment() {
        assertThat(options(Map.of("LOCKDOWN_CLUSTER", "k3s"), "--cluster", "kubeconfig", "--context=lab").cluster().choice())
            .isEqualTo(new ClusterChoice.Kubeconfig("lab"));
    }

    @Test
    void remembers_how_it_was_typed() {
        assertThat(options(Map.of(), "--seed", "7", "x.feature").command())
            .isEqualTo(List.of("./lockdown", "run", "--seed", "7", "x.feature"));
    }

    @Test
    void is_typed_again_as_it_was_called() {
        assertThat(options(Map.of("LOCKDOWN_COMMAND", "../clone/lockdown"), "x.feature").command())
            .isEqualTo(List.of("../clone/lockdown", "run", "x.feature"));
    }

    @Test
    void is_reported_beside_ones_own_features_outside_of_the_clone() {
        assertThat(options(Map.of(), "app/shop.feature:7").reports()).isEqualTo(Path.of("app/reports"));
        assertThat(options(Map.of(), "shop.feature").reports()).isEqualTo(Path.of("reports"));
        assertThat(options(Map.of(), ".").reports()).isEqualTo(Path.of("reports"));
        assertThat(options(Map.of(), "src", "@dns").reports()).isEqualTo(Path.of("reports"));
        assertThat(options(Map.of(), "shop.feature", "--report", "there").reports()).isEqualTo(Path.of("there"));
    }

    @Test
    void may_be_what_did_not_pass_in_the_newest_of_a_folder_of_runs(@TempDir Path folder) throws IOException {
        for (var id : List.of("20261128-090000", "20261128-090001", "20261127-235959"))
            Files.createFile(Files.createDirectory(folder.resolve(id)).resolve("journal.jsonl"));
        assertThat(options(Map.of(), "--failed", "--report", folder.toString()).failedOf()).isEqualTo(folder.resolve("20261128-090001"));
        assertThat(options(Map.of(), "--failed", "r/1").failedOf()).isEqualTo(Path.of("r/1"));
        assertThat(options(Map.of()).failedOf()).isNull();
    }

    @Test
    void that_did_not_pass_is_reported_beside_the_run_that_it_comes_from() {
        assertThat(options(Map.of(), "--failed", "/shop/out/20261128-090000").reports()).isEqualTo(Path.of("/shop/out"));
        assertThat(options(Map.of(), "--failed", "out/20261128-090000").reports()).isEqualTo(Path.of("out"));
        assertThatThrownBy(() -> options(Map.of(), "--failed", "r/1", "a.feature"))
            .hasMessage("--failed takes what to run from an earlier run; leave out a.feature");
    }

    private static RunOptions options(Map<String, String> environment, String... words) {
        var command = new RunCommand(new Typist(HOME).context(), environment);
        var line = new CommandLine(new LockdownCommand().spec().addSubcommand("run", command.spec()));
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        return command.options(line.parseArgs(all.toArray(String[]::new)).subcommand());
    }
}
