package dev.lockdown.cluster.embedded.dns;

import dev.lockdown.cluster.embedded.dns.DnsZone.Found;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// One name server: bytes of a question in, bytes of its answer out (RFC 1035, RFC 6891).
public final class DnsServer {
    private static final int HEADER = 12;
    private static final int PLAIN_UDP = 512;
    /// Largest answer over UDP: it must fit one packet of any network on its way.
    private static final int EDNS_UDP = 1232;
    private static final int TCP = 65535;
    private static final Name ID_SERVER = Name.fromConstantString("id.server.");
    private static final Name HOSTNAME_BIND = Name.fromConstantString("hostname.bind.");

    private final Supplier<DnsZone> zones;
    private final String identity;

    public DnsServer(Supplier<DnsZone> zones, String identity) {
        this.zones = zones;
        this.identity = identity;
    }

    /// Answer one message.
    ///
    /// @param query without the length that goes before it over TCP
    /// @return null where silence is the answer: what is too short for a header, or is an answer itself
    public byte @Nullable [] answer(byte[] query, boolean overTcp) {
        if (query.length < HEADER || (query[2] & 0x80) != 0) return null;
        if ((query[2] >> 3 & 0xf) != Opcode.QUERY) return failure(query, Rcode.NOTIMP);
        Message message;
        try {
            message = new Message(query);
        } catch (IOException | RuntimeException e) {
            // dnsjava's parsers of record data throw more than they declare.
            return failure(query, Rcode.FORMERR);
        }
        if (message.getSection(Section.QUESTION).size() != 1 || extensions(message) > 1) return failure(query, Rcode.FORMERR);
        return reply(message).toWire(overTcp ? TCP : limit(message.getOPT()));
    }

    private static int limit(@Nullable OPTRecord extension) {
        return extension == null ? PLAIN_UDP : Math.clamp(extension.getPayloadSize(), PLAIN_UDP, EDNS_UDP);
    }

    private static long extensions(Message message) {
        return message.getSection(Section.ADDITIONAL).stream().filter(r -> r.getType() == Type.OPT).count();
    }

    private Message reply(Message query) {
        var reply = new Message(query.getHeader().getID());
        var question = query.getQuestion();
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) reply.getHeader().setFlag(Flags.RD);
        if (query.getHeader().getFlag(Flags.CD)) reply.getHeader().setFlag(Flags.CD);
        reply.addRecord(question, Section.QUESTION);
        var extension = query.getOPT();
        if (extension == null) {
            resolve(question, reply);
        } else if (extension.getVersion() != 0) {
            reply.addRecord(new OPTRecord(EDNS_UDP, Rcode.BADVERS >> 4, 0), Section.ADDITIONAL);
        } else {
            resolve(question, reply);
            reply.addRecord(new OPTRecord(EDNS_UDP, 0, 0, extension.getFlags() & ExtendedFlags.DO), Section.ADDITIONAL);
        }
        return reply;
    }

    private void resolve(Record question, Message reply) {
        switch (question.getDClass()) {
            case DClass.IN -> internet(question, reply);
            case DClass.CH -> chaos(question, reply);
            default -> reply.getHeader().setRcode(Rcode.REFUSED);
        }
    }

    private void internet(Record question, Message reply) {
        switch (question.getType()) {
            case Type.AXFR, Type.IXFR -> reply.getHeader().setRcode(Rcode.REFUSED);
            case Type.MAILA, Type.MAILB -> reply.getHeader().setRcode(Rcode.NOTIMP);
            case Type.OPT, Type.TSIG, Type.TKEY -> reply.getHeader().setRcode(Rcode.FORMERR);
            default -> find(question, reply);
        }
    }

    private void find(Record question, Message reply) {
        var zone = zones.get();
        var name = question.getName();
        if (zone.authoritative(name)) reply.getHeader().setFlag(Flags.AA);
        switch (zone.find(name, question.getType())) {
            case Found.Records(var answer, var additional) -> {
                answer.forEach(r -> reply.addRecord(r, Section.ANSWER));
                additional.forEach(r -> reply.addRecord(r, Section.ADDITIONAL));
            }
            case Found.NoData() -> reply.addRecord(zone.authority(name), Section.AUTHORITY);
            case Found.NoName() -> {
                reply.getHeader().setRcode(Rcode.NXDOMAIN);
                reply.addRecord(zone.authority(name), Section.AUTHORITY);
            }
        }
    }

    private void chaos(Record question, Message reply) {
        var name = question.getName();
        if (question.getType() == Type.TXT && (name.equals(ID_SERVER) || name.equals(HOSTNAME_BIND))) {
            reply.getHeader().setFlag(Flags.AA);
            reply.addRecord(new TXTRecord(name, DClass.CH, 0, identity), Section.ANSWER);
        } else {
            reply.getHeader().setRcode(Rcode.REFUSED);
        }
    }

    /// A header alone, its question unread.
    private static byte[] failure(byte[] query, int rcode) {
        var header = new byte[HEADER];
        header[0] = query[0];
        header[1] = query[1];
        header[2] = (byte) (0x80 | query[2] & 0x79);
        header[3] = (byte) (0x80 | rcode);
        return header;
    }
}
