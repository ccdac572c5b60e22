package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Outcomes on the line. Names are short, since every byte of a pod's output lands in its node's container log.
final class Outcomes {
    private Outcomes() {}

    static Map<String, @Nullable Object> json(AgentResponse.Seen seen) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (seen.outcome()) {
            case Outcome.Connected(var roundTrip, var by, var source) -> {
                json.put("o", "connected");
                json.put("ns", roundTrip.toNanos());
                json.put("by", by);
                json.put("from", source);
            }
            case Outcome.Misdirected(var by) -> {
                json.put("o", "misdirected");
                json.put("by", by);
            }
            case Outcome.Refused _ -> json.put("o", "refused");
            case Outcome.Unreachable(var icmp) -> {
                json.put("o", "unreachable");
                json.put("icmp", icmp.name());
            }
            case Outcome.TimedOut(var after, var lost) -> {
                json.put("o", "timed-out");
                json.put("ns", after.toNanos());
                json.put("lost", lost.name());
            }
            case Outcome.ProbeFailed(var cause) -> {
                json.put("o", "failed");
                json.put("cause", cause);
            }
            case Outcome.Resolved _, Outcome.Unresolved _ -> throw new IllegalArgumentException("names are resolved by the harness");
        }
        json.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, seen.at()));
        if (seen.nonce() != null) json.put("nonce", seen.nonce());
        if (seen.answer() != null) json.put("answer", Fields.encoded(seen.answer()));
        return json;
    }

    static AgentResponse.Seen of(Fields fields) {
        var at = Instant.EPOCH.plus(fields.number("at"), ChronoUnit.MICROS);
        return new AgentResponse.Seen(outcome(fields), at, fields.textOrNull("nonce"),
            fields.members().containsKey("answer") ? fields.bytes("answer") : null);
    }

    private static Outcome outcome(Fields fields) {
        return switch (fields.text("o")) {
            case "connected" -> new Outcome.Connected(Duration.ofNanos(fields.number("ns")), fields.text("by"), fields.text("from"));
            case "misdirected" -> new Outcome.Misdirected(fields.text("by"));
            case "refused" -> new Outcome.Refused();
            case "unreachable" -> new Outcome.Unreachable(Outcome.Icmp.valueOf(fields.text("icmp")));
            case "timed-out" ->
                new Outcome.TimedOut(Duration.ofNanos(fields.number("ns")), Outcome.Lost.valueOf(fields.text("lost")));
            case "failed" -> new Outcome.ProbeFailed(fields.text("cause"));
            case String other -> throw new IllegalArgumentException("no outcome is \"%s\"".formatted(other));
        };
    }
}
