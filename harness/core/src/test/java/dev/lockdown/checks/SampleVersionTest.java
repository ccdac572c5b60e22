package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;

/// The sample has no parent of ours and so must spell the version of the harness, whose versions it imports.
final class SampleVersionTest {
    @Test
    void the_sample_depends_on_the_version_that_is_built() throws Exception {
        var built = text("../../pom.xml", "/project/version");
        assertThat(built).isNotEmpty();
        assertThat(text("../../fixtures/sample/pom.xml",
            "/project/dependencyManagement/dependencies/dependency[artifactId='lockdown'][scope='import']/version"))
            .isEqualTo(built);
    }

    private static String text(String file, String path) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(file).toFile());
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
