package dev.lockdown.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectFile;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@NamespacesAvailable
@DisplayName("Tests in Java")
class LockdownExtensionTest {
    private static final String SOURCE = "src/test/java/dev/lockdown/junit/ShopExample.java";

    @TempDir
    private Path home;
    private final Map<String, TestExecutionResult> results = new HashMap<>();

    private void play(Map<String, String> parameters, Class<?>... classes) {
        play("junit-jupiter", Stream.of(classes).map(c -> selectClass(c)).toList(), parameters);
    }

    private void play(String engine, List<? extends DiscoverySelector> selectors, Map<String, String> parameters) {
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selectors).filters(EngineFilter.includeEngines(engine))
            .configurationParameter("dev.lockdown.reports", home.toString())
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false").configurationParameters(parameters).build();
        // The listeners of the outer run's are none of this one's.
        var config = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false).build();
        LauncherFactory.create(config).execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                synchronized (results) {
                    results.put(test.getDisplayName().replace("(TestCluster)", ""), result);
                }
            }
        });
    }

    private String message(String test) {
        return results.get(test).getThrowable().map(Throwable::getMessage).orElse("");
    }

    private Run run() throws IOException {
        try (var runs = Files.list(home)) {
            var folders = runs.filter(Files::isDirectory).toList();
            assertThat(folders).as("one run").hasSize(1);
            assertThat(folders.getFirst()).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/junit.xml");
            return Run.of(JournalReader.read(folders.getFirst().resolve("journal.jsonl")));
        }
    }

    private ScenarioRun scenario(String name) throws IOException {
        return run().scenarios().stream().filter(s -> s.started().name().startsWith(name)).findFirst().orElseThrow();
    }

    @Test
    void that_hold_pass_and_are_one_run_in_the_words_of_a_feature() throws IOException {
        play(Map.of(), ShopExample.Green.class);
        assertThat(results.values()).allMatch(r -> r.getStatus() == TestExecutionResult.Status.SUCCESSFUL, "passed: " + results);
        assertThat(run().scenarios()).hasSize(2).allMatch(s -> s.status() == Status.PASSED);
        var said = scenario("everything").steps().stream().map(s -> s.finished().keyword() + " " + s.finished().text()).toList();
        assertThat(said).startsWith("Given the pods", "Given the services", "Given the external hosts",
            "Then \"shop/web\" can reach \"shop/api\" on TCP/8080", "When \"shop\" denies all ingress and egress",
            "Then \"shop/web\" can no longer reach \"shop/api\" on TCP/8080",
            "Then \"shop/web\" cannot reach service \"shop/front\" on TCP/80").contains("Then nothing broke");
        assertThat(scenario("everything").started().feature()).isEqualTo(SOURCE);
    }

    @Test
    void that_do_not_hold_are_told_as_a_feature_of_the_same_words_is() throws IOException {
        play(Map.of(), ShopExample.Red.class);
        var told = message("is_said_to_be_open");
        assertThat(told).startsWith("error: shop/web does not reach shop/api on TCP/8080 (held ")
            .containsPattern("--> %s:[0-9]+:13\n".formatted(SOURCE))
            .containsPattern(
                "[0-9]+ \\| assertThat\\(cluster\\)\\.from\\(\"shop/web\"\\).*\\.isOpen\\(\\);\n *\\| +\\^+ observed blocked \\(dropped\\)\n")
            .contains("report: " + home);
        assertThat(results.get("is_said_to_be_open").getThrowable().orElseThrow().getStackTrace()).isEmpty();

        var feature = Files.writeString(home.resolve("red.feature"), """
            Feature: Red
              Scenario: The same
                Given the pods
                  | pod      | labels  | serves   |
                  | shop/web | app=web |          |
                  | shop/api | app=api | TCP/8080 |
                When "shop" denies all ingress and egress
                Then "shop/web" can reach "shop/api" on TCP/8080
            """);
        play("cucumber", List.of(selectFile(feature.toFile())), Map.of("cucumber.glue", "dev.lockdown.spec", "cucumber.plugin",
            "dev.lockdown.suite.LockdownPlugin:" + home.resolve("gherkin")));
        assertThat(known(told)).hasSizeGreaterThan(3).isEqualTo(known(message("The same")));
    }

    /// Without the place and what is quoted of it, and how long it took.
    private static List<String> known(String message) {
        return message.lines().map(String::strip)
            .filter(l -> !l.startsWith("-->") && !l.matches("[0-9]* ?\\|.*") && !l.startsWith("report:"))
            .map(l -> l.replaceAll("\\(held .*\\)", "").replaceAll("node-[0-9]", "a node")).toList();
    }

    @Test
    void underline_the_cell_of_a_table_that_differs() {
        play(Map.of(), ShopExample.Red.class);
        assertThat(message("has_a_cell_that_differs")).contains("| shop/web | open     |")
            .containsPattern("--> %s:[0-9]+:30".formatted(SOURCE)).containsPattern("\\| +\\^+ observed blocked");
    }

    @Test
    void that_fail_by_themselves_say_what_they_said_and_are_in_the_report() throws IOException {
        play(Map.of(), ShopExample.Red.class);
        assertThat(message("fails_by_itself")).isEqualTo("of its own");
        assertThat(results.get("fails_by_itself").getThrowable().orElseThrow().getStackTrace()).isNotEmpty();
        assertThat(scenario("fails_by_itself").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void that_prove_nothing_fail_as_inconclusive() throws IOException {
        play(Map.of(), ShopExample.Doubtful.class);
        assertThat(message("claims_nothing")).contains("this scenario has no verdict step; nothing was judged");
        assertThat(message("asks_a_service_without_pods")).startsWith("inconclusive: ");
        assertThat(run().scenarios()).hasSize(2).allMatch(s -> s.status() == Status.INCONCLUSIVE);
    }

    @Test
    void that_need_what_the_cluster_lacks_are_skipped_and_all_skipped_is_not_green() throws IOException {
        play(Map.of(), ShopExample.Skipped.class);
        assertThat(results.get("needs_what_the_cluster_lacks").getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
        assertThat(message("needs_what_the_cluster_lacks")).contains("has no CNI agent");
        assertThat(run().scenarios()).singleElement().satisfies(s -> assertThat(s.status()).isEqualTo(Status.SKIPPED));
        assertThat(results.values().stream().flatMap(r -> r.getThrowable().stream()).map(Throwable::getMessage)
            .filter(m -> m.contains("  skipped: "))).as("the engine's own failure").isNotEmpty();
    }

    @Test
    void that_cannot_be_used_say_what_and_where() throws IOException {
        play(Map.of(), ShopExample.Wrong.class);
        assertThat(message("names_a_pod_that_is_not_there")).contains("there is no pod \"shop/wbe\"", "did you mean \"shop/web\"",
            SOURCE + ":");
        assertThat(message("says_what_no_step_says")).contains("no step says: \"shop\" refuses all ingress", "the nearest step: ");
        assertThat(message("names_a_pod_without_its_namespace")).contains("\"web\" names nobody", "expected one of: \"ns/pod\"",
            SOURCE + ":");
        assertThat(message("says_a_port_the_other_way_round")).contains("the protocol comes first, such as TCP/8080",
            "did you mean: \"shop/web\" cannot reach \"shop/api\" on TCP/8080", SOURCE + ":");
        assertThat(message("resolves_a_name_that_was_not_announced")).contains("@LockdownTest(resolves = \"partner.example\")");
        var slip = Files.readAllLines(Path.of(SOURCE)).indexOf("                  podSelectr: {}") + 1;
        assertThat(message("has_a_policy_with_a_mistake")).contains("%s:%s:19".formatted(SOURCE, slip));
    }

    @Test
    void run_at_the_same_time_where_each_has_a_cluster_of_its_own() throws IOException {
        play(Map.of("junit.jupiter.execution.parallel.enabled", "true", "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed", "junit.jupiter.execution.parallel.config.fixed.parallelism", "2",
            "junit.jupiter.execution.parallel.config.executor-service", "FORK_JOIN_POOL"),
            ShopExample.AtOnce.class);
        assertThat(results.values()).allMatch(r -> r.getStatus() == TestExecutionResult.Status.SUCCESSFUL, "passed: " + results);
        assertThat(run().scenarios()).hasSize(2);
    }
}
