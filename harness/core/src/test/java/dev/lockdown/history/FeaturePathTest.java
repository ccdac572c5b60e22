package dev.lockdown.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The path of a feature in a history")
class FeaturePathTest {
    @TempDir
    Path folder;

    private Path feature(String path) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "Feature: some");
    }

    @Test
    void is_the_same_from_wherever_it_is_typed() throws IOException {
        var file = feature("clone/net/features/deny.feature");
        Files.createDirectory(folder.resolve("clone/.git"));
        assertThat(FeaturePath.of(file.toString())).isEqualTo("net/features/deny.feature");
        var here = Path.of("").toAbsolutePath();
        assertThat(FeaturePath.of(here.relativize(file).toString())).isEqualTo("net/features/deny.feature");
        assertThat(FeaturePath.ofPlace(folder + "/clone/net/../net/features/deny.feature:12")).isEqualTo("net/features/deny.feature:12");
    }

    @Test
    void is_the_same_in_every_release_of_lockdown() throws IOException {
        var file = feature("repository/tools/lockdown-0.2.0/features/lockdown.feature");
        Files.createDirectory(folder.resolve("repository/.git"));
        Files.writeString(folder.resolve("repository/tools/lockdown-0.2.0/lockdown"), "");
        assertThat(FeaturePath.of(file.toString())).isEqualTo("features/lockdown.feature");
    }

    @Test
    void is_as_it_was_typed_where_nothing_says_more() throws IOException {
        var file = feature("loose.feature").toString();
        assertThat(FeaturePath.of(file)).isEqualTo(file);
        assertThat(FeaturePath.of("no/such.feature")).isEqualTo("no/such.feature");
        assertThat(FeaturePath.ofPlace("example.TeamTest")).isEqualTo("example.TeamTest");
    }
}
