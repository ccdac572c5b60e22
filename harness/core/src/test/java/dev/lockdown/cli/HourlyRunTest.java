package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.metrics.OpenMetrics;
import dev.lockdown.metrics.OpenMetrics.Sample;
import dev.lockdown.run.ExitStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The manifests of an hourly run, and the alerts on it")
class HourlyRunTest {
    private static final Path FIXTURES = Path.of("../../fixtures");
    private static final Path KUBERNETES = FIXTURES.resolve("ci/kubernetes");
    private static final Pattern SELECTOR = Pattern.compile("(lockdown_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private CronJob job;
    private ClusterRoleBinding binding;
    private ConfigMap features;

    @BeforeEach
    void read() throws IOException {
        var objects = StrictManifests.objects(KUBERNETES.resolve("hourly.yaml"));
        job = StrictManifests.only(objects, CronJob.class);
        binding = StrictManifests.only(objects, ClusterRoleBinding.class);
        features = StrictManifests.only(objects, ConfigMap.class);
    }

    @Test
    void are_objects_whose_every_field_the_api_knows() throws IOException {
        assertThat(StrictManifests.objects(KUBERNETES.resolve("hourly.yaml")))
            .allSatisfy(o -> assertThat(o.getApiVersion()).isEqualTo(HasMetadata.getApiVersion(o.getClass())));
    }

    @Test
    void give_the_pod_the_role_that_is_shipped_and_no_other() throws IOException {
        var role = StrictManifests.only(StrictManifests.objects(FIXTURES.resolve("rbac/lockdown-role.yaml")), ClusterRole.class);
        assertThat(binding.getRoleRef().getKind()).isEqualTo(role.getKind());
        assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
        var pod = job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getName()).isEqualTo(pod.getServiceAccountName());
            assertThat(subject.getNamespace()).isEqualTo(job.getMetadata().getNamespace());
        });
    }

    @Test
    void mount_what_there_is_and_let_no_two_runs_overlap() {
        var spec = job.getSpec();
        var pod = spec.getJobTemplate().getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getVolumeMounts()).extracting(VolumeMount::getName)
            .containsExactlyInAnyOrderElementsOf(pod.getVolumes().stream().map(v -> v.getName()).toList());
        assertThat(pod.getVolumes().getFirst().getConfigMap().getName()).isEqualTo(features.getMetadata().getName());
        assertThat(spec.getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(spec.getJobTemplate().getSpec().getActiveDeadlineSeconds()).isLessThan(3600);
    }

    /// @param options besides those of the manifest
    private List<Sample> run(ExitStatus expected, String... options) throws IOException {
        for (var feature : features.getData().entrySet()) Files.writeString(folder.resolve(feature.getKey()), feature.getValue());
        var container = job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers().getFirst();
        var words = container.getArgs().stream().map(this::here);
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types(Stream.concat(words, Stream.of(options)).toArray(String[]::new))).as(typist.err()).isEqualTo(expected);
        return OpenMetrics.of(Files.readString(folder.resolve("lockdown.prom"))).samples;
    }

    /// A word of the pod's command, for this machine.
    private String here(String word) {
        var here = word.replace("--cluster=kubeconfig", "--cluster=embedded");
        for (var mount : job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers().getFirst().getVolumeMounts())
            here = here.replace(mount.getMountPath(), folder.toString());
        return here;
    }

    /// What an expression selects of these samples: of each series that it names those of the name and the labels.
    private static List<List<Sample>> selected(String alert, List<Sample> samples) throws IOException {
        for (var rule : rules())
            if (rule.path("alert").asText().equals(alert))
                return SELECTOR.matcher(rule.path("expr").asText()).results()
                    .map(s -> samples.stream().filter(sample -> sample.name().equals(s.group(1)) && matches(sample, s.group(2))).toList())
                    .toList();
        throw new AssertionError("there is no alert " + alert);
    }

    private static boolean matches(Sample sample, String matchers) {
        return matchers == null || MATCHER.matcher(matchers).results().allMatch(m -> {
            var label = sample.labels().getOrDefault(m.group(1), "");
            return m.group(2).equals("=") ? label.equals(m.group(3)) : label.matches(m.group(3));
        });
    }

    private static Iterable<JsonNode> rules() throws IOException {
        var groups = StrictManifests.mapper().readTree(KUBERNETES.resolve("alerts.yaml").toFile()).path("groups");
        assertThat(groups).hasSize(1);
        return groups.path(0).path("rules");
    }

    @Test
    @NamespacesAvailable
    void alert_on_series_that_a_run_leaves_also_where_all_is_well() throws IOException {
        var samples = run(ExitStatus.OK);
        for (var rule : rules())
            assertThat(selected(rule.path("alert").asText(), samples)).as(rule.toString()).isNotEmpty().noneMatch(List::isEmpty);
        assertThat(selected("LockdownBlockedBecameOpen", samples).getFirst()).extracting(Sample::value).containsOnly(0.0);
        assertThat(selected("LockdownOpenBecameBlocked", samples).getFirst()).extracting(Sample::value).containsOnly(0.0);
        assertThat(selected("LockdownRunInconclusive", samples).getFirst()).extracting(Sample::value).containsOnly(0.0);
        assertThat(samples).extracting(s -> s.labels().get("cell")).as("the same whatever the cluster's version").containsOnly("embedded");
    }

    @Test
    @NamespacesAvailable
    void alert_when_what_was_blocked_is_open() throws IOException {
        var samples = run(ExitStatus.FAILED, "--defect=empty-pod-selector-selects-none");
        assertThat(selected("LockdownBlockedBecameOpen", samples).getFirst()).extracting(Sample::value).containsOnly(1.0);
        assertThat(selected("LockdownOpenBecameBlocked", samples).getFirst()).extracting(Sample::value).containsOnly(0.0);
    }

    @Test
    @NamespacesAvailable
    void alert_when_nothing_is_enforced() throws IOException {
        var samples = run(ExitStatus.INCONCLUSIVE, "--defect=ignores-ingress");
        assertThat(selected("LockdownRunInconclusive", samples).getFirst()).extracting(Sample::value).containsOnly(4.0);
    }
}
