package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("A namespace thread")
class NamespaceThreadTest {
    private final NamespaceThread thread = NamespaceThread.start("test");
    private final NetworkNamespace namespace = thread.create();

    @AfterEach
    void close() {
        namespace.close();
        thread.close();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, INET", "fd00::2, INET6"})
    void opens_sockets_that_stay_in_their_namespace(String address, StandardProtocolFamily family) throws IOException {
        var there = new InetSocketAddress(InetAddress.ofLiteral(address), 80);
        try (var pair = Pair.connected();
                var server = pair.thread().in(pair.right(), () -> ServerSocketChannel.open(family));
                var client = pair.thread().in(pair.left(), () -> SocketChannel.open(family))) {
            server.bind(there);

            client.connect(there);

            assertThat(client.getRemoteAddress()).isEqualTo(there);
        }
    }

    @Test
    void rests_where_the_network_is_unreachable() throws IOException {
        try (var leaked = thread.run(() -> SocketChannel.open(StandardProtocolFamily.INET))) {
            assertThatThrownBy(() -> leaked.connect(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 80)))
                .isInstanceOf(SocketException.class).hasMessage("Network is unreachable");
        }
    }

    @Test
    void goes_back_to_rest_after_a_task() {
        var inside = thread.in(namespace, NamespaceThreadTest::here);

        assertThat(thread.run(NamespaceThreadTest::here)).isNotEqualTo(inside);
    }

    @Test
    void goes_back_to_rest_after_a_task_that_failed() {
        var inside = thread.in(namespace, NamespaceThreadTest::here);

        assertThatThrownBy(() -> thread.in(namespace, () -> { throw new IOException("on purpose"); })).isInstanceOf(IOException.class);

        assertThat(thread.run(NamespaceThreadTest::here)).isNotEqualTo(inside);
    }

    @Test
    void goes_back_to_where_a_nested_task_was_called() {
        try (var other = thread.create()) {
            var around = thread.in(namespace, () -> {
                var before = here();
                thread.in(other, () -> {});
                return before.equals(here());
            });

            assertThat(around).isTrue();
        }
    }

    @Test
    void moves_from_namespace_to_namespace_within_one_task() {
        try (var other = thread.create()) {
            var different = thread.run(() -> {
                thread.enter(namespace);
                var first = here();
                thread.enter(other);
                return !first.equals(here());
            });

            assertThat(different).isTrue();
        }
    }

    @Test
    void cannot_be_moved_by_another_thread() {
        assertThatThrownBy(() -> thread.enter(namespace)).isInstanceOf(IllegalStateException.class)
            .hasMessage("enter() called on thread %s: only a task on thread test may move it".formatted(Thread.currentThread().getName()));
    }

    @Test
    void does_not_enter_a_closed_namespace() {
        namespace.close();

        assertThatThrownBy(() -> thread.in(namespace, () -> {})).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("is closed");
    }

    @Test
    void hands_the_exception_of_a_task_to_its_caller() {
        assertThatThrownBy(() -> thread.run(() -> { throw new IOException("on purpose"); })).isExactlyInstanceOf(IOException.class)
            .hasMessage("on purpose");
    }

    @Test
    void passes_an_interruption_on_to_the_task() throws InterruptedException {
        var began = new CountDownLatch(1);
        var seen = new CompletableFuture<Boolean>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                thread.run(() -> {
                    began.countDown();
                    new CountDownLatch(1).await();
                    return true;
                });
            } catch (InterruptedException e) {
                seen.complete(Thread.currentThread().isInterrupted());
            }
        });
        began.await();

        caller.interrupt();

        assertThat(seen.join()).as("the caller is interrupted, too").isTrue();
    }

    @Test
    void is_not_disturbed_by_the_interruption_of_an_earlier_task() throws InterruptedException {
        var began = new CountDownLatch(1);
        var caller = Thread.ofVirtual().start(() -> thread.run(() -> {
            began.countDown();
            while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
        }));
        began.await();
        caller.interrupt();
        caller.join();

        assertThat(thread.run(() -> Thread.currentThread().isInterrupted())).isFalse();
    }

    @Test
    void refuses_work_after_it_is_closed() {
        thread.close();

        assertThatThrownBy(() -> thread.run(() -> 1)).isInstanceOf(IllegalStateException.class).hasMessage("thread test is closed");
    }

    private static String here() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
