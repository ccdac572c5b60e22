package dev.lockdown.bench;

import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.state.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long a whole command takes, from the start of its JVM to its end: the command that this process runs, with other words.
final class WholeProcess {
    private final InstantSource clock;

    WholeProcess(InstantSource clock) {
        this.clock = clock;
    }

    Figure table(int pods, int policies, int rounds, Goal goal) {
        var samples = new ArrayList<Sample>();
        try {
            var manifest = Files.createTempFile("lockdown-bench", ".yaml");
            try {
                Files.writeString(manifest, manifest(pods, policies));
                for (int i = 0; i < rounds; i++) samples.add(run(manifest));
            } finally {
                Files.delete(manifest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Figure("table --expected-only, %s pods, %s policies".formatted(pods, policies), goal, samples, 0);
    }

    /// How long the features of a folder take.
    ///
    /// @param features from the clone's own folder
    Figure features(Path features, Goal goal) {
        try {
            var reports = Files.createTempDirectory("lockdown-bench");
            try {
                var began = clock.instant();
                processor(List.of(), List.of("run", features.toString(), "--report", reports.toString()));
                return new Figure("run %s".formatted(features), goal,
                    List.of(new Sample(Duration.between(began, clock.instant()), Duration.ZERO)),
                    0);
            } finally {
                delete(reports);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Run a command that passes.
    ///
    /// @return the time of the processor that it took, to a tenth of a second
    Duration processor(List<String> options, List<String> words) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.lockdown.cli.Main"));
        command.addAll(words);
        var process = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
        var taken = Duration.ZERO;
        try {
            do taken = process.info().totalCpuDuration().orElse(taken);
            while (!process.waitFor(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (process.exitValue() != 0) throw new IllegalStateException("exit status %s of %s".formatted(process.exitValue(), command));
        return taken;
    }

    void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private Sample run(Path manifest) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.lockdown.cli.Main", "table", "-f", manifest.toString(),
            "--expected-only"));
        var began = clock.instant();
        int status = waitFor(new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start());
        if (status != 0) throw new IllegalStateException("exit status %s of %s".formatted(status, command));
        return new Sample(Duration.between(began, clock.instant()), Duration.ZERO);
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String manifest(int pods, int policies) {
        var text = new StringBuilder();
        for (int i = 0; i < pods; i++) text.append("""
            apiVersion: v1
            kind: Pod
            metadata: {name: pod-%s, namespace: bench, labels: {crowd: bench, app: app-%s}}
            spec: {containers: [{name: main, ports: [{containerPort: 8080}]}]}
            ---
            """.formatted(i, i));
        for (var change : new Crowd(policies).policies())
            if (change instanceof Change.ApplyPolicy(var policy)) text.append(PolicyYaml.of(policy)).append("---\n");
        return text.toString();
    }
}
