package dev.lockdown.cluster.k3s;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Asks a pod of DNS one question, through the API server's port forwarding.
final class DnsAnswer {
    private static final String NAME = "kubernetes.default.svc.cluster.local.";
    private static final int PORT = 53;
    private static final int PATIENCE_IN_MS = 3000;

    private DnsAnswer() {}

    static Look of(KubernetesClient client, String namespace, String pod) {
        try (var forward = client.pods().inNamespace(namespace).withName(pod).portForward(PORT);
                var socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
            socket.setSoTimeout(PATIENCE_IN_MS);
            return judged(new Message(asked(socket)));
        } catch (IOException e) {
            return new Look(false, "%s to answer a question for %s (%s)".formatted(pod, NAME, e.getMessage()));
        }
    }

    private static byte[] asked(Socket socket) throws IOException {
        var question = Message.newQuery(Record.newRecord(Name.fromString(NAME), Type.A, DClass.IN)).toWire();
        socket.getOutputStream().write(ByteBuffer.allocate(question.length + 2).putShort((short) question.length).put(question).array());
        socket.getOutputStream().flush();
        var in = new DataInputStream(socket.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    private static Look judged(Message answer) {
        boolean found = answer.getSection(Section.ANSWER).stream().anyMatch(r -> r instanceof ARecord || r instanceof AAAARecord);
        return found ? new Look(true, "DNS answers")
            : new Look(false, "DNS to know %s (it says %s)".formatted(NAME, Rcode.string(answer.getRcode())));
    }
}
