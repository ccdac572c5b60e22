package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.Arrived;
import dev.lockdown.pod.AgentRequest.BeatsOf;
import dev.lockdown.pod.AgentRequest.Become;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.Dials;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.pod.AgentRequest.Find;
import dev.lockdown.pod.AgentRequest.Lacks;
import dev.lockdown.pod.AgentRequest.OpenHeld;
import dev.lockdown.pod.AgentRequest.OpenReceiver;
import dev.lockdown.pod.AgentRequest.Receive;
import dev.lockdown.pod.AgentRequest.Samples;
import dev.lockdown.pod.AgentRequest.Saw;
import dev.lockdown.pod.AgentRequest.SendDatagram;
import dev.lockdown.pod.AgentRequest.SeenHeld;
import dev.lockdown.pod.AgentRequest.TakeHeld;
import dev.lockdown.pod.AgentRequest.Token;
import dev.lockdown.pod.AgentRequest.Unknown;
import dev.lockdown.pod.AgentRequest.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Requests as bodies of lines.
final class RequestJson {
    private RequestJson() {}

    /// Write as the body of a line.
    static Map<String, @Nullable Object> of(AgentRequest request) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind(request));
        json.put("id", request.id());
        switch (request) {
            case Dials(_, var deadline, var payload, var dials) -> {
                json.put("deadline", deadline);
                json.put("payload", payload);
                json.put("errands", dials.stream().map(RequestJson::of).toList());
            }
            case Saw(_, var nonces) -> json.put("nonces", nonces);
            case OpenReceiver(_, var family) -> json.put("family", family);
            case SendDatagram(_, var port, var to, var receiver, var datagram) -> {
                json.put("port", port);
                json.put("to", to);
                json.put("mailbox", receiver);
                json.put("letter", Fields.encoded(datagram));
            }
            case Receive(_, var receiver, var within, var last) -> {
                json.put("mailbox", receiver);
                json.put("within", within);
                json.put("last", last);
            }
            case Watch(_, var watch, var interval, var deadline, var flows, var series, var first) -> {
                json.put("first", first);
                json.put("watch", watch);
                json.put("interval", interval);
                json.put("deadline", deadline);
                json.put("flows", flows.stream().map(RequestJson::of).toList());
                json.put("series", series);
            }
            case Samples(_, var watch, var last) -> {
                json.put("watch", watch);
                json.put("last", last);
            }
            case Arrived(_, var asked) -> json.put("asked", asked);
            case OpenHeld(_, var hold, var protocol, var to, var port, var interval) -> {
                json.put("hold", hold);
                json.put("protocol", protocol.name());
                json.put("to", to);
                json.put("port", port);
                json.put("interval", interval);
            }
            case TakeHeld(_, var hold, var protocol, var port, var peer, var peerPort, var interval) -> {
                json.put("hold", hold);
                json.put("protocol", protocol.name());
                json.put("port", port);
                json.put("peer", peer);
                json.put("peerPort", peerPort);
                json.put("interval", interval);
            }
            case SeenHeld(_, var hold) -> json.put("hold", hold);
            case BeatsOf(_, var hold, var last) -> {
                json.put("hold", hold);
                json.put("last", last);
            }
            case Become(_, var identity, var serves) -> {
                json.put("identity", identity);
                json.put("serves", serves.stream().map(Port::toString).toList());
            }
            case Find(_, var program) -> json.put("program", program);
            case Lacks(_, var protocol) -> json.put("protocol", protocol.name());
            case Token _, Unknown _ -> {}
        }
        return json;
    }

    private static String kind(AgentRequest request) {
        return switch (request) {
            case Dials _ -> "dial";
            case Saw _ -> "saw";
            case OpenReceiver _ -> "open-mailbox";
            case SendDatagram _ -> "post";
            case Receive _ -> "collect";
            case Watch _ -> "watch";
            case Samples _ -> "samples";
            case Arrived _ -> "arrived";
            case OpenHeld _ -> "hold";
            case TakeHeld _ -> "take-held";
            case SeenHeld _ -> "seen-held";
            case BeatsOf _ -> "beats";
            case Become _ -> "become";
            case Find _ -> "find";
            case Lacks _ -> "lacks";
            case Token _ -> "token";
            case Unknown(_, var kind) -> kind;
        };
    }

    private static Map<String, @Nullable Object> of(DialRequest dial) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        switch (dial.exchange()) {
            case ExchangeSpec.Echo(var expected) -> {
                json.put("say", "echo");
                json.put("expected", expected);
            }
            case ExchangeSpec.Dns(var query) -> {
                json.put("say", "dns");
                json.put("query", Fields.encoded(query));
            }
            case ExchangeSpec.Connect _ -> json.put("say", "nothing");
            case ExchangeSpec.Api(var host) -> {
                json.put("say", "api");
                json.put("host", host);
            }
            case ExchangeSpec.Http(var host, var expected) -> {
                json.put("say", "http");
                json.put("host", host);
                json.put("expected", expected);
            }
            case ExchangeSpec.Ping _ -> json.put("say", "ping");
        }
        json.put("protocol", dial.protocol().name());
        json.put("to", dial.to());
        json.put("port", dial.port());
        if (dial.fromPort() != 0) json.put("from", dial.fromPort());
        if (dial.once()) json.put("once", true);
        return json;
    }

    /// Read the body of a line.
    ///
    /// @throws IllegalArgumentException if it is no request
    static AgentRequest read(Map<String, @Nullable Object> json) {
        var fields = new Fields(json);
        long id = fields.number("id");
        var kind = fields.text("kind");
        return switch (kind) {
            case "dial" -> new Dials(id, fields.small("deadline"), fields.small("payload"), dials(fields, "errands"));
            case "watch" -> new Watch(id, fields.small("watch"), fields.number("interval"), fields.small("deadline"),
                dials(fields, "flows"), fields.numbers("series"), fields.flag("first"));
            case "samples" -> new Samples(id, fields.small("watch"), fields.flag("last"));
            case "arrived" -> new Arrived(id, fields.numbers("asked"));
            case "hold" -> new OpenHeld(id, fields.small("hold"), Protocol.valueOf(fields.text("protocol")), fields.text("to"),
                fields.small("port"), fields.number("interval"));
            case "take-held" -> new TakeHeld(id, fields.small("hold"), Protocol.valueOf(fields.text("protocol")), fields.small("port"),
                fields.text("peer"), fields.small("peerPort"), fields.number("interval"));
            case "seen-held" -> new SeenHeld(id, fields.small("hold"));
            case "become" -> new Become(id, fields.text("identity"), fields.texts("serves").stream().map(Port::parse).toList());
            case "find" -> new Find(id, fields.text("program"));
            case "lacks" -> new Lacks(id, Protocol.valueOf(fields.text("protocol")));
            case "beats" -> new BeatsOf(id, fields.small("hold"), fields.flag("last"));
            case "saw" -> new Saw(id, fields.texts("nonces"));
            case "open-mailbox" -> new OpenReceiver(id, fields.text("family"));
            case "post" -> new SendDatagram(id, fields.small("port"), fields.text("to"), fields.small("mailbox"), fields.bytes("letter"));
            case "collect" -> new Receive(id, fields.small("mailbox"), fields.small("within"), fields.flag("last"));
            case "token" -> new Token(id);
            default -> new Unknown(id, kind);
        };
    }

    private static List<DialRequest> dials(Fields fields, String name) {
        var dials = new ArrayList<DialRequest>();
        for (var dial : fields.objects(name))
            dials.add(new DialRequest(exchange(dial), Protocol.valueOf(dial.text("protocol")), dial.text("to"), dial.small("port"),
                dial.members().containsKey("from") ? dial.small("from") : 0,
                dial.members().containsKey("once") && dial.flag("once")));
        return dials;
    }

    private static ExchangeSpec exchange(Fields dial) {
        return switch (dial.text("say")) {
            case "echo" -> new ExchangeSpec.Echo(dial.texts("expected"));
            case "dns" -> new ExchangeSpec.Dns(dial.bytes("query"));
            case "nothing" -> new ExchangeSpec.Connect();
            case "api" -> new ExchangeSpec.Api(dial.text("host"));
            case "http" -> new ExchangeSpec.Http(dial.text("host"), dial.texts("expected"));
            case "ping" -> new ExchangeSpec.Ping();
            case String other -> throw new IllegalArgumentException("\"say\" is \"%s\", which this version does not know".formatted(other));
        };
    }
}
