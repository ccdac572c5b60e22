package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"apt-get, apt-get install -y a", "dnf, dnf install -y d", "apk, apk add k"})
    void the_command_is_that_of_the_machines_package_manager(String manager, String command) throws IOException {
        assertThat(Files.createFile(folder.resolve(manager)).toFile().setExecutable(true)).isTrue();
        assertThat(new Packages(List.of(folder)).install("a", "d", "k")).isEqualTo(command);
    }

    @Test
    void there_is_no_command_without_a_package_manager() {
        assertThat(new Packages(List.of(folder)).install("a", "d", "k")).isNull();
    }
}
