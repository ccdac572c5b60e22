package dev.lockdown.pod;

import dev.lockdown.flow.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the harness asks of an agent. Each is answered by one [Report] with the same id.
public sealed interface Order {
    long id();

    /// Make dials, all at once.
    ///
    /// @param deadline of each, in milliseconds
    /// @param payload bytes that an echo must carry each way besides
    record Dials(long id, int deadline, int payload, List<Errand> errands) implements Order {
        public Dials {
            errands = List.copyOf(errands);
        }
    }

    /// Say whether echo questions with these nonces arrived.
    record Saw(long id, List<String> nonces) implements Order {
        public Saw {
            nonces = List.copyOf(nonces);
        }
    }

    /// Open a UDP port that has never sent anything, for an unasked datagram.
    ///
    /// @param family an address literal of the wanted family: the sender's
    record OpenMailbox(long id, String family) implements Order {}

    /// Send the letter of a mailbox from a port that is served here.
    record Post(long id, int port, String to, int mailbox, byte[] letter) implements Order {}

    /// Look whether the letter has come.
    ///
    /// @param within how long to wait for it, in milliseconds
    /// @param last whether to close the mailbox then
    record Collect(long id, int mailbox, int within, boolean last) implements Order {}

    /// Tell the length of the mounted service account token.
    record Token(long id) implements Order {}

    /// One that this version does not know.
    record Unknown(long id, String kind) implements Order {}

    /// Whom to dial, and what to say.
    ///
    /// @param fromPort 0 for a fresh one
    /// @param once whether to make one attempt alone, since each may get to another backend
    record Errand(Speech speech, Protocol protocol, String to, int port, int fromPort, boolean once) {
        /// A usual one, of several attempts.
        public Errand(Speech speech, Protocol protocol, String to, int port, int fromPort) {
            this(speech, protocol, to, port, fromPort, false);
        }
    }

    sealed interface Speech {
        /// Speak with another agent, of which any of these may answer.
        record Echo(List<String> expected) implements Speech {
            public Echo {
                expected = List.copyOf(expected);
            }
        }

        /// Ask a name server.
        ///
        /// @param query a DNS message (RFC 1035), without a length before it
        record Dns(byte[] query) implements Speech {}

        /// Only connect, as one can to a stranger.
        record Connect() implements Speech {}

        /// Ask the Kubernetes API for its version, with the mounted token and certificate.
        ///
        /// @param host as its certificate names it
        record Api(String host) implements Speech {}

        /// Send an ICMP echo request.
        record Ping() implements Speech {}
    }

    /// Write as the body of a line.
    default Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind());
        json.put("id", id());
        switch (this) {
            case Dials(_, var deadline, var payload, var errands) -> {
                json.put("deadline", deadline);
                json.put("payload", payload);
                json.put("errands", errands.stream().map(Order::json).toList());
            }
            case Saw(_, var nonces) -> json.put("nonces", nonces);
            case OpenMailbox(_, var family) -> json.put("family", family);
            case Post(_, var port, var to, var mailbox, var letter) -> {
                json.put("port", port);
                json.put("to", to);
                json.put("mailbox", mailbox);
                json.put("letter", Fields.encoded(letter));
            }
            case Collect(_, var mailbox, var within, var last) -> {
                json.put("mailbox", mailbox);
                json.put("within", within);
                json.put("last", last);
            }
            case Token _, Unknown _ -> {}
        }
        return json;
    }

    private String kind() {
        return switch (this) {
            case Dials _ -> "dial";
            case Saw _ -> "saw";
            case OpenMailbox _ -> "open-mailbox";
            case Post _ -> "post";
            case Collect _ -> "collect";
            case Token _ -> "token";
            case Unknown(_, var kind) -> kind;
        };
    }

    private static Map<String, @Nullable Object> json(Errand errand) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (errand.speech) {
            case Speech.Echo(var expected) -> {
                json.put("say", "echo");
                json.put("expected", expected);
            }
            case Speech.Dns(var query) -> {
                json.put("say", "dns");
                json.put("query", Fields.encoded(query));
            }
            case Speech.Connect _ -> json.put("say", "nothing");
            case Speech.Api(var host) -> {
                json.put("say", "api");
                json.put("host", host);
            }
            case Speech.Ping _ -> json.put("say", "ping");
        }
        json.put("protocol", errand.protocol.name());
        json.put("to", errand.to);
        json.put("port", errand.port);
        if (errand.fromPort != 0) json.put("from", errand.fromPort);
        if (errand.once) json.put("once", true);
        return json;
    }

    /// Read the body of a line.
    ///
    /// @throws IllegalArgumentException if it is no order
    static Order of(Map<String, @Nullable Object> json) {
        var fields = new Fields(json);
        long id = fields.number("id");
        var kind = fields.text("kind");
        return switch (kind) {
            case "dial" -> new Dials(id, fields.small("deadline"), fields.small("payload"), errands(fields));
            case "saw" -> new Saw(id, fields.texts("nonces"));
            case "open-mailbox" -> new OpenMailbox(id, fields.text("family"));
            case "post" -> new Post(id, fields.small("port"), fields.text("to"), fields.small("mailbox"), fields.bytes("letter"));
            case "collect" -> new Collect(id, fields.small("mailbox"), fields.small("within"), fields.flag("last"));
            case "token" -> new Token(id);
            default -> new Unknown(id, kind);
        };
    }

    private static List<Errand> errands(Fields fields) {
        var errands = new ArrayList<Errand>();
        for (var errand : fields.objects("errands"))
            errands.add(new Errand(speech(errand), Protocol.valueOf(errand.text("protocol")), errand.text("to"), errand.small("port"),
                errand.members().containsKey("from") ? errand.small("from") : 0,
                errand.members().containsKey("once") && errand.flag("once")));
        return errands;
    }

    private static Speech speech(Fields errand) {
        return switch (errand.text("say")) {
            case "echo" -> new Speech.Echo(errand.texts("expected"));
            case "dns" -> new Speech.Dns(errand.bytes("query"));
            case "nothing" -> new Speech.Connect();
            case "api" -> new Speech.Api(errand.text("host"));
            case "ping" -> new Speech.Ping();
            case String other -> throw new IllegalArgumentException("\"say\" is \"%s\", which this version does not know".formatted(other));
        };
    }
}
