package dev.lockdown.cluster.kubernetes.stub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/// A shell's script of a pod that enters the mount namespace of its machine.
///
/// Each line of its log bears its time, as of a log that is asked for so.
final class HostScript implements Container {
    /// Stays where it is, which is the machine already.
    private static final String NSENTER = "#!/bin/sh\nshift 3\nexec \"$@\"\n";

    private final Process process;

    private HostScript(Process process) {
        this.process = process;
    }

    /// Has a folder of tools stand for a machine that is entered by staying here. Once, before any script runs: a tool that is written
    /// while another script runs it is refused by the kernel (`ETXTBSY`).
    static void furnish(Path tools) {
        try {
            Files.setPosixFilePermissions(Files.writeString(tools.resolve("nsenter"), NSENTER),
                PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param command that enters the machine first
    /// @param tools a furnished folder
    /// @param ended is told its status
    static HostScript start(List<String> command, Path tools, Terminal terminal, IntConsumer ended) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        try {
            var process = builder.start();
            Thread.ofPlatform().daemon().name("script of a node").start(() -> {
                copy(process, terminal);
                ended.accept(process.onExit().join().exitValue());
            });
            return new HostScript(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a log is that is not asked for with its times.
    static String withoutTimes(String log) {
        return log.replaceAll("(?m)^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z ", "");
    }

    private static void copy(Process process, Terminal terminal) {
        try (var lines = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            var reader = new BufferedReader(lines);
            for (var line = reader.readLine(); line != null; line = reader.readLine())
                terminal.write("%s %s\n".formatted(Instant.now(), line).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It was killed.
        }
    }

    @Override
    public void hear(byte[] bytes) {}

    /// By SIGTERM, which it may take its time to obey.
    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().join();
    }
}
