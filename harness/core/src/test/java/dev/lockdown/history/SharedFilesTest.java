package dev.lockdown.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Files of a history")
class SharedFilesTest {
    @TempDir
    Path folder;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rwxr-xr-x, rw-r--r--", "rwxrwx---, rwxrwx---, rw-rw----", "rwx------, rwx------, rw-------",
        "rwxrwxrwx, rwxrwxr-x, rw-rw-r--"})
    void are_as_open_as_the_folder_that_holds_them(String of, String made, String file) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(of));
        var info = new RunInfo(Instant.EPOCH, "20261129-000000", "1", "embedded", List.of(), null, 0, null, Duration.ZERO, Map.of());
        var kept = new HistoryFolder(folder.resolve("new/history")).add(new RunDigest(info, List.of()));
        assertThat(permissions(kept)).isEqualTo(file);
        assertThat(permissions(kept.getParent())).isEqualTo(made);
        assertThat(permissions(kept.getParent().getParent().getParent())).isEqualTo(made);
    }

    @Test
    void leave_a_folder_that_is_there_as_it_is() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var there = Files.createDirectory(folder.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwx------"));
        SharedFiles.createDirectories(there.resolve("new"));
        assertThat(permissions(there)).isEqualTo("rwx------");
        assertThat(permissions(there.resolve("new"))).isEqualTo("rwx------");
    }
}
