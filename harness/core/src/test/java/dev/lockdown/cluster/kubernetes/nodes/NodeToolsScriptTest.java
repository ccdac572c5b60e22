package dev.lockdown.cluster.kubernetes.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.kubernetes.system.NodeTools.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a machine of which each process is a folder with the programs of its root.
@DisplayName("The script that reads by a node's tools")
class NodeToolsScriptTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void enter() throws IOException {
        // As nsenter: -t PID -m PROGRAM …, with the programs of that process alone.
        program(folder.resolve("bin"), "nsenter", """
            pid=$2
            shift 3
            program=%s/$pid/root/bin/$1
            shift
            [ -x "$program" ] || { echo "nsenter: failed to execute $program: No such file or directory" >&2; exit 127; }
            exec "$program" "$@"
            """.formatted(folder.resolve("proc")));
        process(1, "0::/init.scope\n");
    }

    private void process(int pid, String cgroup) throws IOException {
        var there = Files.createDirectories(folder.resolve("proc").resolve(Integer.toString(pid)));
        Files.writeString(there.resolve("cgroup"), cgroup);
        Files.createDirectories(root(pid));
    }

    private Path root(int pid) {
        return folder.resolve("proc").resolve(Integer.toString(pid)).resolve("root").resolve("bin");
    }

    private static void program(Path bin, String name, String script) throws IOException {
        var file = Files.writeString(Files.createDirectories(bin).resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<Told> run(String containers, String... readings) throws IOException {
        try (var script = Objects.requireNonNull(NodeToolPods.class.getResourceAsStream("node-tools.sh"))) {
            var command = new ArrayList<>(
                List.of("sh", "-c", new String(script.readAllBytes(), StandardCharsets.UTF_8), "node-tools", containers));
            command.addAll(List.of(readings));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
            builder.environment().put("LOCKDOWN_PROC", folder.resolve("proc").toString());
            builder.environment().put("TMPDIR", folder.toString());
            var process = builder.start();
            var log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(log).isZero();
            return NodeToolPods.told(log, readings.length);
        }
    }

    @Test
    void takes_the_tools_of_the_plugins_container_before_the_machines() throws IOException {
        process(4711, "12:cpu:/kubepods/besteffort/pod0/0123abc\n0::/x\n");
        program(root(4711), "p-save", "echo of the container, $*");
        program(root(1), "p-save", "echo of the machine");
        program(root(1), "p-nft-save", "echo of the other backend");
        assertThat(run("fff,0123abc", "p-nft-save\np-save -t filter")).containsExactly(new Told.Wrote("of the container, -t filter\n"));
    }

    @Test
    void takes_the_machines_own_where_the_container_has_none_or_is_not_there() throws IOException {
        process(4711, "0::/../0123abc\n");
        program(root(1), "p-save", "echo one; echo two");
        assertThat(run("0123abc", "p-save")).containsExactly(new Told.Wrote("one\ntwo\n"));
        assertThat(run("", "p-save")).containsExactly(new Told.Wrote("one\ntwo\n"));
    }

    @Test
    void tells_each_reading_apart_and_why_one_failed() throws IOException {
        program(root(1), "p-save", "echo one");
        program(root(1), "p-bad", "echo 'Permission denied (you must be root)' >&2; exit 4");
        program(root(1), "p-hungry", "cat; echo fed");
        assertThat(run("", "p-bad", "p-nowhere-save x\np-nowhere", "p-hungry", "p-save")).containsExactly(
            new Told.Failed("p-bad ended with status 4: Permission denied (you must be root) "),
            new Told.Failed("neither the network plugin's containers nor the machine have p-nowhere-save"), new Told.Wrote("fed\n"),
            new Told.Wrote("one\n"));
    }

    @Test
    void of_which_nothing_came_is_said() {
        assertThat(NodeToolPods.told("lockdown: begin 0\nhalf\n", 2)).hasSize(2)
            .allMatch(new Told.Failed("the pod on the node wrote nothing of it")::equals);
    }
}
