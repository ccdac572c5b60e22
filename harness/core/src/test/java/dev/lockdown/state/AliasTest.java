package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A Service of type ExternalName")
class AliasTest {
    @ParameterizedTest
    @CsvSource({"db.crm.svc.cluster.local, service:crm/db", "kubernetes.default.svc.cluster.local, kubernetes-api",
        "kubernetes.shop.svc.cluster.local, service:shop/kubernetes", "db.crm.svc, host:db.crm.svc",
        "partner.example, host:partner.example",
        "a.db.crm.svc.cluster.local, host:a.db.crm.svc.cluster.local"})
    void leads_to_what_its_name_stands_for(String name, String target) {
        assertThat(Alias.target(Service.alias(new NamespacedName("shop", "alias"), Map.of(), List.of(), name))).hasToString(target);
    }
}
