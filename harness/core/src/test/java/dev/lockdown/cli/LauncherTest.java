package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The launcher")
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    @TempDir
    private Path parent;
    private FakeClone clone;

    @BeforeEach
    void makeClone() throws IOException {
        clone = new FakeClone(parent);
    }

    @Test
    void builds_once_and_then_only_starts() throws Exception {
        assertThat(clone.start("steps").err())
            .matches("(?s)building; .*\nbuilt in \\d+ s\npreparing a faster start, once after a build …\n");
        assertThat(clone.start("steps").err()).isEmpty();
        assertThat(clone.builds()).isEqualTo(1);
    }

    @Test
    void builds_again_when_a_source_changed() throws Exception {
        clone.start("steps");
        clone.change("harness/core/src/main/java/A.java");
        clone.start("steps");
        assertThat(clone.builds()).isEqualTo(2);
    }

    @Test
    void builds_again_when_a_source_was_taken_away() throws Exception {
        clone.start("steps");
        clone.delete("harness/core/src/main/java/B.java");
        clone.start("steps");
        assertThat(clone.builds()).isEqualTo(2);
    }

    @Test
    void builds_again_with_another_jdk() throws Exception {
        clone.start("steps");
        clone.with("JAVA_HOME", clone.fakeJdk("jdk 25.1", "25.1").toString()).start("steps");
        assertThat(clone.builds()).isEqualTo(2);
    }

    @Test
    void starts_nothing_when_the_build_fails_and_shows_why() throws Exception {
        var start = clone.with("BUILD_SAYS", "A.java:1: class expected").start("steps");
        assertThat(start.status()).isEqualTo(70);
        assertThat(start.err()).contains("A.java:1: class expected",
            "error: the build failed; the whole log is " + clone.folder().resolve(".lockdown/build.log"));
        assertThat(start.out()).isEmpty();
    }

    @Test
    void blames_the_environment_when_the_build_cannot_download() throws Exception {
        assertThat(clone.with("BUILD_SAYS", "Could not transfer artifact x").start("steps").status()).isEqualTo(3);
    }

    @Test
    void tries_a_failed_build_again() throws Exception {
        clone.with("BUILD_SAYS", "no").start("steps");
        assertThat(clone.with("BUILD_SAYS", "").start("steps").status()).isZero();
    }

    @Test
    void builds_once_when_started_twice_at_the_same_time() throws Exception {
        var gate = clone.folder().resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
        var first = clone.with("WAIT_FOR", gate.toString()).begin("steps");
        await().until(() -> clone.builds() == 1);
        var second = clone.begin("steps");
        await().until(() -> second.descendants().anyMatch(p -> p.info().command().orElse("").endsWith("flock")));
        Files.writeString(gate, "go\n");
        assertThat(clone.end(first).status()).isZero();
        assertThat(clone.end(second).status()).isZero();
        assertThat(clone.builds()).isEqualTo(1);
    }

    @Test
    void offers_the_cache_of_the_training_run() throws Exception {
        assertThat(clone.start("steps").out())
            .contains("<-XX:AOTCache=%s>".formatted(clone.folder().resolve("harness/core/target/launcher.aot")));
    }

    @Test
    void passes_every_word_as_it_was_typed() throws Exception {
        assertThat(clone.start("run", "--cluster", "k3s", "a b", "", "$HOME", "it's").out()).endsWith("""
            <run>
            <--cluster>
            <k3s>
            <a b>
            <>
            <$HOME>
            <it's>
            """);
    }

    @Test
    void works_through_a_symbolic_link() throws Exception {
        var link = Files.createSymbolicLink(parent.resolve("ld"), clone.folder().resolve("lockdown"));
        assertThat(clone.start(link, "steps").out()).contains("<-Dlockdown.home=%s>".formatted(clone.folder()));
    }

    @Test
    void becomes_the_jvm_so_that_signals_arrive() throws Exception {
        var start = clone.start("run");
        assertThat(start.out()).contains("pid %d\n".formatted(start.process()));
    }

    @Test
    void ends_as_the_jvm_ends() throws Exception {
        assertThat(clone.with("JAVA_EXITS", "4").start("run").status()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run --cluster embedded", "run --cluster=embedded x.feature", "dev bench"})
    void leaves_the_hosts_network_for_the_embedded_cluster(String line) throws Exception {
        assertThat(clone.start(line.split(" ")).out()).contains("network net:").doesNotContain(own());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --cluster k3s", "run --cluster=kubeconfig:lab", "run --help", "steps", "report x", "doctor", "--version"})
    void stays_in_the_hosts_network_for_everything_else(String line) throws Exception {
        assertThat(clone.start(line.split(" ")).out()).contains(own());
    }

    @Test
    void stays_in_the_hosts_network_for_the_cluster_of_the_environment() throws Exception {
        assertThat(clone.with("LOCKDOWN_CLUSTER", "k3s").start("run").out()).contains(own());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --cluster k3s", "run --cluster=k3s:calico@3.32.1", "doctor --sweep"})
    void keeps_the_helpers_of_containers_from_being_pulled(String line) throws Exception {
        assertThat(clone.start(line.split(" ")).out()).contains("helpers of containers off: true true");
    }

    @Test
    void leaves_the_environment_alone_for_the_embedded_cluster() throws Exception {
        assertThat(clone.start("run").out()).contains("helpers of containers off: no no");
    }

    @Test
    void says_what_to_do_where_namespaces_are_forbidden() throws Exception {
        clone.program("bin/unshare", "echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1");
        clone.program("bin/id", "echo 1000");
        var start = clone.start("run");
        assertThat(start.status()).isEqualTo(3);
        assertThat(start.err()).startsWith("error: an ordinary user may not create namespaces here").contains("run as root");
        assertThat(start.out()).isEmpty();
    }

    @Test
    void needs_no_namespace_for_a_cluster_elsewhere() throws Exception {
        clone.program("bin/unshare", "exit 1");
        assertThat(clone.start("run", "--cluster", "kubeconfig").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "134"})
    void blames_the_environment_when_the_jvm_cannot_start(String status) throws Exception {
        var start = clone.with("LOCKDOWN_JAVA_OPTS", "-Xmx1m").with("JAVA_EXITS", status).start("run");
        assertThat(start.status()).isEqualTo(3);
        assertThat(start.err()).contains("the JVM could not start", "options for the JVM: -Xmx1m");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "101, 1", "2, 2", "4, 4", "70, 70", "130, 130"})
    void tells_a_failed_expectation_from_a_failed_jvm(String jvm, int status) throws Exception {
        var start = clone.with("LOCKDOWN_JAVA_OPTS", "-Xmx1m").with("JAVA_EXITS", jvm).start("run", "a b");
        assertThat(start.status()).isEqualTo(status);
        assertThat(start.out()).contains("<-Dlockdown.failed=101>").endsWith("<run>\n<a b>\n");
    }

    @Test
    void says_that_there_are_too_few_descriptors() throws Exception {
        clone.program("few", "ulimit -n 64; exec \"${0%/*}/lockdown\" \"$@\"");
        var start = clone.start(clone.folder().resolve("few"), "steps");
        assertThat(start.status()).isEqualTo(3);
        assertThat(start.err()).startsWith("error: a process may open 64 files here, and 256 are needed");
    }

    @Test
    void sweeps_what_a_killed_training_left() throws Exception {
        clone.start("steps");
        var left = Files.createDirectories(clone.folder().resolve("harness/core/target/training.4194304"));
        Files.writeString(left.resolve("launcher.aot.config"), "half");
        clone.start("steps");
        assertThat(left).doesNotExist();
        assertThat(clone.folder().resolve("harness/core/target")).isDirectoryNotContaining(f -> f.toString().contains("training"));
    }

    private static String own() throws IOException {
        return "network " + Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    }
}
