package dev.lockdown.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The one that this very build made.
@DisplayName("The archive")
final class ArchiveTest {
    private static final Path TOP = Path.of("../..");
    private static final TreeMap<String, TarArchiveEntry> ENTRIES = new TreeMap<>();
    private static final TreeMap<String, byte[]> TEXTS = new TreeMap<>();
    private static String folder = "";

    @BeforeAll
    static void readIt() throws IOException {
        try (var tar = new TarArchiveInputStream(
            Blobs.unzipped(Files.newInputStream(Path.of(System.getProperty("archive")))), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                folder = entry.getName().substring(0, entry.getName().indexOf('/') + 1);
                var name = entry.getName().substring(folder.length());
                ENTRIES.put(name, entry);
                if (entry.isFile() && !name.startsWith("jars/lib/")) TEXTS.put(name, tar.readAllBytes());
            }
        }
    }

    private static List<String> names(String under, String ending) {
        return ENTRIES.keySet().stream().filter(n -> n.startsWith(under) && n.endsWith(ending)).toList();
    }

    @Test
    void has_one_folder_and_in_it_what_belongs_to_the_product() {
        assertThat(ENTRIES.values()).allMatch(e -> e.getName().startsWith(folder));
        assertThat(folder).matches("lockdown-[0-9.]+(-SNAPSHOT)?/");
        assertThat(ENTRIES).containsKeys("lockdown", "LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "sbom.json",
            "licences/THIRD-PARTY.txt",
            "licences/MIT.txt", "licences/BSD.txt", "jars/lockdown-core.jar", "features/dns.feature", "fixtures/policies/allow-dns.yaml",
            "fixtures/k3s.yaml", "fixtures/sample/pom.xml", "schema/journal.schema.json");
    }

    @Test
    void has_every_jar_that_the_harness_asks_for_and_no_other() throws IOException {
        try (var core = new JarInputStream(new ByteArrayInputStream(TEXTS.get("jars/lockdown-core.jar")))) {
            var asked = Stream.of(core.getManifest().getMainAttributes().getValue("Class-Path").split(" ")).map(j -> "jars/" + j);
            assertThat(names("jars/lib/", ".jar")).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(asked.toList());
        }
    }

    @Test
    void has_every_feature_schema_and_page_as_they_are() throws IOException {
        for (var tree : List.of("features", "harness/core/src/main/resources/dev/lockdown/schema", "docs")) {
            try (var files = Files.walk(TOP.resolve(tree))) {
                var all =
                    files.filter(f -> f.toString().matches(".*\\.(feature|schema\\.json|md)"))
                        .filter(f -> !f.toString().contains("/target/"))
                        .toList();
                assertThat(all).isNotEmpty();
                for (var file : all) {
                    var shipped = (tree.endsWith("schema") ? "schema/" : tree + "/") + TOP.resolve(tree).relativize(file);
                    assertThat(TEXTS.get(shipped)).as(shipped).isEqualTo(Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void says_nothing_of_who_made_it_and_when() {
        assertThat(ENTRIES.values()).allSatisfy(e -> {
            assertThat(e.getLongUserId()).isZero();
            assertThat(e.getLongGroupId()).isZero();
            assertThat(e.getUserName() + e.getGroupName()).matches("(root)*");
        });
        assertThat(ENTRIES.values().stream().map(TarArchiveEntry::getModTime).distinct()).hasSize(1);
    }

    @Test
    void can_be_read_by_everybody_and_written_by_its_owner_alone() {
        ENTRIES.forEach((name, entry) -> {
            boolean program = entry.isDirectory() || name.equals("lockdown") || name.endsWith(".sh");
            assertThat(Integer.toOctalString(entry.getMode() & 0777)).as(name).isEqualTo(program ? "755" : "644");
        });
    }

    @Test
    void has_nothing_of_a_build_or_of_a_run() {
        assertThat(ENTRIES.keySet()).noneMatch(n -> n.matches(".*(/target/|/reports/|\\.class$|\\.log$|journal\\.jsonl$).*"));
    }

    @Test
    void lists_what_it_is_made_of() throws IOException {
        var sbom = new ObjectMapper().readTree(TEXTS.get("sbom.json"));
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        var components =
            StreamSupport.stream(sbom.path("components").spliterator(), false).map(ArchiveTest::jar).collect(Collectors.toSet());
        assertThat(names("jars/", ".jar").stream().map(j -> j.substring(j.lastIndexOf('/') + 1))
            .map(j -> j.equals("lockdown-core.jar") ? "lockdown-core-" + folder.replaceAll("^lockdown-|/$", "") + ".jar" : j))
            .isSubsetOf(components);
    }

    private static String jar(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
    }

    @Test
    void names_the_licence_of_every_library() {
        var third = new String(TEXTS.get("licences/THIRD-PARTY.txt"), StandardCharsets.UTF_8);
        assertThat(third).doesNotContain("Unknown license");
        assertThat(names("jars/lib/", ".jar").stream().map(j -> j.substring("jars/lib/".length(), j.length() - ".jar".length()))
            .filter(j -> !j.startsWith("lockdown-"))).allSatisfy(j -> assertThat(third).contains(":" + j.replaceFirst("-(?=[0-9])", ":")));
    }
}
