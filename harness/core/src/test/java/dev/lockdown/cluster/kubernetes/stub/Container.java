package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.embedded.kernel.NamespacePath;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.pod.AgentThread;
import dev.lockdown.pod.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An agent that runs in a pod.
interface Container extends AutoCloseable {
    /// Its standard input.
    void hear(byte[] bytes) throws IOException;

    /// As SIGKILL does. Returns when it is gone.
    @Override
    void close();

    /// Where the agents run.
    enum Kind {
        PROCESS, THREAD
    }

    /// A process of its own, in the network namespace of the pod.
    static Container process(Underlay network, NamespacedName pod, List<String> command, Map<String, String> environment,
            OutputStream out) {
        var line = new ArrayList<>(List.of("nsenter", "--net=" + NamespacePath.of(network.namespace(pod))));
        line.addAll(command);
        line.replaceAll(w -> w.equals("java") ? Path.of(System.getProperty("java.home"), "bin", "java").toString() : w);
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(n -> n.startsWith("LOCKDOWN") || n.startsWith("JAVA") || n.startsWith("JDK"));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            Thread.ofPlatform().daemon().name("output of " + pod).start(() -> copy(process.getInputStream(), out));
            return new Container() {
                @Override
                public void hear(byte[] bytes) throws IOException {
                    process.getOutputStream().write(bytes);
                    process.getOutputStream().flush();
                }

                @Override
                public void close() {
                    process.destroyForcibly().onExit().join();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A shell in the network namespace of the pod, while its agent is none of its children.
    static Shell shell(Underlay network, NamespacedName pod, List<String> command, Map<String, String> environment) {
        var line = new ArrayList<>(List.of("nsenter", "--net=" + NamespacePath.of(network.namespace(pod))));
        line.addAll(command);
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            return new Shell(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Shell(Process process) {
        void waitFor() {
            process.onExit().join();
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        try {
            from.transferTo(to);
        } catch (IOException e) {
            // It ended.
        }
    }

    /// A thread of this process, whose sockets are opened in the network namespace of the pod.
    static Container thread(Underlay network, NamespacedName pod, Map<String, String> environment, OutputStream out) {
        var in = new Pipe();
        var thread = AgentThread.start(environment, network.sockets(pod), in, out);
        return new Container() {
            @Override
            public void hear(byte[] bytes) {
                in.write(bytes);
            }

            @Override
            public void close() {
                in.close();
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    /// One that takes everything and says nothing.
    static Container mute() {
        return new Container() {
            @Override
            public void hear(byte[] bytes) {}

            @Override
            public void close() {}
        };
    }
}
