package dev.lockdown.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The generated features")
class GeneratedTest {
    private static final Path KEPT = Path.of("..", "..", "features", "conformance", "generated");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^      \\| (?!case)([^|]+?) +\\|.*\\b(?:open|blocked) +\\|$");

    @Test
    void are_kept_as_they_are_written_now() throws IOException {
        var kept = new TreeMap<String, String>();
        try (var files = Files.list(KEPT)) {
            for (var file : files.toList()) kept.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
        var written = new TreeMap<String, String>();
        Generated.features().forEach(feature -> written.put(feature.file(), feature.text()));
        assertThat(kept).as("run ./lockdown dev generate").isEqualTo(written);
    }

    @Test
    void hold_more_cases_than_the_230_that_are_known_of_others() {
        assertThat(cases()).hasSizeGreaterThan(230).doesNotHaveDuplicates();
    }

    private static List<String> cases() {
        return Generated.features().stream().flatMap(f -> EXAMPLE.matcher(f.text()).results().map(m -> f.file() + ": " + m.group(1)))
            .toList();
    }
}
