package dev.lockdown.need;

import static dev.lockdown.need.NeedReaderTest.CLIENT;
import static dev.lockdown.need.NeedReaderTest.SERVER;
import static dev.lockdown.need.NeedReaderTest.flows;
import static dev.lockdown.need.NeedReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Shapes that manifests of public applications have.
@DisplayName("Needs in the shapes that people write")
class WrittenShapesTest {

    private static String mounting(String key, String text) {
        return CLIENT.formatted("volumeMounts: []").replace("spec:\n      containers",
            "spec:\n      volumes: [{name: c, configMap: {name: c}}]\n      containers")
            + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata:\n  " + key + ": |\n" + text.indent(4) + "---\n"
            + SERVER;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"IMAGE_SVC | http://api | service:shop/api on TCP/80",
            "SCHEMA_REGISTRY_URL | http://api:9090 | service:shop/api on TCP/9090",
            "DISCOVERY_SERVICE | db | service:shop/db on TCP/5432",
            "STORE | dnssrv+_grpc._tcp.api.shop.svc.cluster.local | service:shop/api on TCP/9090",
            "STORE | dnssrv+_http._tcp.api.shop:80 | service:shop/api on TCP/80",
            "CACHE | dns+api:9090 | service:shop/api on TCP/9090",
            "X | olm-heap-:https://api:80/heap | service:shop/api on TCP/80"})
    void in_a_variable(String name, String value, String expected) {
        assertThat(flows(read(CLIENT.formatted("env: [{name: %s, value: \"%s\"}]".formatted(name, value)) + SERVER)))
            .containsExactly("shop/Deployment/client to " + expected);
    }

    @Test
    void have_one_host_and_a_port_for_each_purpose() {
        var needs = read(CLIENT.formatted("env: [{name: BUS_HOST, value: api}, {name: BUS_PUBLISH_PORT, value: \"80\"}, "
            + "{name: BUS_PORT_GRPC, value: \"9090\"}, {name: BUS_DEBUG_PORT, value: \"7\"}]") + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/api on TCP/80",
            "shop/Deployment/client to service:shop/api on TCP/9090");
        assertThat(needs.unproven()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.$(NS).svc:80", "http://$(API_SERVICE_HOST):$(API_SERVICE_PORT)"})
    void are_completed_by_what_the_kubelet_tells(String url) {
        var needs =
            read(CLIENT.formatted("env: [{name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]\n        args: [\"--to=%s\"]"
                .formatted(url)) + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/api on TCP/80");
    }

    @Test
    void of_a_shell_are_completed_by_its_variables() {
        var needs =
            read(CLIENT.formatted("env: [{name: WHERE, value: db}]\n        command: [sh, -c, 'until nc -z $WHERE 5432; do sleep 1; done']")
                + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/db on TCP/5432");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ncat --recv-only db 5432 | tar x", "ARGS+=(\"--join\" \"db\")", "init --db-host=db"})
    void stand_in_scripts(String script) {
        var needs = read(CLIENT
            .formatted("command:\n        - sh\n        - -c\n        - |\n          set -e\n          # see http://api:9090\n          "
                + script)
            + SERVER);
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/db on TCP/5432");
    }

    @Test
    void of_a_pod_that_a_script_counts_are_the_peers() {
        var set = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: c, command: [bash, -c, "ncat --recv-only db-$(($ordinal-1)).db 3307 | xbstream -x"]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {clusterIP: None, selector: {app: db}, ports: [{port: 3306}]}
            """;
        assertThat(flows(read(set))).containsExactly("shop/StatefulSet/db to shop/StatefulSet/db on TCP/3307");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<match **>\n  host db\n  port 5432\n</match>", "[OUTPUT]\n    Name  es\n    Host  db\n    Port  5432",
        "upstream u {\n  server db:5432;\n}"})
    void of_a_file_may_have_a_blank_between(String text) {
        assertThat(flows(read(mounting("out.conf", text)))).containsExactly("shop/Deployment/client to service:shop/db on TCP/5432");
    }

    @Test
    void of_ZooKeepers_servers_have_two_ports() {
        var servers = "server.1=zoo-0.zoo:2888:3888:participant\nserver.2=zoo-1.zoo:2888:3888";
        var needs = read(mounting("zoo.properties", servers)
            .replace("kind: Deployment\nmetadata: {name: client", "kind: StatefulSet\nmetadata: {name: zoo")
            .replaceFirst("spec:\n  selector", "spec:\n  replicas: 2\n  selector")
            + "apiVersion: v1\nkind: Service\nmetadata: {name: zoo, namespace: shop}\nspec: {clusterIP: None, selector: {app: client}}\n");
        assertThat(flows(needs)).containsExactly("shop/StatefulSet/zoo to shop/StatefulSet/zoo on TCP/2888",
            "shop/StatefulSet/zoo to shop/StatefulSet/zoo on TCP/3888");
    }

    @Test
    void of_a_sidecar_are_in_what_it_looks_for() {
        var map = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: %s, labels: {grafana_datasource: "%s"}}
            data:
              datasources.yaml: |
                datasources:
                - name: one
                  url: http://api:9090
            ---
            """;
        var client = CLIENT.formatted("image: quay.io/kiwigrid/k8s-sidecar:1.30.0\n        env: [{name: LABEL, value: grafana_datasource}, "
            + "{name: LABEL_VALUE, value: \"1\"}]");
        assertThat(flows(read(client + SERVER + map.formatted("a", "shop", "1"))))
            .containsExactly("shop/Deployment/client to service:shop/api on TCP/9090");
        assertThat(flows(read(client + SERVER + map.formatted("a", "shop", "2") + map.formatted("b", "other", "1")))).isEmpty();
    }

    @Test
    void without_a_port_are_told_only_where_no_place_names_it() {
        var host = "{name: A_HOST, value: api}";
        assertThat(read(CLIENT.formatted("env: [%s]".formatted(host)) + SERVER).unproven()).hasSize(1);
        assertThat(read(CLIENT.formatted("env: [%s, {name: A_URL, value: \"http://$(A_HOST):80\"}]".formatted(host)) + SERVER).unproven())
            .isEmpty();
    }

    @Test
    void of_a_dashboard_are_none() {
        var needs = read(mounting("d.json", "{\n\"panels\": [],\n\"service\": \"api.shop.svc.cluster.local\",\n\"url\": \"http://api\",\n"
            + "\"schemaVersion\": 38\n}"));
        assertThat(needs.needs()).isEmpty();
        assertThat(needs.unproven()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"-target=all", "--cache-backend=memory", "--service=x", "--url=http://x.shop.localhost",
        "--description=see https://x.example"})
    void are_not_invented(String word) {
        var needs = read(CLIENT.formatted("args: ['%s']".formatted(word)) + SERVER);
        assertThat(needs.needs()).isEmpty();
        assertThat(needs.unproven()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http://api.billing:80 | there is no Service api in namespace billing, which is not among the manifests | give the manifests of that namespace, too; a host outside the cluster is declared in lockdown.yaml",
        "http://queue-0.queue:80 | there is no Service queue in namespace shop | add the Service, or mend the name; a host outside the cluster is declared in lockdown.yaml",
        "http://x.crm.svc | there is no Service x in namespace crm, which is not among the manifests | give the manifests of that namespace, too"})
    void that_lead_to_another_namespace_are_no_hosts_outside(String url, String what, String remedy) {
        var needs = read(CLIENT.formatted("env: [{name: A_URL, value: \"%s\"}]".formatted(url)) + SERVER);
        assertThat(flows(needs)).isEmpty();
        assertThat(needs.unproven()).extracting(Unproven::what, Unproven::remedy)
            .containsExactly(tuple(what, remedy));
    }

    @Test
    void of_two_labels_lead_outside_where_somebody_declares_the_host() {
        var needs = read(CLIENT.formatted("env: [{name: A_URL, value: \"https://erp.office\"}]")
            + "apiVersion: lockdown.dev/v1\nkind: Needs\nmetadata: {name: n}\nspec: {hosts: [{name: erp.office, addresses: [198.51.100.7]}]}\n");
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to host:erp.office on TCP/443");
        assertThat(needs.unproven()).isEmpty();
    }

    @Test
    void in_files_of_Secrets_are_told() {
        var needs = read(CLIENT.formatted("env: [{name: STORE, valueFrom: {secretKeyRef: {name: s, key: store.yaml}}}]").replace(
            "spec:\n      containers", "spec:\n      volumes: [{name: v, secret: {secretName: s}}]\n      containers")
            + "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {app.yaml: \"url: http://api\", tls.crt: x}\n---\n"
            + SERVER);
        assertThat(needs.needs()).isEmpty();
        assertThat(needs.unproven()).extracting(Unproven::what).containsExactly(
            "STORE is key store.yaml of Secret shop/s, whose values are not read",
            "it mounts app.yaml of Secret shop/s, whose values are not read");
    }

    @Test
    void of_an_empty_name_are_as_of_none() {
        var needs = read(CLIENT.formatted("env: []").replace("spec:\n      containers",
            "spec:\n      serviceAccountName: \"\"\n      containers")
            + "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\n"
            + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}\nsubjects: [{kind: ServiceAccount, name: default}]\n---\n");
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to api on TCP/443");
    }

    @Test
    void of_workloads_of_one_operator_are_told_apart() {
        var owned = "ownerReferences: [{apiVersion: x.io/v1, kind: App, name: all, uid: u, controller: true}]";
        var needs = read((CLIENT.formatted("env: [{name: A_URL, value: \"http://api\"}]")
            + SERVER).replace("namespace: shop}\nspec:\n  selector", "namespace: shop, " + owned + "}\nspec:\n  selector"));
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to service:shop/api on TCP/80");
        assertThat(needs.workloads()).extracting(w -> w.party().toString()).containsExactly("shop/Deployment/client",
            "shop/Deployment/api");
    }

    @Test
    void by_a_route_of_a_mesh_are_none_of_the_ingress() {
        var route = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: r, namespace: shop}
            spec:
              parentRefs: [{group: "", kind: %s, name: api}]
              rules: [{backendRefs: [{name: db, port: 5432}]}]
            ---
            """;
        assertThat(flows(read(SERVER + route.formatted("Service")))).isEmpty();
        assertThat(flows(read(SERVER + route.formatted("Gateway")))).containsExactly("ingress to service:shop/db on TCP/5432");
    }
}
