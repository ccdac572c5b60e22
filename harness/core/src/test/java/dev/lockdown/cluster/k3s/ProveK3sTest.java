package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the script with a Docker and a launcher that only tell what was asked of them.
@DisplayName("fixtures/ci/prove-k3s.sh")
final class ProveK3sTest {
    private static final Path SCRIPT = Requests.TOP.resolve("fixtures/ci/prove-k3s.sh").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path output;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private record Proof(int status, String said) {}

    @BeforeEach
    void pretend() throws IOException {
        output = Files.createDirectory(folder.resolve("output"));
        program("bin/docker", """
            case "$1 $2" in
                'ps -aq') cat "$FAKE/containers" 2>/dev/null ;;
                'network ls') cat "$FAKE/networks" 2>/dev/null ;;
                'rm --force') echo "docker $*" >>"$FAKE/calls"; grep -q "$4" "$FAKE/containers" ;;
                'network rm') echo "docker $*" >>"$FAKE/calls" ;;
                'version --format') echo 'client 28.2.2, server 28.2.2' ;;
                'info --format') echo 'Debian, kernel 6.12' ;;
                'events --since') echo $$ >>"$FAKE/listening"; echo 0123456789abcdef; exec sleep 60 ;;
                'logs --follow') echo "what node $5 says" ;;
                'image inspect') echo 'rancher/k3s@sha256:abc' ;;
                *) exec true ;;
            esac
            """);
        program("lockdown", """
            echo "lockdown $*" >>"$FAKE/calls"
            case "$*" in
                --version) echo 'lockdown 1'; exit ;;
                *--images*) echo 'images that it needs'; exit ;;
                doctor*) echo 'docker.io/rancher/k3s:v1.36.1-k3s1 will be pulled'; exit "${DOCTOR:-0}" ;;
            esac
            for word; do
                if [ "$before" = --report ]; then mkdir -p "$word/20260101-000000"; echo '{}' >"$word/20260101-000000/report.json"; fi
                before=$word
            done
            # As long as containers take, whose start and words the script hears.
            for word; do
                if [ "$before" = --report ]; then
                    times=0
                    while [ ! -s "${word%/reports}/node-0123456789ab.log" ] && [ $((times += 1)) -lt 200 ]; do sleep 0.1; done
                fi
                before=$word
            done
            case "$*" in
                *--reuse*)
                    echo "${CONTAINER:-c1}" >>"$FAKE/containers"; sort -u -o "$FAKE/containers" "$FAKE/containers"; echo n1 >"$FAKE/networks"
                    [ -z "${FORGETFUL:-}" ] || echo "c$$" >"$FAKE/containers" ;;
                *no-policy*) echo '✗ policies are not enforced: after 30 s still not blocked'; exit "${UNENFORCED:-3}" ;;
                *"${FAILING:-nothing fails}"*) echo 'an expectation failed'; exit 1 ;;
                *"${HANGING:-nothing hangs}"*)
                    trap 'echo "cleaned up" >>"$FAKE/calls"; kill $!; exit 130' INT
                    sleep 60 &
                    echo hangs >"$FAKE/hanging"
                    wait ;;
            esac
            """);
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("LOCKDOWN", folder.resolve("lockdown").toString());
        environment.put("FAKE", folder.toString());
        environment.put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
    }

    @Test
    void runs_every_cni_and_packs_what_came_of_it_into_one_file() throws Exception {
        var proof = prove();
        assertThat(proof.status()).as(proof.said()).isZero();
        var packed = packed();
        assertThat(packed.keySet()).first().asString().endsWith("/summary.txt");
        assertThat(text(packed, "summary.txt")).contains(": 5 of 5 as expected\n", "attach prove-k3s-", "rancher/k3s@sha256:abc")
            .containsPattern("calico +\\| all passes +\\| passed +\\| as expected")
            .containsPattern("no-policy +\\| the canary refuses it +\\| the canary refused it +\\| as expected")
            .containsPattern("calico --reuse +\\| .* +\\| taken over, passed +\\| as expected");
        assertThat(packed.keySet()).map(n -> n.substring(n.indexOf('/') + 1)).contains("versions.txt", "doctor.txt", "calico/output.txt",
            "calico/images.txt", "calico/node-0123456789ab.log", "cilium/command.txt", "flannel/reports/20260101-000000/report.json",
            "reuse-second/output.txt");
        assertThat(calls()).anyMatch(c -> c.startsWith("lockdown run --cluster k3s:cilium --nodes 2 --report ") && c.endsWith(
            "features/default-deny.feature features/dns.feature features/both-sides.feature features/stateful.feature fixtures/ci/prove.feature"));
        assertThat(proof.said()).contains("none: left out", "everything is in " + output);
        assertThat(text(packed, "calico/node-0123456789ab.log")).isEqualTo("what node 0123456789abcdef says\n");
        assertThat(Files.readAllLines(folder.resolve("listening"))).hasSize(6).noneMatch(p -> Files.exists(Path.of("/proc", p)));
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void removes_what_the_runs_with_reuse_left_and_nothing_else() throws Exception {
        Files.writeString(folder.resolve("containers"), "c0\n");
        prove("--cni", "calico");
        assertThat(calls()).contains("docker rm --force --volumes c1", "docker network rm n1").doesNotContain(
            "docker rm --force --volumes c0");
    }

    @Test
    void goes_on_with_the_next_where_one_fails() throws Exception {
        var proof = with("FAILING", "k3s:calico").prove();
        assertThat(proof.status()).isEqualTo(1);
        assertThat(text(packed(), "summary.txt")).contains(": 4 of 5 as expected\n")
            .containsPattern("calico +\\| all passes +\\| an expectation failed +\\| NOT as expected")
            .containsPattern("cilium +\\| all passes +\\| passed +\\| as expected").contains("cilium --reuse");
    }

    @Test
    void takes_containers_over_also_where_features_failed_and_none_passed() throws Exception {
        var proof = with("FAILING", "k3s:calico").prove("--cni", "calico");
        assertThat(proof.status()).isEqualTo(1);
        assertThat(text(packed(), "summary.txt")).contains(": 1 of 2 as expected\n")
            .containsPattern("calico --reuse +\\| .* +\\| taken over, passed +\\| as expected");
    }

    /// A cluster that lets everything through and passes would be the worst.
    @ParameterizedTest
    @CsvSource({"UNENFORCED, 0, passed", "FORGETFUL, 1, the containers were not taken over"})
    void takes_for_no_proof_what_is_none(String variable, String value, String got) throws Exception {
        var proof = with(variable, value).prove();
        assertThat(proof.status()).isEqualTo(1);
        assertThat(text(packed(), "summary.txt")).containsPattern(got + " +\\| NOT as expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void stops_what_runs_and_packs_what_there_is_when_interrupted(String signal) throws Exception {
        exec("mkfifo", folder.resolve("hanging").toString());
        var process = with("HANGING", "k3s:cilium").begin();
        assertThat(Files.readString(folder.resolve("hanging"))).isEqualTo("hangs\n");
        exec("kill", "-" + signal, String.valueOf(process.pid()));
        var proof = end(process);
        assertThat(proof.status()).as(proof.said()).isEqualTo(130);
        assertThat(calls()).last().isEqualTo("cleaned up");
        assertThat(text(packed(), "summary.txt")).contains(": 1 of 1 as expected, and then it was interrupted\n");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void needs_docker_and_says_what_to_do_without() throws Exception {
        Files.delete(folder.resolve("bin/docker"));
        for (var tool : List.of("bash", "dirname", "basename", "paste")) program("few/" + tool, "exec /usr/bin/%s \"$@\"".formatted(tool));
        var proof = with("PATH", folder.resolve("few").toString()).prove();
        assertThat(proof).isEqualTo(new Proof(3, """
            error: there is no docker command here
              install Docker:  https://docs.docker.com/engine/install
            """));
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void needs_a_docker_that_answers() throws Exception {
        program("bin/docker", "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1");
        var proof = prove();
        assertThat(proof.status()).isEqualTo(3);
        assertThat(proof.said()).startsWith(
            "error: Docker cannot be used: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.\n").contains("docker info");
    }

    @Test
    void leaves_it_to_the_launcher_whether_k3s_can_run() throws Exception {
        var proof = with("DOCTOR", "3").prove();
        assertThat(proof.status()).isEqualTo(3);
        assertThat(proof.said()).contains("will be pulled", "error: Lockdown says that k3s cannot run here (status 3)");
        assertThat(output).isEmptyDirectory();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void hands_options_on_to_every_run() throws Exception {
        var charts = Files.createDirectory(folder.resolve("charts"));
        prove("--cni", "none", "--cni=calico@3.31.7", "--k3s-version=1.35.0", "--charts", charts.toString());
        assertThat(calls()).filteredOn(c -> c.startsWith("lockdown run")).hasSize(4).allSatisfy(c -> assertThat(c).contains(
            " --k3s-version 1.35.0 --charts " + charts)).anyMatch(c -> c.contains("k3s:calico@3.31.7 ")).anyMatch(c -> c.contains(
                "k3s:none "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"--cni weave | error: --cni weave: there is none of that name; known: calico cilium flannel no-policy none",
            "--minutes soon | error: --minutes soon; expected a number from 1", "--cni | error: --cni needs a value",
            "--fast 1 | error: unknown option --fast", "calico | error: unknown word \"calico\"",
            "--output /nonexistent | error: --output /nonexistent: there is no such folder to write to"})
    void refuses_what_it_does_not_know(String line, String error) throws Exception {
        var proof = prove(line.strip().split(" "));
        assertThat(proof.status()).isEqualTo(2);
        assertThat(proof.said()).startsWith(error.strip());
    }

    @Test
    void has_help() throws Exception {
        assertThat(prove("--help").said()).startsWith("Usage: fixtures/ci/prove-k3s.sh [OPTIONS]").contains("--k3s-version VERSION",
            "Exit status:");
    }

    private ProveK3sTest with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    private Proof prove(String... options) throws Exception {
        return end(begin(options));
    }

    private Process begin(String... options) throws IOException {
        // Whoever started the tests in the background has the interrupt ignored.
        var command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT", "bash", SCRIPT.toString()));
        if (!List.of(options).contains("--output")) command.addAll(List.of("--output", output.toString()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Proof end(Process process) throws Exception {
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Proof(process.waitFor(), said);
    }

    private static void exec(String... command) throws Exception {
        assertThat(end(new ProcessBuilder(command).redirectErrorStream(true).start()).status()).isZero();
    }

    private void program(String path, String script) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        assertThat(Files.writeString(file, "#!/bin/sh\n" + script).toFile().setExecutable(true)).isTrue();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private Map<String, String> packed() throws IOException {
        try (var files = Files.list(output)) {
            var archive = files.toList();
            assertThat(archive).singleElement().asString().matches(".*/prove-k3s-[0-9]{8}-[0-9]{6}\\.tar\\.gz");
            var packed = new LinkedHashMap<String, String>();
            try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive.getFirst())))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (!entry.isDirectory()) packed.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return packed;
        }
    }

    private static String text(Map<String, String> packed, String ending) {
        return packed.entrySet().stream().filter(p -> p.getKey().endsWith("/" + ending)).map(Map.Entry::getValue).findFirst().orElseThrow();
    }
}
