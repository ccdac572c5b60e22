package dev.lockdown.cluster.embedded.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import java.io.IOException;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Asks a [DnsServer] as `dig` would.
record Dig(DnsServer server) {
    static final int ID = 4711;

    static Dig at(SnapshotFixture cluster) {
        return new Dig(new ClusterDns(cluster.snapshot()).server("kube-dns-1"));
    }

    static Message question(String name, int type) throws IOException {
        var message = new Message(ID);
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(Name.fromString(name), type, DClass.IN), Section.QUESTION);
        return message;
    }

    Message ask(String name, int type) throws IOException {
        return send(question(name, type), false);
    }

    Message askOverTcp(String name, int type) throws IOException {
        return send(question(name, type), true);
    }

    Message send(Message question, boolean overTcp) throws IOException {
        return new Message(bytes(question.toWire(), overTcp));
    }

    byte[] bytes(byte[] question, boolean overTcp) {
        var answer = server.answer(question, overTcp);
        assertThat(answer).as("answer").isNotNull();
        return answer;
    }

    /// The answer's records as `TYPE data`.
    List<String> answers(String name, String type) throws IOException {
        return lines(ask(name, Type.value(type)), Section.ANSWER);
    }

    static List<String> lines(Message message, int section) {
        return message.getSection(section).stream().map(r -> Type.string(r.getType()) + " " + r.rdataToString()).toList();
    }
}
