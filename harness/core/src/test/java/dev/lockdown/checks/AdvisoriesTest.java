package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The enforcer compares the list with what each module resolves; here is what the enforcer cannot see.
@DisplayName("The list of libraries with known weaknesses")
class AdvisoriesTest {
    private static final Path CLONE = Path.of("..", "..");
    private static final Path LIST = CLONE.resolve(Path.of("harness", "checks", "advisories.xml"));
    private static final Pattern ENTRY = Pattern.compile("<!-- (?<why>[^>]*) -->|<(?<kind>exclude|include)>(?<artifact>[^<]*)</");
    private static final String VERSION = "[0-9][0-9A-Za-z.-]*";

    private record Entry(String kind, String artifact, String why) {}

    private static List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        var text = Files.readString(LIST);
        var found = ENTRY.matcher(text.substring(text.indexOf("<excludes>")));
        for (var why = ""; found.find();) {
            if (found.group("why") != null) why = found.group("why");
            else entries.add(new Entry(found.group("kind"), found.group("artifact"), why));
        }
        return entries;
    }

    @Test
    void names_the_weakness_and_where_it_is_described() throws IOException {
        assertThat(entries()).filteredOn(e -> e.kind().equals("exclude")).hasSizeGreaterThan(10).allSatisfy(e -> {
            assertThat(e.artifact()).matches("[a-z0-9.-]+:[a-z0-9.-]+:[\\[(](%1$s)?,%1$s[\\])]".formatted(VERSION));
            assertThat(e.why()).containsPattern("^(CVE-[0-9]{4}-[0-9]+|GHSA(-[0-9a-z]{4}){3})( |:)").containsPattern("https://\\S+");
        });
    }

    @Test
    void says_why_an_exception_stands_and_of_which_version() throws IOException {
        assertThat(entries()).filteredOn(e -> e.kind().equals("include")).allSatisfy(e -> {
            assertThat(e.artifact()).matches("[a-z0-9.-]+:[a-z0-9.-]+:\\[%s\\]".formatted(VERSION));
            assertThat(e.why()).startsWith("exception: ").hasSizeGreaterThan(40);
        });
    }

    @Test
    void has_no_entry_twice() throws IOException {
        assertThat(entries()).doesNotHaveDuplicates();
    }

    @Test
    void is_what_every_module_is_compared_with() throws IOException {
        assertThat(Files.readString(CLONE.resolve("pom.xml")))
            .contains("<location>${maven.multiModuleProjectDirectory}/harness/checks/advisories.xml</location>");
        for (var module : List.of("harness/agent", "harness/core", "harness/checks", "features"))
            assertThat(Files.readString(CLONE.resolve(module).resolve("pom.xml"))).as(module).contains("<artifactId>lockdown</artifactId>")
                .doesNotContain("enforcer.skip");
    }
}
