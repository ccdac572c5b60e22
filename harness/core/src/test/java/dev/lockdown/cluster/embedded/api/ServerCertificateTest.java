package dev.lockdown.cluster.embedded.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The API server's certificate")
class ServerCertificateTest {
    private final X509Certificate certificate =
        ClusterTls.make(ClusterTls.NAMES, List.of("10.43.0.1", "172.18.0.10", "fd00:10:43::1")).certificate();

    @Test
    void is_good_for_every_name_and_address_of_the_api_server() throws Exception {
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(name("kubernetes"), name("kubernetes.default"),
            name("kubernetes.default.svc"), name("kubernetes.default.svc.cluster.local"), name("localhost"), address("10.43.0.1"),
            address("172.18.0.10"), address("fd00:10:43:0:0:0:0:1"));
    }

    @Test
    void is_signed_with_its_own_key() {
        assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void does_not_depend_on_the_clock() {
        assertThatCode(() -> {
            certificate.checkValidity(Date.from(Instant.parse("2000-01-01T00:00:00Z")));
            certificate.checkValidity(Date.from(Instant.parse("9999-12-31T23:59:58Z")));
        }).doesNotThrowAnyException();
    }

    @Test
    void is_another_one_each_time() {
        assertThat(ClusterTls.make(ClusterTls.NAMES, List.of()).certificate().getPublicKey()).isNotEqualTo(certificate.getPublicKey());
    }

    @Test
    void has_room_for_many_addresses() throws Exception {
        var many = IntStream.range(0, 200).mapToObj("172.18.0.%d"::formatted).toList();
        assertThat(ClusterTls.make(List.of(), many).certificate().getSubjectAlternativeNames()).hasSize(200);
    }

    private static List<?> name(String name) {
        return List.of(2, name);
    }

    private static List<?> address(String address) {
        return List.of(7, address);
    }
}
