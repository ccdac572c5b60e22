package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent's response to an [AgentRequest].
public sealed interface AgentResponse {
    /// That of the request.
    long id();

    /// In the order of the dials.
    record Dialled(long id, List<Seen> seen) implements AgentResponse {
        public Dialled {
            seen = List.copyOf(seen);
        }
    }

    record Saw(long id, List<Boolean> saw) implements AgentResponse {
        public Saw {
            saw = List.copyOf(saw);
        }
    }

    /// @param receiver its port
    record Opened(long id, int receiver, byte[] datagram) implements AgentResponse {}

    record Sent(long id) implements AgentResponse {}

    /// @param seen null if nothing has come yet
    record Received(long id, @Nullable Seen seen) implements AgentResponse {}

    /// @param length in characters; 0 where there is no token
    record Token(long id, int length) implements AgentResponse {}

    /// The request could not be carried out, which says nothing about the network.
    record Failed(long id, String cause) implements AgentResponse {}

    /// What one dial saw.
    ///
    /// @param at when it ended, on the agent's wall clock, to the microsecond
    /// @param nonce by which the far end knows an echo question that was not answered; else null
    /// @param answer a name server's, without a length before it; null where none came
    record Seen(Outcome outcome, Instant at, @Nullable String nonce, byte @Nullable [] answer) {}

    /// Write as the body of a line.
    default Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind());
        json.put("id", id());
        switch (this) {
            case Dialled(_, var seen) -> json.put("seen", seen.stream().map(Outcomes::json).toList());
            case Saw(_, var saw) -> json.put("saw", saw);
            case Opened(_, var receiver, var datagram) -> {
                json.put("mailbox", receiver);
                json.put("letter", Fields.encoded(datagram));
            }
            case Sent _ -> {}
            case Received(_, var seen) -> json.put("seen", seen == null ? List.of() : List.of(Outcomes.json(seen)));
            case Token(_, var length) -> json.put("length", length);
            case Failed(_, var cause) -> json.put("cause", cause);
        }
        return json;
    }

    private String kind() {
        return switch (this) {
            case Dialled _ -> "dialled";
            case Saw _ -> "saw";
            case Opened _ -> "opened";
            case Sent _ -> "posted";
            case Received _ -> "collected";
            case Token _ -> "token";
            case Failed _ -> "failed";
        };
    }

    /// Read the body of a line.
    ///
    /// @throws IllegalArgumentException if it is no response
    static AgentResponse of(Map<String, @Nullable Object> json) {
        var fields = new Fields(json);
        long id = fields.number("id");
        return switch (fields.text("kind")) {
            case "dialled" -> new Dialled(id, seen(fields));
            case "saw" -> new Saw(id, fields.flags("saw"));
            case "opened" -> new Opened(id, fields.small("mailbox"), fields.bytes("letter"));
            case "posted" -> new Sent(id);
            case "collected" -> new Received(id, seen(fields).stream().findFirst().orElse(null));
            case "token" -> new Token(id, fields.small("length"));
            case "failed" -> new Failed(id, fields.text("cause"));
            case String other -> throw new IllegalArgumentException("no response is a \"%s\"".formatted(other));
        };
    }

    private static List<Seen> seen(Fields fields) {
        var seen = new ArrayList<Seen>();
        for (var one : fields.objects("seen")) seen.add(Outcomes.of(one));
        return seen;
    }
}
