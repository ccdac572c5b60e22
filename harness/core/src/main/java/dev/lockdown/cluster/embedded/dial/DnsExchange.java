package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Outcome;
import dev.lockdown.probe.DnsTransport;
import dev.lockdown.probe.RawExchange;
import java.io.IOException;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The question by which a name server says who it is (RFC 4892).
final class DnsExchange {
    private static final Name ID_SERVER = Name.fromConstantString("id.server.");

    private DnsExchange() {}

    static RawExchange whoAreYou(boolean tcp) {
        var query = new Message();
        query.addRecord(Record.newRecord(ID_SERVER, Type.TXT, DClass.CH), Section.QUESTION);
        return DnsTransport.asking(query.toWire(), tcp);
    }

    /// Give the outcome of [#whoAreYou]: by whom it was answered, or that it was somebody else.
    static Outcome identified(Outcome.Connected connected, byte[] answer, boolean tcp, Set<String> expected) {
        try {
            for (var record : new Message(DnsTransport.message(answer, tcp)).getSection(Section.ANSWER))
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
