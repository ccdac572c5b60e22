package dev.lockdown.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The upstream tests")
class UpstreamTest {
    private static final Path FEATURES = Path.of("..", "..", "features");
    private static final Pattern MENTION = Pattern.compile("(?m)^ +# e2e ([0-9]+): should .+$");

    @Test
    void each_have_one_scenario_here_that_names_them() throws IOException {
        var mentioned = new ArrayList<Integer>();
        try (var files = Files.find(FEATURES, 3, (path, _) -> path.toString().endsWith(".feature"))) {
            for (var file : files.toList())
                MENTION.matcher(Files.readString(file)).results().forEach(m -> mentioned.add(Integer.valueOf(m.group(1))));
        }
        List<Integer> all = IntStream.rangeClosed(1, 50).boxed().toList();
        assertThat(mentioned).containsExactlyInAnyOrderElementsOf(all);
    }
}
