package dev.lockdown.pod;

import dev.lockdown.flow.Outcome;
import java.net.InetSocketAddress;
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

    /// Flows are sampled from now on, unless this agent cannot keep the rate.
    ///
    /// @param cost of one sample to this agent, in nanoseconds
    /// @param cannot why it cannot, with the rate that it can keep; empty where it does
    record Watching(long id, long cost, String cannot) implements AgentResponse {}

    /// @param clock the agent's monotonic one, in microseconds, when it answered
    /// @param missedTicks due and not taken
    /// @param runs of each flow, five numbers each: [dev.lockdown.flow.Seen]'s place, the first one's and the last one's time by that clock,
    ///        how many, and the first one's number
    record Sampled(long id, long clock, long missedTicks, List<Runs> runs) implements AgentResponse {
        public Sampled {
            runs = List.copyOf(runs);
        }
    }

    /// Those of one flow.
    record Runs(List<Long> numbers) {
        public Runs {
            numbers = List.copyOf(numbers);
        }
    }

    /// Which were asked for and arrived, as the request names them.
    ///
    /// @param ranges three numbers each: the series, the first number, how many
    record Arrivals(long id, List<Long> ranges) implements AgentResponse {
        public Arrivals {
            ranges = List.copyOf(ranges);
        }
    }

    /// The agent is another, with what it serves now.
    record Became(long id, Served served) implements AgentResponse {}

    /// @param path of the program, or empty where there is none
    record Found(long id, String path) implements AgentResponse {}

    /// @param why the kernel has no sockets of the protocol, or empty where it has
    record Lacking(long id, String why) implements AgentResponse {}

    /// A connection that is to be held, or one's end of it.
    ///
    /// @param address of this end, or empty where it could not be opened
    /// @param cannot why its rate cannot be kept, or empty
    record Held(long id, String address, int port, String cannot) implements AgentResponse {
        static Held opened(long id, InetSocketAddress at) {
            return new Held(id, at.getAddress().getHostAddress(), at.getPort(), "");
        }

        static Held unopened(long id) {
            return new Held(id, "", 0, "");
        }

        static Held refused(long id, String cannot) {
            return new Held(id, "", 0, cannot);
        }

        public boolean isOpened() {
            return !address.isEmpty();
        }
    }

    /// What one end of a held connection sent and heard.
    ///
    /// @param clock the agent's, in microseconds
    /// @param sent four numbers a run: the first beat's number, when it was, when the last was, how many
    /// @param refused the numbers of those of which somebody said that there is no such connection
    /// @param heard as sent
    /// @param over whether nothing follows
    record Beats(long id, long clock, long missed, List<Long> sent, List<Long> refused, List<Long> heard, boolean over)
            implements
                AgentResponse {
        public Beats {
            sent = List.copyOf(sent);
            refused = List.copyOf(refused);
            heard = List.copyOf(heard);
        }
    }

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
            case Watching(_, var cost, var cannot) -> {
                json.put("cost", cost);
                json.put("cannot", cannot);
            }
            case Sampled(_, var clock, var missed, var runs) -> {
                json.put("clock", clock);
                json.put("missed", missed);
                json.put("runs", runs.stream().map(r -> Map.of("of", r.numbers)).toList());
            }
            case Arrivals(_, var ranges) -> json.put("ranges", ranges);
            case Became(_, var served) -> served.into(json);
            case Found(_, var path) -> json.put("path", path);
            case Lacking(_, var why) -> json.put("why", why);
            case Held(_, var address, var port, var cannot) -> {
                json.put("address", address);
                json.put("port", port);
                json.put("cannot", cannot);
            }
            case Beats(_, var clock, var missed, var sent, var refused, var heard, var over) -> {
                json.put("clock", clock);
                json.put("missed", missed);
                json.put("sent", sent);
                json.put("refused", refused);
                json.put("heard", heard);
                json.put("over", over);
            }
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
            case Watching _ -> "watching";
            case Sampled _ -> "sampled";
            case Arrivals _ -> "arrivals";
            case Became _ -> "became";
            case Found _ -> "found";
            case Lacking _ -> "lacking";
            case Held _ -> "held";
            case Beats _ -> "beats";
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
            case "watching" -> new Watching(id, fields.number("cost"), fields.text("cannot"));
            case "sampled" -> new Sampled(id, fields.number("clock"), fields.number("missed"),
                fields.objects("runs").stream().map(r -> new Runs(r.numbers("of"))).toList());
            case "arrivals" -> new Arrivals(id, fields.numbers("ranges"));
            case "became" -> new Became(id, Served.of(fields));
            case "found" -> new Found(id, fields.text("path"));
            case "lacking" -> new Lacking(id, fields.text("why"));
            case "held" -> new Held(id, fields.text("address"), fields.small("port"), fields.text("cannot"));
            case "beats" -> new Beats(id, fields.number("clock"), fields.number("missed"), fields.numbers("sent"),
                fields.numbers("refused"), fields.numbers("heard"), fields.flag("over"));
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
