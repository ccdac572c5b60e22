package dev.lockdown.cluster.embedded.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockdown.cluster.embedded.kernel.KernelException;
import dev.lockdown.cluster.embedded.kernel.MacAddress;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink.End;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A killed process cannot be asked what it left behind. So it first lays a veth pair from each of its namespaces to one of the
/// test's: an end that is still there tells of a namespace that is.
@NamespacesAvailable
@DisplayName("A killed process")
class KilledTest {
    private static final int FIRST = 500;
    private static final int NAMESPACES = 2 + 10;

    @Test
    void leaves_no_namespace_behind() throws IOException {
        try (var thread = NamespaceThread.start("watch"); var outside = thread.create(); var links = thread.in(outside, Rtnetlink::open)) {
            var process = thread.in(outside, KilledTest::start);
            try (var lines = process.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("ready");
                assertThat(left(links)).as("what is there before").isEqualTo(NAMESPACES);

                process.destroyForcibly();

                await().untilAsserted(() -> assertThat(left(links)).isZero());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
            "-cp", System.getProperty("java.class.path"), Child.class.getName()).redirectErrorStream(true).start();
    }

    private static long left(Rtnetlink links) {
        return IntStream.range(FIRST, FIRST + NAMESPACES).filter(index -> {
            try {
                links.up(index).commit();
                return true;
            } catch (KernelException _) {
                return false;
            }
        }).count();
    }

    /// A program that builds a network and waits to be killed.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            var thread = NamespaceThread.start("child");
            var wiring = Wiring.start(thread, new AddressPlan(List.of(Family.IPV4)));
            var namespaces = new ArrayList<NetworkNamespace>();
            namespaces.add(wiring.internet());
            namespaces.add(wiring.addNode("node-1").namespace());
            var pods = IntStream.range(0, 10).mapToObj(i -> new PodPlan(NamespacedName.parse("x/p" + i), "node-1", false)).toList();
            wiring.addPods(pods).forEach(pod -> namespaces.add(pod.namespace()));
            try (var links = Rtnetlink.open()) {
                for (int i = 0; i < namespaces.size(); i++) {
                    links.veth(new End(FIRST + i, "near" + i, new MacAddress("0a:00:00:00:00:01")),
                        new End(FIRST, "far", new MacAddress("0a:00:00:00:00:02")), namespaces.get(i)).commit();
                }
            }
            System.out.println("ready");
            System.in.read();
        }
    }
}
