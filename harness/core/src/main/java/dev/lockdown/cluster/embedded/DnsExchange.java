package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.RawExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// DNS messages as the probe carries them, and the question by which a name server says who it is (RFC 4892).
final class DnsExchange {
    private static final Name ID_SERVER = Name.fromConstantString("id.server.");
    private static final int LENGTH = 2;

    private DnsExchange() {}

    static RawExchange of(byte[] query, boolean tcp) {
        if (!tcp) return RawExchange.of(query, answer -> answer.remaining() >= LENGTH && answer.getShort(answer.position()) == id(query));
        var framed = ByteBuffer.allocate(LENGTH + query.length).putShort((short) query.length).put(query).array();
        return RawExchange.of(framed,
            b -> b.remaining() >= LENGTH && b.remaining() >= LENGTH + Short.toUnsignedInt(b.getShort(b.position())));
    }

    private static short id(byte[] query) {
        return ByteBuffer.wrap(query).getShort();
    }

    /// The message that came back, without its length.
    static byte[] message(byte[] answer, boolean tcp) {
        return tcp ? java.util.Arrays.copyOfRange(answer, LENGTH, answer.length) : answer;
    }

    static RawExchange whoAreYou(boolean tcp) {
        var query = new Message();
        query.addRecord(Record.newRecord(ID_SERVER, Type.TXT, DClass.CH), Section.QUESTION);
        return of(query.toWire(), tcp);
    }

    /// Give the outcome of [#whoAreYou]: by whom it was answered, or that it was somebody else.
    static Outcome identified(Outcome.Connected connected, byte[] answer, boolean tcp, Set<String> expected) {
        try {
            for (var record : new Message(message(answer, tcp)).getSection(Section.ANSWER))
                if (record instanceof TXTRecord text) {
                    var identity = String.join("", text.getStrings());
                    return expected.contains(identity) ? new Outcome.Connected(connected.roundTrip(), identity, "")
                        : new Outcome.Misdirected(identity);
                }
            return new Outcome.Misdirected("a name server that does not say who it is");
        } catch (IOException e) {
            return new Outcome.Misdirected("somebody who does not speak DNS");
        }
    }
}
