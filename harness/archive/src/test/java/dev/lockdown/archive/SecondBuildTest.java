package dev.lockdown.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who does not trust an archive builds it again: elsewhere, later, in another time zone and locale, and without the checks. The umask must
/// be the same, as jars keep the modes of their files; the launcher sets it.
final class SecondBuildTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    private static final Path ARCHIVE = Path.of(System.getProperty("archive"));

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void two_builds_of_the_same_sources_are_the_same_byte_for_byte(@TempDir Path elsewhere) throws Exception {
        copySources(elsewhere);
        var build = new ProcessBuilder(System.getProperty("maven.home") + "/bin/mvn", "-B", "-ntp",
            "-Dmaven.repo.local=" + System.getProperty("maven.repository"), "-Dquick", "-Dmaven.test.skip=true", "-pl",
            "harness/archive", "-am", "-Dbuild.commit=" + built("commit"), "-Dbuild.commit.time=" + built("time"), "package")
            .directory(elsewhere.toFile()).redirectErrorStream(true);
        build.environment().putAll(Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C", "JAVA_HOME", System.getProperty("java.home")));
        var process = build.start();
        var log = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(log).isZero();
        var again = elsewhere.resolve("harness/archive/target").resolve(ARCHIVE.getFileName());
        assertThat(Files.mismatch(ARCHIVE, again)).as("the first byte that differs").isEqualTo(-1);
    }

    private static String built(String what) throws IOException {
        try (var jar = new JarFile(TOP.resolve("harness/core/target/lockdown-core.jar").toFile());
                var in = jar.getInputStream(jar.getEntry("dev/lockdown/cli/build.properties"))) {
            var build = new Properties();
            build.load(in);
            return build.getProperty(what);
        }
    }

    private static void copySources(Path to) throws IOException {
        try (var files = Files.walk(TOP)) {
            for (var file : files.filter(SecondBuildTest::isSource).toList()) {
                var copy = to.resolve(TOP.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(copy);
                else Files.copy(file, copy);
            }
        }
    }

    private static boolean isSource(Path file) {
        var path = TOP.relativize(file).toString();
        return !path.isEmpty() && !path.matches("(\\.git|\\.lockdown|\\.allure|reports)(/.*)?") && !path.matches("(.*/)?target(/.*)?")
            && !path.matches("(harness|features)/(.*/)?src/test/.*");
    }
}
