package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.HandOver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/// Speaks with the API server over connections that the dialler made.
public final class ApiCalls {
    private final ApiDial dial;
    private final Function<NetworkEndpoint, String> tokens;
    private final Duration deadline;

    /// @param tokens a network endpoint's bearer token
    public ApiCalls(ApiDial dial, Function<NetworkEndpoint, String> tokens, Duration deadline) {
        this.dial = dial;
        this.tokens = tokens;
        this.deadline = deadline;
    }

    Outcome speak(HandOver connection, NetworkEndpoint source) {
        try {
            var channel = connection.take();
            channel.configureBlocking(true);
            return dial.dial(channel, tokens.apply(source), deadline);
        } catch (IOException e) {
            return new Outcome.ProbeFailed("the connection to the API server could not be used: " + e.getMessage());
        }
    }
}
