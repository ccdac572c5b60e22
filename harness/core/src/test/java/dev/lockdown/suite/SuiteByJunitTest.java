package dev.lockdown.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

@NamespacesAvailable
@DisplayName("A suite that JUnit runs")
class SuiteByJunitTest {
    private static final String FEATURE = """
        Feature: Two
          Background:
            Given the pods
              | pod      | serves   |
              | shop/web | TCP/8080 |
              | shop/api | TCP/8080 |

          @open
          Scenario: Open
            Then "shop/web" can reach "shop/api" on TCP/8080

          @shut
          Scenario: Shut
            When this policy is applied to "shop"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: deny}
              spec:
                podSelector: {}
              \"""
            Then "shop/web" cannot reach "shop/api" on TCP/8080
        """;

    @TempDir
    private Path home;

    @Test
    void writes_down_what_was_selected() throws IOException {
        var feature = write("two.feature", FEATURE);
        var summary = play(selectDirectory(home.toFile()), Map.of());
        assertThat(summary.getFailures()).isEmpty();
        assertThat(onlyRun().plannedLines()).isEqualTo(Map.of(feature, new TreeSet<>(Set.of(9, 13))));
    }

    @Test
    void writes_down_only_what_tags_and_names_leave() throws IOException {
        var feature = write("two.feature", FEATURE);
        play(selectDirectory(home.toFile()), Map.of("cucumber.filter.tags", "@open or @shut", "cucumber.filter.name", "^Op"));
        assertThat(onlyRun().plannedLines()).isEqualTo(Map.of(feature, new TreeSet<>(Set.of(9))));
    }

    @Test
    void tells_every_mistake_of_every_feature_and_starts_nothing() throws IOException {
        var one = write("one.feature", FEATURE.replace("podSelector", "podSelectr").replace("@open", "@needs:scpt"));
        var two = write("two.feature", FEATURE.replace("\"shop/web\" cannot", "\"shop/wbe\" cannot"));
        var summary = play(selectDirectory(home.toFile()), Map.of());
        assertThat(messages(summary)).contains("3 mistakes, and nothing was started", one + ":8:3: ", one + ":20:9: ", two + ":22:11: ");
        assertThat(home.resolve("runs")).doesNotExist();
    }

    @Test
    void tells_no_mistake_of_what_is_filtered_out() throws IOException {
        write("one.feature", FEATURE.replace("podSelector", "podSelectr"));
        var summary = play(selectDirectory(home.toFile()), Map.of("cucumber.filter.tags", "@open"));
        assertThat(summary.getFailures()).isEmpty();
    }

    @Test
    void is_filtered_by_its_class_as_well() {
        assertThat(messages(play(selectClass(OnlyShut.class), Map.of()))).doesNotContain("Open").contains("nobody.feature:9:11");
    }

    /// Plays `nobody.feature`, whose scenario with the tag fails before a cluster is asked.
    @Suite
    @IncludeEngines("cucumber")
    @SelectPackages("dev.lockdown.suite.played")
    @ConfigurationParameter(key = "cucumber.glue", value = "dev.lockdown.spec")
    @ConfigurationParameter(key = "cucumber.plugin", value = "dev.lockdown.suite.LockdownPlugin:target/suite-by-junit")
    @ConfigurationParameter(key = "cucumber.filter.tags", value = "@shut")
    static final class OnlyShut {}

    private String write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private TestExecutionSummary play(DiscoverySelector selector, Map<String, String> parameters) {
        var summary = new SummaryGeneratingListener();
        var config = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(true).build();
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selector)
            .filters(EngineFilter.includeEngines("cucumber", "junit-platform-suite"))
            .configurationParameter("cucumber.glue", "dev.lockdown.spec")
            .configurationParameter("cucumber.plugin", "dev.lockdown.suite.LockdownPlugin:" + home.resolve("runs"))
            .configurationParameters(parameters);
        LauncherFactory.create(config).execute(request.build(), summary);
        return summary.getSummary();
    }

    private static String messages(TestExecutionSummary summary) {
        return summary.getFailures().stream().map(f -> String.valueOf(f.getException().getMessage())).collect(Collectors.joining("\n"));
    }

    private Run onlyRun() throws IOException {
        try (var runs = Files.list(home.resolve("runs"))) {
            List<Path> all = runs.toList();
            assertThat(all).hasSize(1);
            return Run.of(JournalReader.read(all.getFirst()));
        }
    }
}
