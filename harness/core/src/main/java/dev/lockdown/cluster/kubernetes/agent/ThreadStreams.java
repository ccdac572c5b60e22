package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.pod.AgentThread;
import dev.lockdown.pod.Pipe;
import dev.lockdown.probe.Sockets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs an agent as a thread of this process. It ends with its stream, and is not begun again.
public final class ThreadStreams implements AgentStream.Source {
    private final Map<String, String> environment;
    private final Sockets sockets;
    private volatile boolean begun;

    /// @param environment of an agent, see [dev.lockdown.pod.AgentMain]
    /// @param sockets of the machine where it shall be
    public ThreadStreams(Map<String, String> environment, Sockets sockets) {
        this.environment = Map.copyOf(environment);
        this.sockets = sockets;
    }

    private record Running(Thread agent, Pipe in) implements AgentStream {
        @Override
        public void write(byte[] bytes) {
            in.write(bytes);
        }

        /// Returns when its ports are free again.
        @Override
        public void close() {
            in.close();
            try {
                agent.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public @Nullable AgentStream open(Consumer<String> line, Runnable broken) {
        if (begun) return null;
        begun = true;
        var in = new Pipe();
        return new Running(AgentThread.start(environment, sockets, in, new Lines(line)), in);
    }

    @Override
    public @Nullable String gone(@Nullable String known) {
        return begun ? "the agent of %s on this machine has ended".formatted(this) : null;
    }

    @Override
    public String toString() {
        return environment.getOrDefault("LOCKDOWN_IDENTITY", "this machine");
    }
}
