package dev.lockdown.need;

import static dev.lockdown.need.NeedReaderTest.CLIENT;
import static dev.lockdown.need.NeedReaderTest.SERVER;
import static dev.lockdown.need.NeedReaderTest.flows;
import static dev.lockdown.need.NeedReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The ConfigMap has the application's name, and no pod names it.
@DisplayName("Needs in a ConfigMap of Spring Cloud Kubernetes")
class SpringConfigTest {
    private static final String CONFIG = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, namespace: shop, labels: {%s}}
        data:
          application.yml: |
            spring:
              data.mongodb.host: db
              cloud.gateway.routes:
              - id: api
                uri: lb://db
        ---
        """;
    private static final String LABEL = "spring.cloud.kubernetes.config: \"true\"";

    @Test
    void are_those_of_the_workload_of_its_name() {
        assertThat(flows(read(CLIENT.formatted("env: []") + SERVER + CONFIG.formatted("client", LABEL))))
            .containsExactly("shop/Deployment/client to service:shop/db on TCP/5432");
    }

    @Test
    void are_nobodys_without_its_label_or_name() {
        assertThat(flows(read(CLIENT.formatted("env: []") + SERVER + CONFIG.formatted("client", "a: b")))).isEmpty();
        assertThat(flows(read(CLIENT.formatted("env: []") + SERVER + CONFIG.formatted("other", LABEL)))).isEmpty();
    }
}
