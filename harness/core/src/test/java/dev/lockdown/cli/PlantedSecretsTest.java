package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Twenty of them, where people really put them. None may come out anywhere, in no output and in no message.
@DisplayName("Secrets in manifests that are rehearsed")
class PlantedSecretsTest {
    private static final String APPLICATION = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          annotations: {backup.example/url: "https://backup:PLANTED01@store.example/x"}
        spec:
          template:
            metadata:
              labels: {app: web}
              annotations:
                vault.example/token: PLANTED02
                prometheus.io/scrape: "true"
                note: "curl -u ops:PLANTED03 https://ops.example"
                lockdown.dev/ignores: "host:ignored.example"
            spec:
              volumes: [{name: c, configMap: {name: c}}]
              initContainers:
              - name: migrate
                command: [sh, -c, "mysql -h db -pPLANTED04 && PGPASSWORD=PLANTED05 psql postgres://app:PLANTED06@db:5432/x"]
              containers:
              - name: web
                args: [--db-password=PLANTED07, --redis-password, PLANTED08, "--amqp=amqp://app:PLANTED09@db/v", -u, "root:PLANTED10"]
                ports: [{containerPort: 8080}]
                env:
                - {name: DB_PASSWORD, value: PLANTED11}
                - {name: DB_URL, value: "postgres://app:PLANTED12/with@slash@db:5432/x?password=PLANTED13"}
                - {name: DSN, value: "host=db port=5432 user=app password=PLANTED14"}
                - {name: MONGO_URI, value: "mongodb://app:PLANTED15@db:5432,db:5433/x"}
                - {name: SENTRY_DSN, value: "https://PLANTED16@errors.example/1"}
                - {name: HOOK_URL, value: "https://hooks.example/services/PLANTED17?token=PLANTED18"}
                - name: FROM_SECRET_URL
                  valueFrom: {secretKeyRef: {name: s, key: url}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db, labels: {app: db}}
        spec: {containers: [{name: db}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: s}
        stringData: {url: "https://PLANTED19.example"}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data:
          app.properties: |
            spring.datasource.url=jdbc:oracle:thin:app/PLANTED20@db:5432:x
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db}
        spec: {selector: {app: db}, ports: [{name: a, port: 5432}, {name: b, port: 5433}]}
        """;

    @TempDir
    private Path folder;

    @Test
    void come_out_nowhere() throws IOException {
        assertThat(IntStream.rangeClosed(1, 20)).allMatch(i -> APPLICATION.contains("PLANTED%02d".formatted(i)));
        var file = Files.writeString(folder.resolve("app.yaml"), APPLICATION).toString();
        var typist = new Typist(folder, InstantSource.system());
        for (var form : List.of("text", "json", "yaml", "html", "dot", "mermaid", "markdown"))
            typist.types("rehearse", "-f", file, "--expected-only", "--output", form);
        typist.types("rehearse", "-f", file, "--expected-only", "--write", folder.resolve("policies").toString());
        typist.types("rehearse", "--base", file, "--head", file, "--expected-only", "--github");
        // A declaration that is wrong is quoted.
        for (var slip : List.of("https://u:PLANTED@h TCP/443", "host:h https://u:PLANTED@h", "https://u:PLANTED@h"))
            typist.types("rehearse", "-f", Files.writeString(folder.resolve("slip.yaml"),
                APPLICATION.replace("lockdown.dev/ignores: \"host:ignored.example\"", "lockdown.dev/needs: \"" + slip + "\""))
                .toString(),
                "--expected-only");
        assertThat(typist.out()).contains("errors.example", "hooks.example", "service:default/db");
        var all = new ArrayList<>(List.of(typist.out(), typist.err()));
        try (var files = Files.list(folder.resolve("policies"))) {
            for (var written : files.toList()) all.add(Files.readString(written));
        }
        assertThat(all).noneMatch(t -> t.contains("PLANTED"));
    }
}
