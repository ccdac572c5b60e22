package dev.lockdown.cluster.dns;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Unresolved;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One question for the addresses of one absolute name, and what its answer says.
record DnsQuestion(Name name, Family family) {
    private static final int LONGEST_ALIAS_CHAIN = 16;

    sealed interface Reply {
        record Found(List<String> addresses, Duration roundTrip) implements Reply {}

        /// The next name of the search list may fare better.
        record Absent(Why why) implements Reply {}

        record Truncated() implements Reply {}

        /// Nothing else needs to be asked.
        record Stopped(Outcome outcome) implements Reply {}
    }

    /// Why a name has no address; from what says least about it to what says most.
    enum Why {
        NXDOMAIN("NXDOMAIN"), SERVFAIL("SERVFAIL"), NO_DATA("no data");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    byte[] bytes() {
        var message = new Message(id());
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(name, type(), DClass.IN), Section.QUESTION);
        return message.toWire();
    }

    Reply read(byte[] answer, Duration roundTrip) {
        Message message;
        try {
            message = new Message(answer);
        } catch (IOException | RuntimeException e) {
            return failed("answered with something that is not a DNS message");
        }
        if (!message.getHeader().getFlag(Flags.QR) || message.getHeader().getID() != id()) return failed("did not answer the question");
        return switch (message.getRcode()) {
            case Rcode.NOERROR -> !asks(message) ? failed("answered another question")
                : message.getHeader().getFlag(Flags.TC) ? new Reply.Truncated() : found(message, roundTrip);
            case Rcode.NXDOMAIN -> new Reply.Absent(Why.NXDOMAIN);
            case Rcode.SERVFAIL -> new Reply.Absent(Why.SERVFAIL);
            default -> new Reply.Stopped(new Unresolved(name.toString(true), Rcode.string(message.getRcode())));
        };
    }

    private boolean asks(Message message) {
        var question = message.getQuestion();
        return question != null && question.getName().equals(name) && question.getType() == type();
    }

    private Reply found(Message message, Duration roundTrip) {
        var records = message.getSection(Section.ANSWER);
        var owner = name;
        for (int hop = 0; hop < LONGEST_ALIAS_CHAIN; hop++) {
            var addresses = addresses(records, owner);
            if (!addresses.isEmpty()) return new Reply.Found(addresses, roundTrip);
            owner = target(records, owner);
        }
        return new Reply.Absent(Why.NO_DATA);
    }

    private List<String> addresses(List<Record> records, Name owner) {
        return records.stream().filter(r -> r.getName().equals(owner)).flatMap(this::address).map(InetAddress::getHostAddress).toList();
    }

    private Stream<InetAddress> address(Record record) {
        return switch (family) {
            case IPV4 -> record instanceof ARecord four ? Stream.of(four.getAddress()) : Stream.empty();
            case IPV6 -> record instanceof AAAARecord six ? Stream.of(six.getAddress()) : Stream.empty();
        };
    }

    private static Name target(List<Record> records, Name owner) {
        return records.stream().filter(CNAMERecord.class::isInstance).map(CNAMERecord.class::cast).filter(r -> r.getName().equals(owner))
            .map(CNAMERecord::getTarget).findFirst().orElse(owner);
    }

    private int type() {
        return switch (family) {
            case IPV4 -> Type.A;
            case IPV6 -> Type.AAAA;
        };
    }

    /// Every question goes out from a socket of its own, so the number has nothing to tell apart; it only has to come back.
    private int id() {
        return (31 * name.hashCode() + type()) & 0xffff;
    }

    private Reply failed(String cause) {
        return new Reply.Stopped(new ProbeFailed("the name server %s for %s".formatted(cause, name)));
    }
}
