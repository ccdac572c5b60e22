package dev.lockdown.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of a feature")
class FeatureFileUseTest {
    @TempDir
    private Path folder;

    @Test
    void are_itself_and_those_that_its_steps_name() throws IOException {
        var manifests = Files.createDirectory(folder.resolve("app"));
        var policy = Files.writeString(folder.resolve("deny.yaml"), "");
        Files.writeString(folder.resolve("other.yaml"), "");
        var feature = Files.writeString(folder.resolve("a.feature"), """
            Feature: A
              Scenario: B
                Given the manifests in "app"
                When "deny.yaml" is applied to "shop"
                Then "shop/web" cannot reach "shop/api" on TCP/8080
            """);
        assertThat(FeatureFileUse.of(feature)).containsExactlyInAnyOrder(feature, manifests, policy);
    }
}
