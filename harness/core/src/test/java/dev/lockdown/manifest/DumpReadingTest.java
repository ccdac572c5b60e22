package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A dump of a cluster")
class DumpReadingTest {
    private static final String DEPLOYMENT = owned("apps/v1", "Deployment", "web", "u1", "") + template("replicas: 1, ");
    private static final String REPLICA_SET =
        owned("apps/v1", "ReplicaSet", "web-6c9", "u2", "Deployment web u1") + template("replicas: 1, ");
    private static final String POD = owned("v1", "Pod", "web-6c9-x2v4k", "u3", "ReplicaSet web-6c9 u2") + running("Running");

    @Test
    void counts_a_pod_once_beside_its_owners() {
        assertThat(names(DEPLOYMENT, REPLICA_SET, POD)).containsExactly("web-6c9-x2v4k");
    }

    @Test
    void counts_the_ReplicaSet_where_nobody_printed_pods() {
        assertThat(names(DEPLOYMENT, REPLICA_SET)).containsExactly("web-6c9-1");
    }

    @Test
    void counts_the_Deployment_where_its_ReplicaSet_is_of_a_former_revision() {
        assertThat(read(join(DEPLOYMENT, REPLICA_SET.replace("replicas: 1", "replicas: 0"))))
            .satisfies(m -> assertThat(m.resources()).hasSize(1)).satisfies(m -> assertThat(m.notes()).isEmpty());
    }

    @Test
    void finds_an_owner_through_kinds_that_are_not_read() {
        var revision = owned("serving.knative.dev/v1", "Revision", "web-00001", "u4", "Deployment web u1");
        assertThat(names(DEPLOYMENT, revision, POD.replace("ReplicaSet", "Revision").replace("name: web-6c9,", "name: web-00001,")
            .replace("uid: u2", "uid: u4"))).containsExactly("web-6c9-x2v4k");
    }

    @Test
    void finds_an_owner_by_kind_and_name_where_the_identifiers_are_gone() {
        assertThat(names(DEPLOYMENT.replace(", uid: u1", ""), REPLICA_SET)).containsExactly("web-6c9-1");
    }

    @Test
    void takes_no_object_of_the_same_name_for_an_owner() {
        assertThat(names(DEPLOYMENT.replace("uid: u1", "uid: u9"), REPLICA_SET)).containsExactly("web-1", "web-6c9-1");
        assertThat(names(DEPLOYMENT.replace("name: web,", "name: web, namespace: bank,").replace(", uid: u1", ""), REPLICA_SET))
            .containsExactly("web-1", "web-6c9-1");
    }

    @Test
    void loses_no_object_that_says_it_owns_itself() {
        assertThat(names(owned("apps/v1", "ReplicaSet", "web", "u2", "ReplicaSet web u2") + template(""))).containsExactly("web-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    void leaves_out_a_pod_that_has_ended_and_says_so(String phase) {
        var manifest = read(POD.replace("Running", phase));
        assertThat(manifest.resources()).isEmpty();
        assertThat(manifest.notes()).containsExactly(new Note(Note.Grade.NOTE, "Pod", "shop/web-6c9-x2v4k", Position.startOf("a.yaml"),
            "Pod shop/web-6c9-x2v4k has ended (%s) and has no network any more; it is left out".formatted(phase)));
    }

    @Test
    void says_in_one_note_which_pods_have_ended() {
        var pods = new String[7];
        for (int i = 0; i < pods.length; i++) pods[i] = owned("v1", "Pod", "p" + i, "v" + i, "") + running("Failed");
        assertThat(read(join(pods)).notes()).extracting(Note::toString).containsExactly(
            "7 pods and Jobs have ended and have no network any more; they are left out: shop/p0, shop/p1, shop/p2, shop/p3, shop/p4 "
                + "and 2 more");
    }

    @Test
    void makes_the_pod_of_a_controller_anew_whose_pod_has_ended() {
        assertThat(names(REPLICA_SET, POD.replace("Running", "Failed"))).containsExactly("web-6c9-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Complete", "Failed"})
    void makes_no_pod_of_a_Job_that_is_done(String condition) {
        var job = owned("batch/v1", "Job", "tidy-1", "u5", "CronJob tidy u6") + template("")
            + "status: {conditions: [{type: Suspended, status: \"False\"}, {type: %s, status: \"True\"}]}\n".formatted(condition);
        var cronJob = owned("batch/v1", "CronJob", "tidy", "u6", "") + "spec: {jobTemplate: {" + template("").strip() + "}}\n";
        assertThat(names(job)).isEmpty();
        assertThat(names(cronJob, job)).containsExactly("tidy-1");
        assertThat(names(cronJob, job.replace(condition, "Suspended"))).containsExactly("tidy-1-1");
    }

    @Test
    void keeps_the_addresses_that_a_cluster_gave_to_pods() {
        var addresses = "hostIP: 10.0.0.1, podIP: 10.42.0.5, podIPs: [{ip: 10.42.0.5}, {ip: \"fd00::5\"}]";
        var given = read(join(POD.replace("phase: Running", "phase: Running, " + addresses), POD.replace("x2v4k", "y").replace("u3", "u7")
            .replace("phase: Running", "podIP: 10.42.0.6"))).addresses();
        assertThat(given).isEqualTo(Map.of(new NamespacedName("shop", "web-6c9-x2v4k"), List.of("10.42.0.5", "fd00:0:0:0:0:0:0:5"),
            new NamespacedName("shop", "web-6c9-y"), List.of("10.42.0.6")));
    }

    @Test
    void has_the_Service_of_the_API_which_the_test_cluster_has_itself() {
        var manifest = Manifests.read("a.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: kubernetes, namespace: default}
            spec: {clusterIP: 10.96.0.1, ports: [{name: https, port: 443, targetPort: 6443}]}
            """, "shop");
        assertThat(manifest.resources()).isEmpty();
        assertThat(manifest.notes()).extracting(Note::text)
            .contains("Service default/kubernetes is the API's own; the test cluster has one, and keeps it");
    }

    @Test
    void has_lists_in_lists() {
        assertThat(names("apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: PodList, items: [{metadata: {name: a}, "
            + "spec: {containers: [{name: a}]}}]}]\n")).containsExactly("a");
    }

    @Test
    void tells_every_mistake_at_once() {
        var one = "{apiVersion: v1, kind: Pod, metadata: {name: A_1}, spec: {containers: [{name: a}]}}";
        var other = "{apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: []}}";
        var refused = catchThrowableOfType(ManifestException.class,
            () -> read(one + "\n---\n{apiVersion: v1, kind: List, items: [" + other + ", " + other.replace("b", "c") + "]}"));
        assertThat(refused.all()).extracting(e -> e.position().toString()).containsExactly("a.yaml:1:46", "a.yaml:3:106", "a.yaml:3:180");
        assertThat(refused.position()).isEqualTo(refused.all().getFirst().position());
        assertThat(refused).hasMessageContainingAll("A_1", "a.yaml:3:106: ", "a.yaml:3:180: ");
        assertThat(refused.problem()).isEqualTo(refused.all().getFirst().problem());
        assertThat(refused.advice()).isEqualTo(refused.all().getFirst().advice());
    }

    private static List<String> names(String... objects) {
        return read(join(objects)).resources().stream().map(r -> ((OfPod) r).pod().name().name()).toList();
    }

    private static String join(String... objects) {
        return String.join("---\n", objects);
    }

    private static String owned(String apiVersion, String kind, String name, String uid, String owner) {
        var words = owner.split(" ");
        return "apiVersion: %s\nkind: %s\nmetadata: {name: %s, uid: %s%s}\n".formatted(apiVersion, kind, name, uid,
            owner.isEmpty() ? "" : ", ownerReferences: [{kind: %s, name: %s, uid: %s}]".formatted(words[0], words[1], words[2]));
    }

    private static String template(String more) {
        return "spec: {%stemplate: {spec: {containers: [{name: a}]}}}\n".formatted(more);
    }

    private static String running(String phase) {
        return "spec: {containers: [{name: a}]}\nstatus: {phase: %s}\n".formatted(phase);
    }
}
