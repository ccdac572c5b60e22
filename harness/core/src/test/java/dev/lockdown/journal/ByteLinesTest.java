package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Lines as bytes")
class ByteLinesTest {
    @TempDir
    private Path folder;

    private List<String> lines(String text) throws IOException {
        var read = new ArrayList<String>();
        try (var lines = new ByteLines(Files.writeString(folder.resolve("lines"), text))) {
            while (lines.hasNext()) read.add(new String(lines.next(), StandardCharsets.UTF_8));
            assertThatThrownBy(lines::next).isInstanceOf(NoSuchElementException.class);
        }
        return read;
    }

    @Test
    void end_at_newlines_and_at_the_end() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("one")).containsExactly("one");
        assertThat(lines("one\n")).containsExactly("one");
        assertThat(lines("\none\n\ntwo ü")).containsExactly("", "one", "", "two ü");
    }

    @Test
    void may_be_longer_than_what_is_read_at_once() throws IOException {
        var expected = List.of("a".repeat(65_536), "b".repeat(65_535), "", "c".repeat(500_000), "d", "e".repeat(131_071));
        assertThat(lines(String.join("\n", expected) + "\n")).isEqualTo(expected);
        assertThat(lines(String.join("\n", expected))).isEqualTo(expected);
    }
}
