package dev.lockdown.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoveryIssue.Severity;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

@DisplayName("Where Cucumber cannot read a feature")
class UnreadableFeaturesTest {
    @TempDir
    private Path home;

    @Test
    void every_mistake_of_what_stands_beside_it_is_told() throws IOException {
        var torn = Files.writeString(home.resolve("torn.feature"),
            "Feature: F\n  Scenario: S\n    Given the pods\n      | pod |\n      | a/b | c |\n");
        Files.writeString(home.resolve("whole.feature"), "Feature: F\n  Scenario: S\n    Then \"a/b\" can reach \"c/d\" on 80\n");
        assertThat(told(torn, Severity.ERROR)).singleElement().asString()
            .contains("3 mistakes, and nothing was started", torn + ":5:7: ", home.resolve("whole.feature") + ":3:");
    }

    @Test
    void a_warning_tells_nothing() throws IOException {
        var torn = Files.writeString(home.resolve("torn.feature"),
            "Feature: F\n  Scenario: S\n    Given the pods\n      | pod |\n      | a/b | c |\n");
        assertThat(told(torn, Severity.WARNING)).isEmpty();
    }

    private static List<String> told(Path feature, Severity severity) {
        var told = new ArrayList<String>();
        var listener = new UnreadableFeatures(told::add);
        listener.issueEncountered(UniqueId.forEngine("cucumber"),
            DiscoveryIssue.builder(severity, "cannot be read").source(FileSource.from(feature.toFile())).build());
        listener.launcherDiscoveryFinished(LauncherDiscoveryRequestBuilder.request().build());
        return told;
    }
}
