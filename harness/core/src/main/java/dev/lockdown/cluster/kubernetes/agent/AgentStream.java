package dev.lockdown.cluster.kubernetes.agent;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A way to an agent's standard input and from its standard output, as long as it holds.
public interface AgentStream extends AutoCloseable {
    /// Write to the agent's standard input; never by two threads at once.
    ///
    /// @throws IOException if the stream is broken
    void write(byte[] bytes) throws IOException;

    @Override
    void close();

    /// Opens streams to one agent; its text form names the agent.
    interface Source {
        /// @param line hears what the agent says, a line each time, on any thread
        /// @param broken to be told when the stream has broken
        /// @return null where it cannot be opened now
        @Nullable AgentStream open(Consumer<String> line, Runnable broken);

        /// Why there will be no agent any more, or null where it is worth trying again.
        ///
        /// @param known by which name the agent's pod is known, if it is not its own
        @Nullable String gone(@Nullable String known);
    }
}
