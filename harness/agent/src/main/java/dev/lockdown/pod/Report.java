package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent says of an [Order].
public sealed interface Report {
    /// That of the order.
    long id();

    /// In the order of the errands.
    record Dialled(long id, List<Seen> seen) implements Report {
        public Dialled {
            seen = List.copyOf(seen);
        }
    }

    record Saw(long id, List<Boolean> saw) implements Report {
        public Saw {
            saw = List.copyOf(saw);
        }
    }

    /// @param mailbox its port
    record Opened(long id, int mailbox, byte[] letter) implements Report {}

    record Posted(long id) implements Report {}

    /// @param seen null if nothing has come yet
    record Collected(long id, @Nullable Seen seen) implements Report {}

    /// @param length in characters; 0 where there is no token
    record Token(long id, int length) implements Report {}

    /// The order could not be carried out, which says nothing about the network.
    record Failed(long id, String cause) implements Report {}

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
            case Opened(_, var mailbox, var letter) -> {
                json.put("mailbox", mailbox);
                json.put("letter", Fields.encoded(letter));
            }
            case Posted _ -> {}
            case Collected(_, var seen) -> json.put("seen", seen == null ? List.of() : List.of(Outcomes.json(seen)));
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
            case Posted _ -> "posted";
            case Collected _ -> "collected";
            case Token _ -> "token";
            case Failed _ -> "failed";
        };
    }

    /// Read the body of a line.
    ///
    /// @throws IllegalArgumentException if it is no report
    static Report of(Map<String, @Nullable Object> json) {
        var fields = new Fields(json);
        long id = fields.number("id");
        return switch (fields.text("kind")) {
            case "dialled" -> new Dialled(id, seen(fields));
            case "saw" -> new Saw(id, fields.flags("saw"));
            case "opened" -> new Opened(id, fields.small("mailbox"), fields.bytes("letter"));
            case "posted" -> new Posted(id);
            case "collected" -> new Collected(id, seen(fields).stream().findFirst().orElse(null));
            case "token" -> new Token(id, fields.small("length"));
            case "failed" -> new Failed(id, fields.text("cause"));
            case String other -> throw new IllegalArgumentException("no report is a \"%s\"".formatted(other));
        };
    }

    private static List<Seen> seen(Fields fields) {
        var seen = new ArrayList<Seen>();
        for (var one : fields.objects("seen")) seen.add(Outcomes.of(one));
        return seen;
    }
}
