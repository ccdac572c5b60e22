package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("A kernel setting")
class SysctlTest {
    private final NamespaceThread thread = NamespaceThread.start("sysctl");
    private final NetworkNamespace one = thread.create();
    private final NetworkNamespace other = thread.create();

    @AfterEach
    void close() {
        one.close();
        other.close();
        thread.close();
    }

    @Test
    void is_written_in_the_threads_namespace_alone() throws IOException {
        thread.in(one, () -> Sysctl.write("net.ipv4.tcp_orphan_retries", "7"));
        thread.in(other, () -> Sysctl.write("net.ipv4.tcp_orphan_retries", "3"));

        assertThat(thread.in(one, () -> read("ipv4/tcp_orphan_retries"))).isEqualTo("7");
    }

    @Test
    void that_does_not_exist_is_an_error() {
        assertThatThrownBy(() -> thread.in(one, () -> Sysctl.write("net.ipv4.nonsense", "1")))
            .hasMessage("open /proc/sys/net/ipv4/nonsense: ENOENT (no such file or directory)");
    }

    @Test
    void that_does_not_exist_is_tolerated_where_that_is_asked() {
        assertThat(thread.in(one, () -> Sysctl.writeIfAllowed("net.ipv4.nonsense", "1"))).isFalse();
    }

    @Test
    void that_refuses_its_value_is_an_error_in_any_case() {
        assertThatThrownBy(() -> thread.in(one, () -> Sysctl.writeIfAllowed("net.ipv4.ip_forward", "much")))
            .hasMessage("write net.ipv4.ip_forward=much: EINVAL (invalid argument)");
    }

    private static String read(String key) throws IOException {
        try (var file = new FileInputStream("/proc/sys/net/" + key)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
