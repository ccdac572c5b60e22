package dev.lockdown.cluster.kubernetes;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A question that any cluster's DNS answers: whether it answers at all is what a dial of it wants to know.
final class WellKnownName {
    private static final Name API = Name.fromConstantString("kubernetes.default.svc.cluster.local.");

    private WellKnownName() {}

    static byte[] query() {
        var message = new Message(4711);
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(Record.newRecord(API, Type.A, DClass.IN), Section.QUESTION);
        return message.toWire();
    }
}
