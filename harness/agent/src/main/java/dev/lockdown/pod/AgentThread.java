package dev.lockdown.pod;

import dev.lockdown.probe.Sockets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An agent beside its harness, as a thread of the same process: for the machine that the harness itself runs on.
public final class AgentThread {
    private AgentThread() {}

    /// @param in ends the agent when it ends
    public static Thread start(Map<String, String> environment, Sockets sockets, InputStream in, OutputStream out) {
        return Thread.ofPlatform().daemon().name("agent " + environment.get("LOCKDOWN_IDENTITY")).start(() -> {
            try {
                AgentMain.run(environment, sockets, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)),
                    new PrintStream(out, false, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
