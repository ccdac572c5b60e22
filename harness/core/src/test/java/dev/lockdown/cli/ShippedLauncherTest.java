package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The launcher, as it is shipped,")
@EnabledOnOs(OS.LINUX)
class ShippedLauncherTest {
    private FakeClone shipped;

    @BeforeEach
    void ship(@TempDir Path parent) throws IOException {
        shipped = new FakeClone(parent).ship();
    }

    @Test
    void builds_nothing_and_needs_no_compiler() throws Exception {
        var start = shipped.start("steps");
        assertThat(start.err()).isEqualTo("preparing a faster start, once …\n");
        assertThat(start.out()).contains("<%s>".formatted(shipped.folder().resolve("jars/lockdown-core.jar")));
        assertThat(shipped.start("steps").err()).isEmpty();
        assertThat(shipped.builds()).isZero();
    }

    @Test
    void takes_the_cache_that_its_first_use_made() throws Exception {
        assertThat(shipped.start("steps").out())
            .contains("<-XX:AOTCache=%s>".formatted(shipped.folder().resolve("jars/launcher.aot")));
        shipped.start("steps");
        assertThat(shipped.trainings()).isEqualTo(1);
    }

    @Test
    void makes_its_cache_again_for_another_java() throws Exception {
        shipped.start("steps");
        shipped.with("JAVA_HOME", shipped.fakeJdk("jre 25.1", "25.1").toString()).start("steps");
        assertThat(shipped.trainings()).isEqualTo(2);
    }

    @Test
    void asks_a_java_that_makes_no_cache_once() throws Exception {
        assertThat(shipped.with("NO_CACHE", "1").start("steps").out()).doesNotContain("AOTCache");
        assertThat(shipped.start("steps").out()).doesNotContain("AOTCache");
        assertThat(shipped.trainings()).isEqualTo(1);
    }

    @Test
    void remembers_at_home_what_it_may_not_write_beside_itself() throws Exception {
        var own = Files.getPosixFilePermissions(shipped.folder());
        Files.setPosixFilePermissions(shipped.folder(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(shipped.folder()), "root writes everywhere");
            assertThat(shipped.start("steps").out()).contains("home/.local/state/lockdown>");
        } finally {
            Files.setPosixFilePermissions(shipped.folder(), own);
        }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"package", "package --image", "dev self-test", "dev format", "dev mutation-coverage", "dev generate", "dev reference"})
    void refuses_what_needs_the_sources(String line) throws Exception {
        var start = shipped.start(line.split(" "));
        assertThat(start.status()).isEqualTo(3);
        assertThat(start.err()).isEqualTo("""
            error: %s needs Lockdown's sources, and this is what was shipped of them
              clone the repository and type it there
            """.formatted(line.replace(" --image", "")));
        assertThat(start.out()).isEmpty();
    }
}
