package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The README")
class ReadmeTest {
    private static final Pattern GHERKIN = Pattern.compile("(?ms)^( *)```gherkin\\n(.*?)^ *```$");

    private static final Pattern JAVA = Pattern.compile("(?ms)^( *)```java\\n(.*?)^ *```$");
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path SAMPLE = Path.of("..", "..", "fixtures", "sample", "src", "test", "java", "example", "TeamTest.java");

    static Stream<String> features() throws IOException {
        var text = Files.readString(README);
        return GHERKIN.matcher(text).results().map(ReadmeTest::unindented).toList().stream();
    }

    private static String unindented(MatchResult block) {
        return block.group(2).indent(-block.group(1).length());
    }

    @NamespacesAvailable
    @ParameterizedTest
    @MethodSource("features")
    void shows_features_that_pass(String feature) throws IOException {
        var play = Play.of(Files.createDirectories(Path.of("target", "play")), feature);
        assertThat(play.problem()).isEmpty();
        assertThat(play.endings).containsExactly(Ending.PASSED);
    }

    /// The sample's own build runs it.
    @Test
    void shows_the_java_of_the_sample() throws IOException {
        var blocks = JAVA.matcher(Files.readString(README)).results().map(ReadmeTest::unindented).toList();
        assertThat(blocks).singleElement().asString().endsWith("    }\n}\n");
        assertThat(Files.readString(SAMPLE)).contains(blocks.getFirst().substring(0, blocks.getFirst().length() - "}\n".length()));
    }

    @Test
    void has_a_feature_to_copy_and_one_to_begin_with() throws IOException {
        assertThat(features().toList()).hasSize(2);
    }
}
