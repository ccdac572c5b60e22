package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.HandOver;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/// Speaks with the API server over connections that the switchboard made.
public final class ApiCalls {
    private final ApiDial dial;
    private final Function<Station, String> tokens;
    private final Duration deadline;

    /// @param tokens a station's bearer token
    public ApiCalls(ApiDial dial, Function<Station, String> tokens, Duration deadline) {
        this.dial = dial;
        this.tokens = tokens;
        this.deadline = deadline;
    }

    Outcome speak(HandOver connection, Station source) {
        try {
            var channel = connection.take();
            channel.configureBlocking(true);
            return dial.dial(channel, tokens.apply(source), deadline);
        } catch (IOException e) {
            return new Outcome.ProbeFailed("the connection to the API server could not be used: " + e.getMessage());
        }
    }
}
