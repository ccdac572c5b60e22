package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockdown.manifest.yaml.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every small mutilation of real manifests, one after another: each is either read or refused with a position.
@DisplayName("A manifest")
class MutilatedManifestTest {
    private static final Path FIXTURES = Path.of("..", "..", "fixtures");

    @ParameterizedTest
    @ValueSource(
        strings = {"", "[]", "{}", "null", "- a", "80", "\"80\"", "-1", "yes", "!%a", "&a [*a]", "*a", "<<: a", "{{ x }}", "''", "'", "\t"})
    void with_any_value_replaced_is_read_or_refused(String value) throws IOException {
        for (var text : texts()) {
            var lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int colon = lines.get(i).indexOf(": ");
                if (colon > 0) readOrRefuse(with(lines, i, Stream.of(lines.get(i).substring(0, colon + 2) + value)));
            }
        }
    }

    @Test
    void with_any_line_left_out_is_read_or_refused() throws IOException {
        for (var text : texts()) {
            var lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) readOrRefuse(with(lines, i, Stream.of()));
        }
    }

    @Test
    void with_any_line_doubled_is_read_or_refused() throws IOException {
        for (var text : texts()) {
            var lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) readOrRefuse(with(lines, i, Stream.of(lines.get(i), lines.get(i))));
        }
    }

    @Test
    void with_any_line_moved_right_is_read_or_refused() throws IOException {
        for (var text : texts()) {
            var lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) readOrRefuse(with(lines, i, Stream.of("  " + lines.get(i))));
        }
    }

    @Test
    void cut_off_anywhere_is_read_or_refused() throws IOException {
        var text = texts().getLast();
        for (int end = 0; end < text.length(); end++) readOrRefuse(text.substring(0, end));
    }

    @Test
    void of_two_megabytes_is_read_in_seconds() throws IOException {
        var skipped = Files.readString(FIXTURES.resolve("apps/shop/shop.yaml")).replaceAll("(?m)^kind: .*", "kind: Widget")
            .replaceAll("(?m)^( *)template:", "$1model:") + "---\n";
        var text = skipped.repeat(2_000_000 / skipped.length());
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Texts.read(text)).notes()).hasSize(1);
    }

    private static List<String> texts() throws IOException {
        return List.of(Files.readString(FIXTURES.resolve("apps/shop/policies.yaml")),
            Files.readString(FIXTURES.resolve("policies/allow-dns.yaml")));
    }

    private static String with(List<String> lines, int index, Stream<String> instead) {
        var changed = new ArrayList<String>();
        IntStream.range(0, lines.size()).forEach(i -> (i == index ? instead : Stream.of(lines.get(i))).forEach(changed::add));
        return String.join("\n", changed);
    }

    private static void readOrRefuse(String text) {
        try {
            assertThat(Texts.read(text).resources()).isNotNull();
        } catch (ManifestException e) {
            assertThat(e.position().line()).as(e.getMessage()).isBetween(1, (int) text.lines().count() + 1);
        }
    }
}
