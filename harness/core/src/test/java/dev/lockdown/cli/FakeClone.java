package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The real launcher in a clone of nothing, with a JDK and a Maven that only tell what was asked of them.
final class FakeClone {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Path jdk;

    /// What one start of the launcher did.
    record Start(long process, int status, String out, String err) {}

    FakeClone(Path parent) throws IOException {
        folder = Files.createDirectories(parent.resolve("a clone"));
        jdk = fakeJdk("jdk", "25.0.3");
        Files.copy(Path.of("../../lockdown"), folder.resolve("lockdown"));
        write("pom.xml", "<project/>");
        write("harness/core/pom.xml", "<project/>");
        write("harness/core/src/main/java/A.java", "class A {}");
        write("harness/core/src/main/java/B.java", "class B {}");
        program("bin/mvn", """
            echo build >>"%1$s/builds"
            [ -z "${WAIT_FOR:-}" ] || read -r _ <"$WAIT_FOR"
            if [ -n "${BUILD_SAYS:-}" ]; then echo "$BUILD_SAYS"; exit 1; fi
            mkdir -p "%1$s/harness/core/target/lib"
            echo jar >"%1$s/harness/core/target/lockdown-core.jar"
            """.formatted(folder));
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", Files.createDirectories(parent.resolve("home")).toString());
    }

    Path fakeJdk(String name, String version) throws IOException {
        write(name + "/release", "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        program(name + "/bin/javac", "");
        // Training leaves a cache; everything else tells how it was started.
        program(name + "/bin/java", """
            for word; do case $word in -XX:AOTCacheOutput=*)
                [ -n "${NO_CACHE:-}" ] || echo cache >"${word#*=}"
                echo trained >>"%s/trainings"
                exit ;;
            esac; done
            echo "pid $$"
            echo "network $(readlink /proc/self/ns/net)"
            echo "helpers of containers off: ${TESTCONTAINERS_RYUK_DISABLED:-no} ${TESTCONTAINERS_CHECKS_DISABLE:-no}"
            for word; do echo "<$word>"; done
            exit "${JAVA_EXITS:-0}"
            """.formatted(folder));
        return folder.resolve(name);
    }

    /// Make of it what is shipped: jars beside the launcher, no sources, and a Java without a compiler.
    FakeClone ship() throws IOException {
        write("jars/lockdown-core.jar", "jar");
        Files.createDirectories(folder.resolve("jars/lib"));
        Files.delete(folder.resolve("pom.xml"));
        Files.delete(jdk.resolve("bin/javac"));
        return this;
    }

    FakeClone with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    Start start(String... words) throws IOException, InterruptedException {
        return start(folder.resolve("lockdown"), words);
    }

    /// @param launcher how it is called, such as by a symbolic link
    Start start(Path launcher, String... words) throws IOException, InterruptedException {
        return end(begin(launcher, words));
    }

    Process begin(String... words) throws IOException {
        return begin(folder.resolve("lockdown"), words);
    }

    private Process begin(Path launcher, String... words) throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(false);
        builder.environment().keySet().removeAll(List.of("LOCKDOWN_CLUSTER", "COLUMNS", "MAVEN_OPTS", "LOCKDOWN_JAVA_OPTS"));
        builder.environment().keySet().removeIf(name -> name.startsWith("TESTCONTAINERS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    Start end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes());
        var err = new String(process.getErrorStream().readAllBytes());
        return new Start(process.pid(), process.waitFor(), out, err);
    }

    int builds() throws IOException {
        return lines("builds");
    }

    int trainings() throws IOException {
        return lines("trainings");
    }

    private int lines(String file) throws IOException {
        var counted = folder.resolve(file);
        return Files.exists(counted) ? Files.readAllLines(counted).size() : 0;
    }

    /// Write a file that is newer than anything before.
    void change(String path) throws IOException {
        Files.setLastModifiedTime(write(path, "changed"), inAWhile());
    }

    void delete(String path) throws IOException {
        var file = folder.resolve(path);
        Files.delete(file);
        Files.setLastModifiedTime(file.getParent(), inAWhile());
    }

    private static FileTime inAWhile() {
        return FileTime.from(Instant.now().plus(Duration.ofSeconds(2)));
    }

    void program(String path, String script) throws IOException {
        assertThat(write(path, "#!/bin/sh\n" + script).toFile().setExecutable(true)).isTrue();
    }

    private Path write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    String log(String name) {
        try {
            return Files.readString(folder.resolve(".lockdown").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
