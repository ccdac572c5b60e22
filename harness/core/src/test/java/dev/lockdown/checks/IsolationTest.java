package dev.lockdown.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Surefire's JVM")
class IsolationTest {

    @Test
    void sees_no_network_device_but_the_loopback_so_that_no_test_can_leak_a_packet() throws SocketException {
        assumeThat(System.getProperty("surefire.test.class.path")).as("an IDE runs tests on the host's network").isNotNull();
        assertThat(NetworkInterface.networkInterfaces()).extracting(NetworkInterface::getName).containsExactly("lo");
    }
}
