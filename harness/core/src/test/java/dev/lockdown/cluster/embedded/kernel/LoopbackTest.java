package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("The loopback interface")
class LoopbackTest {

    @Test
    void is_brought_up_early_enough_for_the_JDK_to_find_IPv6() throws Exception {
        assertThat(runInAnEmptyNamespace("up")).isEqualTo("IPv6");
    }

    @Test
    void is_missed_by_the_JDK_where_nobody_brings_it_up() throws Exception {
        assertThat(runInAnEmptyNamespace("leave")).isEqualTo("UnsupportedOperationException");
    }

    private static String runInAnEmptyNamespace(String what) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("unshare", "--net", Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Child.class.getName(), what));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    /// A program that says whether it can open a socket of IPv6.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments[0].equals("up")) Loopback.up();
            try (var _ = SocketChannel.open(StandardProtocolFamily.INET6)) {
                System.out.println("IPv6");
            } catch (UnsupportedOperationException e) {
                System.out.println(e.getClass().getSimpleName());
            }
        }
    }
}
