package dev.lockdown.cluster.kubernetes.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// With the iptables of this machine, in the network namespace of this process.
@NamespacesAvailable
@DisplayName("The script that cuts a machine off")
class ApiCutScriptTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/iptables")), "there is no iptables to cut by");
        server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        if (server == null) return;
        run("clear", "lockdown-api-test-").onExit().join();
        server.close();
    }

    private Process run(String... arguments) throws IOException {
        try (var script = Objects.requireNonNull(ApiCuts.class.getResourceAsStream("api-cut.sh"))) {
            var command = new ArrayList<>(List.of("sh", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8), "api-cut"));
            command.addAll(List.of(arguments));
            command.addAll(List.of("127.0.0.1", Integer.toString(server.getLocalPort())));
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        }
    }

    private Process cut(int number, String seconds, String whole) throws IOException {
        return run("cut", "lockdown-api-test-" + number, "lockdown-api-test-", "run-1", "0", seconds, whole);
    }

    private static void awaitCut(BufferedReader said) throws IOException {
        assertThat(said.readLine()).isEqualTo("lockdown: cut");
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private boolean isReached() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String rules() throws IOException {
        var list = new ProcessBuilder("/usr/sbin/iptables", "-w", "-t", "mangle", "-S").redirectErrorStream(true).start();
        return new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void drops_what_goes_to_the_servers_until_its_time_is_over() throws IOException {
        assertThat(isReached()).isTrue();
        var cut = cut(1, "1.500", "2");
        try (var said = lines(cut)) {
            awaitCut(said);
            assertThat(isReached()).isFalse();
            assertThat(rules()).contains("--comment \"lockdown run-1\"");
            assertThat(said.readLine()).isEqualTo("lockdown: healed");
        }
        assertThat(cut.onExit().join().exitValue()).isZero();
        assertThat(isReached()).isTrue();
        assertThat(rules()).doesNotContain("lockdown");
    }

    @Test
    void lets_go_when_it_is_told_to_end() throws IOException {
        var cut = cut(2, "60", "60");
        try (var said = lines(cut)) {
            awaitCut(said);
            cut.toHandle().destroy();
            assertThat(said.readLine()).isEqualTo("lockdown: healed");
        }
        assertThat(cut.onExit().join().exitValue()).isEqualTo(143);
        assertThat(isReached()).isTrue();
    }

    @Test
    void removes_what_one_of_an_earlier_run_left_and_spares_those_of_its_own() throws IOException {
        for (var number : List.of(3, 4)) {
            var cut = cut(number, "60", "60");
            try (var said = lines(cut)) {
                awaitCut(said);
                cut.destroyForcibly().onExit().join();
            }
        }
        assertThat(rules()).contains("-N lockdown-api-test-3", "-N lockdown-api-test-4");
        assertThat(run("cut", "lockdown-api-other-1", "lockdown-api-other-", "run-2", "0", "0", "0").onExit().join().exitValue()).isZero();
        assertThat(rules()).doesNotContain("lockdown");
        assertThat(isReached()).isTrue();
    }

    /// Half a minute after its time; that is brought forward here by a time that is over.
    @Test
    void is_let_go_of_by_the_kernel_where_it_was_killed() throws IOException {
        var cut = cut(5, "60", "-25");
        try (var said = lines(cut)) {
            awaitCut(said);
            assertThat(isReached()).isFalse();
            cut.destroyForcibly().onExit().join();
        }
        assumeTrue(rules().contains("--datestop"), "the kernel cannot tell the time");
        var last = new Polling(Duration.ofMillis(100)).until(SOON, this::isReached, Boolean::booleanValue);
        assertThat(last.value()).isTrue();
        assertThat(rules()).contains("-N lockdown-api-test-5");
    }
}
