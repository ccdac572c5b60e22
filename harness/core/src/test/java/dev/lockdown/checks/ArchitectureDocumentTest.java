package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ARCHITECTURE.md")
class ArchitectureDocumentTest {
    private static final Path TOP = Path.of(System.getProperty("user.dir")).toAbsolutePath().getParent().getParent();
    /// A class in code style, with or without its package.
    private static final Pattern CLASS = Pattern.compile("(?:[a-z][a-z0-9]*\\.)*([A-Z][A-Za-z0-9]+)");
    /// Names of other things that look like classes.
    private static final Set<String> WORDS = Set.of("JVM", "JUnit", "NAME", "RUN", "YAML");

    private static String document() throws IOException {
        return Files.readString(TOP.resolve("ARCHITECTURE.md"));
    }

    private static Stream<Path> sources() throws IOException {
        // Not what is built beside them, which comes and goes while the tests run.
        try (var modules = Files.list(TOP.resolve("harness"))) {
            var all = new ArrayList<Path>();
            for (var module : modules.map(m -> m.resolve("src")).filter(Files::isDirectory).toList())
                try (var files = Files.walk(module)) {
                    files.filter(p -> p.toString().endsWith(".java")).forEach(all::add);
                }
            return all.stream();
        }
    }

    @Test
    void names_every_package_of_the_tree() throws IOException {
        try (var sources = sources()) {
            var packages = sources.map(Path::toString).filter(p -> p.contains("/src/main/java/dev/lockdown/"))
                .map(p -> p.replaceFirst(".*/dev/lockdown/", "").replaceFirst("/[^/]*$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
            assertThat(packages).isNotEmpty().allSatisfy(p -> {
                var last = p.substring(p.lastIndexOf('/') + 1);
                assertThat(document()).as(p).containsAnyOf("`" + p.replace('/', '.') + "`", "`" + last + "`", "`." + last + "`");
            });
        }
    }

    @Test
    void names_no_class_that_is_not_in_the_tree() throws IOException {
        try (var sources = sources()) {
            var classes = sources.map(p -> p.getFileName().toString().replace(".java", "")).collect(Collectors.toSet());
            var code = Pattern.compile("`([^`\n]+)`").matcher(document().replaceAll("(?s)```.*?```", ""));
            while (code.find()) {
                var name = CLASS.matcher(code.group(1));
                if (!name.matches() || WORDS.contains(name.group(1))) continue;
                var top = code.group(1).contains(".") ? code.group(1).replaceFirst("^(?:[a-z][a-z0-9]*\\.)+", "").replaceFirst("\\..*", "")
                    : name.group(1);
                assertThat(classes).as(code.group()).contains(top);
            }
        }
    }
}
