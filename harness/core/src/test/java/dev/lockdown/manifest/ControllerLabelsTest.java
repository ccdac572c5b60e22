package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The pods of a controller")
class ControllerLabelsTest {

    @Test
    void of_a_StatefulSet_have_their_own_name_and_number() {
        var pods = pods(workload("apps/v1", "StatefulSet", "replicas: 2, ordinals: {start: 3}"));
        assertThat(pods).extracting(p -> p.name().name()).containsExactly("pg-3", "pg-4");
        assertThat(pods.getLast().labels()).containsEntry("app", "pg").containsEntry("statefulset.kubernetes.io/pod-name", "pg-4")
            .containsEntry("apps.kubernetes.io/pod-index", "4");
        assertThat(pods.getLast().labels().get("controller-revision-hash")).startsWith("pg-")
            .isEqualTo(pods.getFirst().labels().get("controller-revision-hash"));
    }

    @Test
    void of_a_Job_have_its_name_and_identifier_under_both_keys() {
        var labels = pods(workload("batch/v1", "Job", "completionMode: Indexed, parallelism: 3, completions: 2")).getLast().labels();
        assertThat(labels).containsEntry("job-name", "pg").containsEntry("batch.kubernetes.io/job-name", "pg")
            .containsEntry("batch.kubernetes.io/job-completion-index", "1").containsKey("controller-uid");
        assertThat(labels.get("batch.kubernetes.io/controller-uid")).isEqualTo(labels.get("controller-uid"));
    }

    @Test
    void of_a_Job_have_the_identifier_that_a_cluster_gave() {
        var uid = "0a0a0a0a-0000-4000-8000-000000000007";
        assertThat(pods(workload("batch/v1", "Job", "parallelism: 1").replace("name: pg,", "name: pg, uid: " + uid + ","))).singleElement()
            .extracting(p -> p.labels().get("controller-uid")).isEqualTo(uid);
    }

    @Test
    void of_a_Job_that_is_not_indexed_have_no_number() {
        assertThat(pods(workload("batch/v1", "Job", "parallelism: 1")).getFirst().labels())
            .doesNotContainKey("batch.kubernetes.io/job-completion-index");
    }

    @ParameterizedTest
    @CsvSource({"apps/v1, Deployment, pod-template-hash", "apps/v1, DaemonSet, controller-revision-hash",
        "apps/v1, DaemonSet, pod-template-generation", "argoproj.io/v1alpha1, Rollout, rollouts-pod-template-hash",
        "apps.openshift.io/v1, DeploymentConfig, deploymentconfig", "apps.openshift.io/v1, DeploymentConfig, deployment",
        "apps/v1, StatefulSet, controller-revision-hash"})
    void have_what_it_writes_on_them(String apiVersion, String kind, String key) {
        assertThat(pods(workload(apiVersion, kind, "paused: false")).getFirst().labels().get(key)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"apps/v1, ReplicaSet", "v1, ReplicationController", "apps.kruise.io/v1alpha1, CloneSet"})
    void of_others_have_the_labels_of_the_template_alone(String apiVersion, String kind) {
        assertThat(pods(workload(apiVersion, kind, "replicas: 2"))).hasSize(2).extracting(Pod::labels)
            .containsOnly(Map.of("app", "pg"));
    }

    @Test
    void of_a_CronJob_are_those_of_its_next_Job() {
        assertThat(pods("""
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: tidy, labels: {part: cron}}
            spec:
              schedule: "7 * * * *"
              jobTemplate:
                metadata: {labels: {part: cron}}
                spec: {parallelism: 2, template: {metadata: {labels: {app: tidy}}, spec: {containers: [{name: c}]}}}
            """)).hasSize(2).allMatch(p -> p.labels().get("app").equals("tidy") && !p.labels().containsKey("part"))
            .extracting(p -> p.labels().get("batch.kubernetes.io/job-name")).containsOnly("tidy-0");
    }

    @Test
    void have_a_hash_that_changes_with_the_template() {
        var one = pods(workload("apps/v1", "Deployment", "replicas: 1")).getFirst().labels();
        var other = pods(workload("apps/v1", "Deployment", "replicas: 1").replace("app: pg", "app: px")).getFirst().labels();
        assertThat(one.get("pod-template-hash")).matches("[bcdfghjklmnpqrstvwxz2456789]{1,10}")
            .isNotEqualTo(other.get("pod-template-hash"));
    }

    @Test
    void cannot_be_made_where_the_name_is_too_long_for_a_label() {
        var name = "p".repeat(62);
        assertThat(refusal(workload("apps/v1", "StatefulSet", "replicas: 1").replace("name: pg,", "name: " + name + ","))).startsWith(
            "a.yaml:3:12: this StatefulSet can make no pods: its name makes their label ");
    }

    @Test
    void have_names_of_their_own_where_two_workloads_have_one_name() {
        var pods = pods(workload("apps/v1", "Deployment", "replicas: 2") + "\n---\n" + workload("batch/v1", "Job", "parallelism: 1"));
        assertThat(pods).extracting(p -> p.name().name()).containsExactly("pg-1", "pg-2", "pg-job-1");
    }

    @Test
    void leave_the_names_to_pods_that_have_them_by_right() {
        var given = "{apiVersion: v1, kind: Pod, metadata: {name: pg-2}, spec: {containers: [{name: a}]}}";
        var pods = pods(workload("apps/v1", "Deployment", "replicas: 2") + "\n---\n" + workload("apps/v1", "StatefulSet", "replicas: 2")
            + "\n---\n" + given);
        assertThat(pods).extracting(p -> p.name().name()).containsExactly("pg-deployme-1", "pg-deployme-2", "pg-0", "pg-1", "pg-2");
    }

    @Test
    void have_a_third_choice_of_names() {
        var text = workload("apps/v1", "Deployment", "replicas: 1");
        var pods = pods(text + "\n---\n" + text.replace("kind: Deployment", "kind: ReplicaSet") + "\n---\n"
            + text.replace("name: pg,", "name: pg-replicas,"));
        assertThat(pods).extracting(p -> p.name().name()).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void have_valid_names_where_that_of_the_workload_is_as_long_as_may_be() {
        var name = "a".repeat(250) + ".b";
        assertThat(pods(workload("apps/v1", "Deployment", "replicas: 1").replace("name: pg,", "name: " + name + ","))).singleElement()
            .satisfies(p -> assertThat(Syntax.SUBDOMAIN.matches(p.name().name())).isTrue());
    }

    private static List<Pod> pods(String text) {
        return read(text).resources().stream().map(r -> ((OfPod) r).pod()).toList();
    }

    private static String workload(String apiVersion, String kind, String more) {
        return """
            apiVersion: %s
            kind: %s
            metadata: {name: pg, labels: {of: workload}}
            spec: {%s, template: {metadata: {labels: {app: pg}}, spec: {containers: [{name: a}]}}}
            """.formatted(apiVersion, kind, more);
    }
}
