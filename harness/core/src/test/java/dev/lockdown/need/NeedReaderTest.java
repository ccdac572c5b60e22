package dev.lockdown.need;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The needs of an application")
class NeedReaderTest {
    static final String CLIENT = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: client, namespace: shop}
        spec:
          selector: {matchLabels: {app: client}}
          template:
            metadata: {labels: {app: client}}
            spec:
              containers:
              - name: client
                %s
        ---
        """;
    static final String SERVER = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: shop}
        spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: http}, {name: grpc, port: 9090}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: api}, ports: [{port: 5432, targetPort: 8080}]}
        ---
        """;

    static Needs read(String text) {
        var sources = List.of(new Source(Position.startOf("app.yaml"), text));
        return NeedReader.read(Manifests.readAll(sources, "shop"), sources, "shop", Map.of());
    }

    static List<String> flows(Needs needs) {
        return needs.needs().stream().filter(n -> n.purpose() != Purpose.DNS).map(Need::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"API_URL | http://api | service:shop/api on TCP/80", "API_URL | http://api.shop | service:shop/api on TCP/80",
            "API | api.shop.svc:9090 | service:shop/api on TCP/9090",
            "API | http://api.shop.svc.cluster.local./x | service:shop/api on TCP/80",
            "DB | jdbc:postgresql://db/orders | service:shop/db on TCP/5432", "DB_HOST | db | service:shop/db on TCP/5432",
            "K8S | https://kubernetes.default.svc | api on TCP/443", "X_URL | https://partner.example/v1 | host:partner.example on TCP/443",
            "X_HOST | 198.51.100.7:8443 | host:198.51.100.7 on TCP/8443", "GRPC | grpc://api | service:shop/api on TCP/9090"})
    void come_from_the_environment(String name, String value, String expected) {
        var needs = read(CLIENT.formatted("env: [{name: %s, value: \"%s\"}]".formatted(name, value)) + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to " + expected);
        assertThat(needs.needs().getFirst().because()).containsExactly(new Because("app.yaml", 11, "env[%s]".formatted(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"ROLE | api", "LOG | info:80", "API_LISTEN_ADDRESS | 0.0.0.0:80", "PUBLIC_URL | https://shop.example", "X | localhost:80",
            "API_URL | http://127.0.0.1:80", "CORS_ORIGIN | https://partner.example", "IMAGE | api:80", "TZ | Europe/Zurich",
            "PATH_URL | /api/v1", "SELF_URL | ${BASE}/x"})
    void are_not_invented(String name, String value) {
        var needs = read(CLIENT.formatted("env: [{name: %s, value: \"%s\"}]".formatted(name, value)) + SERVER);
        assertThat(needs.needs()).isEmpty();
        assertThat(needs.unproven()).isEmpty();
    }

    @Test
    void of_a_StatefulSet_for_itself_are_those_of_several_pods() {
        var set = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              replicas: %s
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: c, ports: [{containerPort: 5432}], env: [{name: DB_URL, value: "postgres://db"}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {selector: {app: db}, ports: [{port: 5432}]}
            """;
        assertThat(read(set.formatted(1)).needs()).isEmpty();
        assertThat(flows(read(set.formatted(2)))).containsExactly("shop/StatefulSet/db to service:shop/db on TCP/5432");
    }

    @Test
    void fill_in_references_and_take_ports_from_beside() {
        var needs = read(
            CLIENT.formatted("env: [{name: H, value: api}, {name: URL, value: \"http://$(H):9090\"}, {name: DB_PORT, value: \"5432\"}, "
                + "{name: DB_HOST, value: db}]") + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/api on TCP/9090",
            "shop/Deployment/client to service:shop/db on TCP/5432");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"args: [--db-host=db] | db on TCP/5432", "args: [--db-host, db] | db on TCP/5432",
            "args: ['-Dapi.url=http://api'] | api on TCP/80",
            "command: [sh, -c, 'until nc -z db 5432; do sleep 1; done'] | db on TCP/5432", "command: [nc, -z, db, '5432'] | db on TCP/5432",
            "command: [pg_isready, -h, db, -p, '5432'] | db on TCP/5432"})
    void come_from_commands_and_arguments(String field, String expected) {
        assertThat(flows(read(CLIENT.formatted(field) + SERVER))).containsExactly("shop/Deployment/client to service:shop/" + expected);
    }

    @Test
    void of_a_dump_are_those_of_the_workload_and_stand_there() {
        var owned = "ownerReferences: [{apiVersion: apps/v1, kind: %s, name: %s, uid: u, controller: true}]";
        var container = "containers: [{name: c, env: [{name: A_URL, value: \"http://api\"}]}]";
        var dump = CLIENT.formatted("env: [{name: A_URL, value: \"http://api\"}]") + """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: client-5f, namespace: shop, %s}
            spec: {replicas: %s, template: {metadata: {labels: {app: client, pod-template-hash: 5f}}, spec: {%s}}}
            ---
            """;
        var pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: client-5f-abcde, namespace: shop, labels: {app: client, pod-template-hash: 5f}, %s}
            spec: {%s}
            ---
            """;
        var deployment = owned.formatted("Deployment", "client");
        for (var text : List.of(dump.formatted(deployment, 1, container),
            dump.formatted(deployment, 1, container) + pod.formatted(owned.formatted("ReplicaSet", "client-5f"), container))) {
            var needs = read(text + SERVER);
            assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/api on TCP/80");
            assertThat(needs.needs().getLast().because()).containsExactly(new Because("app.yaml", 11, "env[A_URL]"));
        }
    }

    @Test
    void in_arguments_have_one_place() {
        var needs = read(CLIENT.formatted("args: [--db, \"http://db:5432\"]") + SERVER);
        assertThat(needs.needs().getLast().because()).containsExactly(new Because("app.yaml", 11, "args[1]"));
    }

    @Test
    void of_a_mounted_file_have_its_line() {
        var needs = read(CLIENT.formatted("volumeMounts: []").replace("spec:\n      containers",
            "spec:\n      volumes: [{name: c, configMap: {name: c}}]\n      containers")
            + """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: c, namespace: shop}
                data:
                  app.yaml: |
                    # http://api:9090
                    database:
                      host: db
                      port: 5432
                ---
                """ + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/db on TCP/5432");
        assertThat(needs.needs().getLast().because()).containsExactly(new Because("app.yaml", 21, "data[app.yaml]"));
    }

    @Test
    void that_dangle_are_told() {
        var needs = read(CLIENT.formatted(
            "env: [{name: A_URL, value: \"http://ap\"}, {name: B_URL, value: \"http://api:81\"}, {name: C_URL, value: \"http://x.crm.svc\"}]")
            + SERVER);
        assertThat(needs.unproven()).extracting(Unproven::what).containsExactly("there is no Service ap in namespace shop",
            "Service shop/api has no port 81; it has TCP/80, TCP/9090",
            "there is no Service x in namespace crm, which is not among the manifests");
        assertThat(needs.unproven()).allMatch(Unproven::dangling);
    }

    @Test
    void in_a_Secret_are_told_by_the_key_alone() {
        var needs = read(CLIENT.formatted(
            "env: [{name: DB_URL, valueFrom: {secretKeyRef: {name: s, key: url}}}, {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: p}}}]")
            + "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {url: \"http://api\", p: PLANTED}\n---\n"
            + SERVER);
        assertThat(needs.needs()).isEmpty();
        assertThat(needs.unproven()).extracting(Unproven::what)
            .containsExactly("DB_URL is key url of Secret shop/s, whose values are not read");
    }

    @Test
    void that_somebody_declares_are_added_ignored_and_explained() {
        var needs = read(
            CLIENT.formatted("env: [{name: A_URL, value: \"http://api\"}, {name: DB_URL, valueFrom: {secretKeyRef: {name: s, key: url}}}]")
                + SERVER + """
            apiVersion: lockdown.dev/v1
            kind: Needs
            metadata: {name: n, namespace: shop}
            spec:
              needs: [{from: client, to: "service:db", port: TCP/5432, explains: "env[DB_URL]"}, {from: node, to: client, port: TCP/9}]
              ignore: [{from: client, to: "service:api"}, {to: dns}]
            """);
        assertThat(flows(needs)).containsExactly("node to shop/Deployment/client on TCP/9",
            "shop/Deployment/client to service:shop/db on TCP/5432");
        assertThat(needs.needs()).hasSize(2);
        assertThat(needs.unproven()).isEmpty();
    }

    @Test
    void that_are_declared_wrongly_are_told_all_at_once() {
        assertThatThrownBy(() -> read(CLIENT.formatted("env: []") + SERVER + """
            apiVersion: lockdown.dev/v1
            kind: Needs
            metadata: {name: n, namespace: shop}
            spec:
              needs: [{from: clint, to: "service:db", port: TCP/5432}, {from: client, to: node, port: TCP/1}, {from: client, to: dns, port: 53}]
              ignore: [{reason: x}]
              host: []
            """)).isInstanceOf(ManifestException.class).hasMessageContainingAll("unknown field \"host\"",
            "there is no shop/clint in the manifests",
            "did you mean shop/client?", "node is nobody whom a need ends at", "would ignore every need");
    }
}
