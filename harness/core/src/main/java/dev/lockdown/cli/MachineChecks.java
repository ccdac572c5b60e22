package dev.lockdown.cli;

import dev.lockdown.cli.Check.Finding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at what this machine has. The kernel is tried by a process of the launcher's, inside a namespace as a run would be.
final class MachineChecks {
    private static final long ROOM_IN_MIB = 200;
    private static final int OPEN_FILES = 4096;

    private final Path home;
    private final Packages packages;

    MachineChecks(Path home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    List<Check> findings() {
        var found = new ArrayList<Check>();
        // What is shipped builds nothing and has no tests.
        boolean shipped = Files.exists(home.resolve("jars"));
        found.add(
            Check.good(shipped ? "Java 25" : "JDK 25", "%s in %s".formatted(Runtime.version(), System.getProperty("java.home"))));
        if (!shipped)
            found
                .add(
                    program("Maven", "mvn", "needed to build when sources change", packages.install("maven", "maven", "maven")).optional());
        found.add(libnftables());
        found.addAll(kernel());
        if (!shipped)
            found
                .add(program("ip", "ip", "tests have no IPv6 without it", packages.install("iproute2", "iproute", "iproute2")).optional());
        if (!shipped)
            found.add(program("Chromium", "chromium", "the tests of report.html are skipped without it",
                packages.install("chromium", "chromium", "chromium")).optional());
        found.add(room().optional());
        found.add(openFiles().optional());
        return found;
    }

    private Check program(String name, String program, String otherwise, @Nullable String remedy) {
        var path = packages.find(program);
        return path == null ? Check.lacking(name, "not found; " + otherwise, remedy) : Check.good(name, path.toString());
    }

    private Check libnftables() {
        var remedy = packages.install("libnftables1", "nftables", "nftables");
        try (var folders =
            Stream.of("/usr/lib", "/usr/lib64", "/lib").map(Path::of).filter(Files::isDirectory).flatMap(MachineChecks::folders)) {
            return folders.map(f -> f.resolve("libnftables.so.1")).filter(Files::exists).findFirst()
                .map(f -> Check.good("libnftables", f.toString()))
                .orElseGet(() -> Check.lacking("libnftables", "not installed; NetworkPolicy is enforced with it", remedy));
        }
    }

    private static Stream<Path> folders(Path folder) {
        try (var children = Files.list(folder)) {
            return Stream.concat(Stream.of(folder), children.filter(Files::isDirectory).toList().stream());
        } catch (IOException _) {
            return Stream.of(folder); // not ours to read, so not ours to load from
        }
    }

    private List<Check> kernel() {
        try {
            var process =
                new ProcessBuilder(home.resolve("lockdown").toString(), "dev", "kernel-checks").redirectInput(ProcessBuilder.Redirect.from(
                    new File("/dev/null"))).start();
            return kernel(process);
        } catch (IOException e) {
            return List.of(Check.lacking("namespaces", "not tried: " + e.getMessage(), null));
        }
    }

    private static List<Check> kernel(Process process) throws IOException {
        try (var answers = process.inputReader(); var complaints = process.errorReader()) {
            var found = answers.lines().map(Check::parse).toList();
            var complaint = complaints.lines().toList();
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
            return found.isEmpty() ? List.of(refused(complaint)) : found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return List.of(Check.lacking("namespaces", "not tried: interrupted", null));
        }
    }

    /// The launcher says what is wrong in a first line, and the command that mends it in one that starts with "allow it:".
    private static Check refused(List<String> complaint) {
        var problem = complaint.isEmpty() ? "the launcher gave no reason" : complaint.getFirst().replaceFirst("^error: ", "");
        var remedy = complaint.stream().map(String::strip).filter(l -> l.startsWith("allow it:")).findFirst()
            .map(l -> l.replaceFirst("^allow it: *(sudo )?", "")).orElse(null);
        return new Check("namespaces", true, new Finding.Lacking(problem, remedy));
    }

    private Check room() {
        try {
            long free = Files.getFileStore(home.toAbsolutePath()).getUsableSpace() / 1024 / 1024;
            return free >= ROOM_IN_MIB ? Check.good("disk", "%s MiB free".formatted(free))
                : Check.lacking("disk", "%s MiB free; reports may fill it".formatted(free), null);
        } catch (IOException e) {
            return Check.lacking("disk", e.toString(), null);
        }
    }

    private static Check openFiles() {
        try (var limits = Files.lines(Path.of("/proc/self/limits"))) {
            var hard = limits.filter(l -> l.startsWith("Max open files")).map(l -> l.split(" {2,}")[2]).findFirst().orElse("unknown");
            boolean few = hard.matches("[0-9]{1,9}") && Integer.parseInt(hard) < OPEN_FILES;
            return few ? Check.lacking("open files", "at most %s; a hundred pods need some %s".formatted(hard, OPEN_FILES), null)
                : Check.good("open files", "up to " + hard);
        } catch (IOException e) {
            return Check.lacking("open files", e.toString(), null);
        }
    }
}
