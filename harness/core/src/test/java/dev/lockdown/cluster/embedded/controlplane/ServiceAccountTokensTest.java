package dev.lockdown.cluster.embedded.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens.Caller;
import dev.lockdown.flow.NamespacedName;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A service account token")
class ServiceAccountTokensTest {
    private static final NamespacedName WEB = NamespacedName.parse("shop/web");
    private final ServiceAccountTokens tokens = new ServiceAccountTokens();

    @Test
    void is_the_same_each_time_it_is_read() {
        assertThat(tokens.of(WEB)).isEqualTo(tokens.of(WEB));
    }

    @Test
    void is_another_one_in_another_cluster() {
        assertThat(tokens.of(WEB)).isNotEqualTo(new ServiceAccountTokens().of(WEB));
    }

    @Test
    void names_the_service_account_of_the_namespace() throws IOException {
        assertThat(claims().path("sub").asText()).isEqualTo("system:serviceaccount:shop:default");
    }

    @Test
    void names_the_pod() throws IOException {
        assertThat(claims().at("/kubernetes.io/pod/name").asText()).isEqualTo("web");
    }

    @Test
    void is_known_as_the_pods() {
        assertThat(tokens.caller(tokens.of(WEB))).contains(new Caller.ServiceAccount(WEB));
    }

    @Test
    void is_nobodys_when_it_was_changed() {
        assertThat(tokens.caller(tokens.of(WEB) + "x")).isEmpty();
    }

    private JsonNode claims() throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(tokens.of(WEB).split("\\.")[1]));
    }
}
