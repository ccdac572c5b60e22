package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Maven ends an install at a module that has no jar. To install takes minutes: this looks at the poms.
@DisplayName("`mvn install`")
final class InstallTest {
    private static final Path TOP = Path.of("../..");

    @Test
    void passes_over_modules_of_tests_alone() throws Exception {
        var without = new ArrayList<Path>();
        for (var module : texts(TOP, "/project/modules/module").stream().map(TOP::resolve).toList())
            // One without our parent makes an empty jar.
            if (!Files.exists(module.resolve("src/main/java")) && !texts(module, "/project/parent").isEmpty()) without.add(module);
        assertThat(without).hasSize(2);
        for (var module : without)
            assertThat(texts(module, "/project/properties/maven.install.skip")).as("%s has no jar", module).containsExactly("true");
    }

    private static List<String> texts(Path module, String path) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(module.resolve("pom.xml").toFile());
        var texts = new ArrayList<String>();
        for (var node : XPathFactory.newInstance().newXPath().evaluateExpression(path, document, XPathNodes.class))
            texts.add(node.getTextContent().strip());
        return texts;
    }
}
