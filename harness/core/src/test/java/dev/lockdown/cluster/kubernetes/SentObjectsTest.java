package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every object that a rich scenario sends to a cluster, held field by field against what may be there: what is not on the list could be seen
/// by a policy of the user, or by a network plugin.
@NamespacesAvailable
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("What is sent to a cluster")
class SentObjectsTest {
    private static final String FEATURE = """
        Feature: Everything that there is

          Scenario: all
            Given the namespaces
              | namespace | labels |
              | obs       | team=a |
            And the pods
              | pod       | labels  | serves                       | node   | network | starts |
              | obs/web   | app=web | http=TCP/8080, UDP/5353      | node-1 |         |        |
              | obs/api   | app=api | TCP/8080                     | node-2 |         |        |
              | obs/host  | app=h   | TCP/18081                    | node-1 | host    |        |
              | obs/late  | app=l   | TCP/8080                     | node-1 |         | later  |
              | other/pod | app=o   | TCP/8080                     | node-1 |         |        |
            And the services
              | service  | selects | serves          | type     |
              | obs/web  | app=web | TCP/80 -> http  |          |
              | obs/node | app=web | TCP/81 -> 8080  | NodePort |
              | obs/head | app=web | TCP/8080        | headless |
            And the manifests in "%s"
            And these flows are watched
              | from     | to      | ports    |
              | obs/late | obs/api | TCP/8080 |
            When "obs/late" starts
            And this policy is applied to "obs"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: p}
              spec:
                podSelector: {matchLabels: {app: web}}
                policyTypes: [Ingress, Egress]
                ingress:
                - from: [{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}, podSelector: {}}]
                  ports: [{port: http}, {protocol: UDP, port: 5353, endPort: 5354}]
                - from: [{ipBlock: {cidr: 198.51.100.0/24, except: [198.51.100.7/32]}}]
                egress: [{}]
              \"""
            Then "obs/api" can reach "obs/web" on TCP/8080
            But "other/pod" cannot reach "obs/web" on TCP/8080
            When "obs/api" is relabelled "app=api, tier=b"
            And namespace "other" is relabelled "team=b"
            Then "other/pod" can reach "obs/web" on TCP/8080
            When these happen in turn
              | namespace "obs" is locked down for 100 ms              |
              | policy "p" of "obs" is deleted and recreated after 50 ms |
              | "obs/api" is relabelled "app=other" for 50 ms          |
              | "obs/api" is deleted and recreated after 50 ms         |
              | pods of "obs" churn at 60 a minute for 50 ms           |
              | namespace "other" is deleted and recreated after 50 ms |
            Then "obs/api" can reach "obs/web" on TCP/8080

          Scenario: pods of another, which play others
            Given the pods
              | pod       | labels  | serves   | node   |
              | obs/other | app=oth | TCP/9090 | node-2 |
              | other/pod | app=o   | TCP/8080 | node-1 |
            When "obs" denies all ingress
            Then "other/pod" cannot reach "obs/other" on TCP/9090
        """;

    private static final String MANIFESTS = """
        apiVersion: v1
        kind: Service
        metadata: {name: outside, namespace: obs}
        spec: {ports: [{port: 5432}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: outside-1, namespace: obs, labels: {kubernetes.io/service-name: outside}}
        addressType: IPv4
        ports: [{port: 15432}]
        endpoints: [{addresses: [203.0.113.7]}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: undeclared, namespace: obs, labels: {app: undeclared}}
        spec: {containers: [{name: c, image: i, readinessProbe: {tcpSocket: {port: 9876}}}]}
        """;

    /// What is the same in all of them.
    private static final Set<String> EVERYWHERE =
        Set.of("apiVersion", "kind", "metadata name", "metadata namespace", "metadata labels lockdown.dev/run");

    /// By kind, beside what a feature says in so many words.
    private static final List<String> ALLOWED = """
        Namespace metadata labels pod-security.kubernetes.io/enforce
        ConfigMap binaryData agent.jar
        ConfigMap metadata labels lockdown.dev/disruption
        ConfigMap metadata annotations lockdown.dev/disruption
        ConfigMap metadata annotations lockdown.dev/ends
        ConfigMap data repairs.json
        Lease metadata resourceVersion
        Lease metadata annotations lockdown.dev/process
        Lease spec holderIdentity
        Lease spec leaseDurationSeconds
        Lease spec renewTime
        Job spec parallelism
        Job spec activeDeadlineSeconds
        Job spec ttlSecondsAfterFinished
        Job spec template spec restartPolicy
        Job spec template spec containers [] name
        Job spec template spec containers [] image
        Pod metadata labels lockdown.dev/canary
        Pod metadata annotations lockdown.dev/pod
        Pod metadata ownerReferences [] apiVersion
        Pod metadata ownerReferences [] kind
        Pod metadata ownerReferences [] name
        Pod metadata ownerReferences [] uid
        Pod metadata ownerReferences [] controller
        Pod metadata ownerReferences [] blockOwnerDeletion
        Pod spec terminationGracePeriodSeconds
        Pod spec enableServiceLinks
        Pod spec hostNetwork
        Pod spec dnsPolicy
        Pod spec nodeSelector kubernetes.io/os
        Pod spec affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms [] matchFields [] key
        Pod spec affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms [] matchFields [] operator
        Pod spec affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms [] matchFields [] values []
        Pod spec securityContext runAsNonRoot
        Pod spec securityContext runAsUser
        Pod spec securityContext runAsGroup
        Pod spec securityContext seccompProfile type
        Pod spec securityContext sysctls [] name
        Pod spec securityContext sysctls [] value
        Pod spec volumes [] name
        Pod spec volumes [] configMap name
        Pod spec volumes [] emptyDir
        Pod spec containers [] name
        Pod spec containers [] image
        Pod spec containers [] imagePullPolicy
        Pod spec containers [] stdin
        Pod spec containers [] command []
        Pod spec containers [] env [] name
        Pod spec containers [] env [] value
        Pod spec containers [] env [] valueFrom fieldRef fieldPath
        Pod spec containers [] ports [] containerPort
        Pod spec containers [] ports [] protocol
        Pod spec containers [] ports [] name
        Pod spec containers [] resources requests cpu
        Pod spec containers [] resources requests memory
        Pod spec containers [] resources limits memory
        Pod spec containers [] volumeMounts [] name
        Pod spec containers [] volumeMounts [] mountPath
        Pod spec containers [] volumeMounts [] readOnly
        Pod spec containers [] securityContext allowPrivilegeEscalation
        Pod spec containers [] securityContext readOnlyRootFilesystem
        Pod spec containers [] securityContext capabilities drop []
        Pod spec initContainers [] name
        Pod spec initContainers [] image
        Pod spec initContainers [] imagePullPolicy
        Pod spec initContainers [] command []
        Pod spec initContainers [] env [] name
        Pod spec initContainers [] env [] value
        Pod spec initContainers [] resources requests cpu
        Pod spec initContainers [] resources requests memory
        Pod spec initContainers [] resources limits memory
        Pod spec initContainers [] volumeMounts [] name
        Pod spec initContainers [] volumeMounts [] mountPath
        Pod spec initContainers [] securityContext allowPrivilegeEscalation
        Pod spec initContainers [] securityContext readOnlyRootFilesystem
        Pod spec initContainers [] securityContext capabilities drop []
        Service spec type
        Service spec clusterIP
        Service spec ipFamilyPolicy
        Service spec selector app
        Service spec ports [] name
        Service spec ports [] protocol
        Service spec ports [] port
        Service spec ports [] targetPort
        EndpointSlice addressType
        EndpointSlice metadata labels kubernetes.io/service-name
        EndpointSlice metadata labels endpointslice.kubernetes.io/managed-by
        EndpointSlice endpoints [] addresses []
        EndpointSlice endpoints [] conditions ready
        EndpointSlice ports [] name
        EndpointSlice ports [] protocol
        EndpointSlice ports [] port
        NetworkPolicy metadata ownerReferences [] apiVersion
        NetworkPolicy metadata ownerReferences [] kind
        NetworkPolicy metadata ownerReferences [] name
        NetworkPolicy metadata ownerReferences [] uid
        NetworkPolicy metadata ownerReferences [] controller
        NetworkPolicy metadata ownerReferences [] blockOwnerDeletion
        NetworkPolicy spec podSelector
        NetworkPolicy spec podSelector matchLabels lockdown.dev/canary
        NetworkPolicy spec policyTypes []
        """.lines().toList();

    /// What the feature gives its pods, namespaces and policies.
    private static final List<String> WRITTEN = """
        Namespace metadata labels team
        Pod metadata labels app
        Pod metadata labels tier
        NetworkPolicy spec podSelector matchLabels app
        NetworkPolicy spec ingress [] from [] namespaceSelector matchExpressions [] key
        NetworkPolicy spec ingress [] from [] namespaceSelector matchExpressions [] operator
        NetworkPolicy spec ingress [] from [] podSelector
        NetworkPolicy spec ingress [] from [] ipBlock cidr
        NetworkPolicy spec ingress [] from [] ipBlock except []
        NetworkPolicy spec ingress [] ports [] port
        NetworkPolicy spec ingress [] ports [] endPort
        NetworkPolicy spec ingress [] ports [] protocol
        NetworkPolicy spec egress []
        """.lines().toList();

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());
    private StubApi stub;

    @BeforeAll
    void play(@TempDir Path folder) throws IOException {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.addAll(Set.of("create endpointslices", "patch endpointslices", "delete endpointslices", "create jobs", "delete jobs"));
        stub = StubApi.start(folder, rights);
        var manifests = Files.writeString(folder.resolve("outside.yaml"), MANIFESTS);
        var feature = Files.writeString(folder.resolve("all.feature"), FEATURE.formatted(manifests));
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
            assertThat(Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1)).as(this::problems)
                .containsExactly(Ending.PASSED, Ending.PASSED);
        }
    }

    private String problems() {
        return journal.stream().filter(e -> e instanceof Entry.StepFinished s && s.problem() != null).map(Object::toString).toList()
            .toString();
    }

    @AfterAll
    void end() {
        stub.close();
    }

    private Stream<Call> sent() {
        return stub.calls().stream().filter(c -> Set.of("create", "update", "patch").contains(c.verb()))
            .filter(c -> !Set.of("selfsubjectaccessreviews", "pods/attach").contains(c.resource()));
    }

    private List<JsonNode> sent(String kind) {
        return sent().map(Call::body).filter(b -> b.path("kind").asText().equals(kind)).toList();
    }

    private static String kind(Call call) {
        // A merge patch names no kind.
        var kind = call.body().path("kind").asText();
        return !kind.isEmpty() ? kind : call.resource().equals("pods") ? "Pod" : "Namespace";
    }

    @Test
    void is_what_may_be_there_and_nothing_else() {
        var allowed = new HashSet<>(ALLOWED);
        allowed.addAll(WRITTEN);
        var others = new TreeSet<String>();
        var seen = new TreeSet<String>();
        sent().forEach(call -> fields("", call.body(), field -> {
            if (EVERYWHERE.contains(field)) return true;
            var path = kind(call) + " " + field;
            seen.add(path);
            return allowed.contains(path) || others.add(path + " in " + call);
        }));
        assertThat(others).isEmpty();
        // Renewed after some seconds, which this may not take.
        seen.add("Lease metadata resourceVersion");
        assertThat(seen).as("and nothing that nobody sends").containsExactlyInAnyOrderElementsOf(allowed);
    }

    private static void fields(String path, JsonNode node, Predicate<String> each) {
        if (node.isObject() && !node.isEmpty())
            node.properties().forEach(f -> fields(path.isEmpty() ? f.getKey() : path + " " + f.getKey(), f.getValue(), each));
        else
            if (node.isArray()) node.forEach(item -> fields(path + " []", item, each));
            else
                each.test(path);
    }

    /// A port that pods share because of us would be one more of what a plugin mixes up.
    @Test
    void declares_the_ports_of_the_feature_alone() {
        var declared = new TreeSet<String>();
        for (var pod : sent("Pod"))
            for (var container : pod.at("/spec/containers"))
                for (var port : container.path("ports"))
                    declared.add("%s %s=%s/%s".formatted(pod.at("/metadata/name").asText(),
                        port.path("name").asText(), port.path("protocol").asText(), port.path("containerPort").asInt()));
        assertThat(declared).filteredOn(p -> !p.contains("churn")).containsExactly("api =TCP/8080", "host =TCP/18081", "late =TCP/8080",
            "pod =TCP/8080", "web =UDP/5353", "web http=TCP/8080");
        assertThat(sent("Pod")).filteredOn(p -> p.at("/metadata/name").asText().equals("undeclared")).isNotEmpty()
            .allSatisfy(p -> assertThat(p.toString()).contains("TCP/9876"));
    }

    @Test
    void labels_no_namespace_of_the_feature_beside_what_is_ours() {
        for (var namespace : sent("Namespace"))
            if (!namespace.at("/metadata/name").asText().equals("lockdown-nodes"))
                assertThat(namespace.at("/metadata/labels").fieldNames()).toIterable()
                    .allMatch(key -> key.startsWith("lockdown.dev/") || key.equals("team"));
    }

    @Test
    void has_one_container_for_each_pod_and_a_second_only_where_it_is_watched_from_its_start() {
        assertThat(sent("Pod")).filteredOn(p -> p.at("/spec/containers").isArray()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/spec/containers")).hasSize(1);
            if (!pod.at("/metadata/name").asText().equals("late")) assertThat(pod.at("/spec/initContainers")).isEmpty();
        });
    }
}
